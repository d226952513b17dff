import { ApiError, OfflineError } from '../../api/request.ts'
import './transaction-panel.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { readTransaction, type Transaction } from '../../api/transactions.ts'
import { type Check, checkFrom, isAlarm, isOpen, standingOf } from '../../check-model/check.ts'
import { checkMark } from '../../check-model/check-mark.ts'
import { spokenTimeLeft, timeLeft } from '../../check-model/times.ts'
import { type FeedStatus, watchCheck } from '../../check-model/watch-check.ts'
import { Mark } from '../../design/mark.tsx'
import { useNow } from '../../design/use-now.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { SidePanel } from '../components/split-view.tsx'
import { Actions } from './actions.tsx'
import { Details } from './details.tsx'
import { standingLabel, subjectOf } from './labels.ts'
import { Timeline } from './timeline.tsx'

const route = getRouteApi('/transactions/$reference')

/** The transaction that the URL names, beside the list. */
export function TransactionPanel() {
  const { reference } = route.useParams()
  const { realm } = route.useSearch()
  return <LiveTransaction key={`${realm} ${reference}`} realm={realm} reference={reference} />
}

function LiveTransaction({ realm, reference }: { realm: string; reference: string }) {
  const { record, check, feed, retry } = useLiveTransaction(realm, reference)
  const { data, error } = record
  return (
    <SidePanel
      label={`Transaction ${reference}`}
      title={
        data && check ? (
          <Title record={data} check={check} />
        ) : (
          <h2 className="heading-1 tight breaks">{reference}</h2>
        )
      }
      onClose={useClose()}
    >
      {error !== null && <LoadError error={error} reference={reference} onRetry={retry} />}
      {record.isPending && <Skeleton label="Loading transaction" />}
      {data && check && <Content realm={realm} record={data} check={check} feed={feed} onRetry={retry} />}
    </SidePanel>
  )
}

/** Returns to the list and keeps its filters. */
function useClose() {
  const navigate = route.useNavigate()
  return () => navigate({ to: '/transactions', search: (old) => old })
}

function LoadError({ error, reference, onRetry }: { error: Error; reference: string; onRetry(): void }) {
  if (error instanceof ApiError && error.code === 404) {
    return (
      <p className="nothing">
        This realm has no transaction <bdi>{reference}</bdi>. Finished transactions are kept for 30 days.
      </p>
    )
  }
  return <ErrorNotice title="The transaction could not be read" error={error} onRetry={onRetry} />
}

type ContentProps = {
  realm: string
  record: Transaction
  check: Check
  feed: FeedStatus | undefined
  onRetry(): void
}

function Content({ realm, record, check, feed, onRetry }: ContentProps) {
  return (
    <>
      <ConnectionNotice feed={feed} isRunning={isOpen(check)} onRetry={onRetry} />
      <Actions realm={realm} record={record} isRunning={isOpen(check)} />
      <Details realm={realm} record={record} />
      <Timeline record={record} check={check} />
    </>
  )
}

/** Subject, state and remaining time. */
function Title({ record, check }: { record: Transaction; check: Check }) {
  const standing = standingOf(check, record.grant)
  return (
    <div className="transaction-head row">
      <Mark state={checkMark(standing)} />
      <div>
        <h2 className="heading-1 tight breaks">
          <bdi>{subjectOf(record)}</bdi>
        </h2>
        <p className={isAlarm(standing) ? 'text-note ink-alarm' : 'note'}>
          <span role="status">{standingLabel(standing)}</span>
          {isOpen(check) && <TimeLeft expiresAt={check.expiresAt} />}
        </p>
      </div>
    </div>
  )
}

function TimeLeft({ expiresAt }: { expiresAt: number }) {
  const now = useNow()
  return (
    <>
      <span className="figures">, {timeLeft(expiresAt, now)} left</span>
      <span className="spoken" role="status">
        {spokenTimeLeft(expiresAt, now)}
      </span>
    </>
  )
}

/** Warns when the live feed of an open transaction is lost. */
function ConnectionNotice({
  feed,
  isRunning,
  onRetry,
}: {
  feed: FeedStatus | undefined
  isRunning: boolean
  onRetry(): void
}) {
  if (!isRunning || (feed?.kind !== 'polling' && feed?.kind !== 'disconnected')) return null
  return feed.kind === 'disconnected' ? (
    <ErrorNotice
      title="Live updates are lost. This page may be out of date."
      error={new OfflineError(undefined)}
      onRetry={onRetry}
    />
  ) : (
    <p className="renewal lost" role="status">
      Live updates are lost. Updates every 3 s
    </p>
  )
}

/** A transaction, kept current by its live feed. */
function useLiveTransaction(realm: string, reference: string) {
  const queries = useQueryClient()
  const [check, setCheck] = useState<Check>()
  const [feed, setFeed] = useState<FeedStatus>()
  const [attempt, setAttempt] = useState(0)
  const record = useQuery({
    queryKey: ['transaction', realm, reference],
    queryFn: ({ signal }) => readTransaction(realm, reference, signal),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt reopens the feed
  useEffect(() => {
    const abort = new AbortController()
    watchCheck({
      realm,
      reference,
      signal: abort.signal,
      onStatus: setFeed,
      onCheck(updated, event) {
        setCheck(updated)
        if (event === undefined) return
        // Lists and records of the transaction are out of date.
        queries.invalidateQueries({ queryKey: ['transaction', realm, reference] })
        queries.invalidateQueries({ queryKey: ['transactions', realm] })
      },
    })
    return () => abort.abort()
  }, [realm, reference, attempt, queries])
  const retry = () => {
    record.refetch()
    setAttempt((count) => count + 1)
  }
  return { record, check: check ?? (record.data && checkFrom(record.data)), feed, retry }
}
