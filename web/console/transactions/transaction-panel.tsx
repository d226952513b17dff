import './transaction-panel.css'
import { getRouteApi } from '@tanstack/react-router'
import type { FeedStatus } from '../../api/check-feed.ts'
import { ApiError } from '../../api/request.ts'
import type { Transaction } from '../../api/transactions.ts'
import { type Check, checkFrom, isAlarm, isOpen, standingOf } from '../../check-model/check.ts'
import { checkMark } from '../../check-model/check-mark.ts'
import { spokenTimeLeft, timeLeft } from '../../check-model/times.ts'
import { Mark } from '../../design/mark.tsx'
import { useNow } from '../../design/use-now.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { SidePanel } from '../components/split-view.tsx'
import { Actions } from './actions.tsx'
import { Details } from './details.tsx'
import { standingLabel, subjectOf } from './labels.ts'
import { ConnectionNotice } from './line-notice.tsx'
import { Timeline } from './timeline.tsx'
import { useLiveTransaction } from './use-live-transaction.ts'

const route = getRouteApi('/transactions/$reference')

/** The transaction that the address names, beside the list. */
export function TransactionPanel() {
  const { reference } = route.useParams()
  const { realm } = route.useSearch()
  return <LiveTransaction key={`${realm} ${reference}`} realm={realm} reference={reference} />
}

function LiveTransaction({ realm, reference }: { realm: string; reference: string }) {
  const { record, check, line, again } = useLiveTransaction(realm, reference)
  const { data, error } = record
  return (
    <SidePanel
      label={`Transaction ${reference}`}
      title={
        data === undefined ? <h2>{reference}</h2> : <Title record={data} check={check ?? checkFrom(data)} />
      }
      onClose={useClose()}
    >
      {error !== null && <LoadError error={error} reference={reference} onRetry={again} />}
      {record.isPending && <Skeleton label="Reading the transaction" />}
      {data !== undefined && (
        <Content realm={realm} record={data} check={check ?? checkFrom(data)} line={line} onRetry={again} />
      )}
    </SidePanel>
  )
}

/** Back to the list, as it was. */
function useClose() {
  const navigate = route.useNavigate()
  return () => navigate({ to: '/transactions', search: (old) => old })
}

function LoadError({ error, reference, onRetry }: { error: Error; reference: string; onRetry(): void }) {
  if (error instanceof ApiError && error.code === 404) {
    return (
      <p className="nothing">
        This realm has no transaction <bdi>{reference}</bdi>. Finished ones are kept for 30 days.
      </p>
    )
  }
  return <ErrorNotice title="The transaction could not be read" error={error} onRetry={onRetry} />
}

type ContentProps = {
  realm: string
  record: Transaction
  check: Check
  line: FeedStatus | undefined
  onRetry(): void
}

function Content({ realm, record, check, line, onRetry }: ContentProps) {
  return (
    <>
      <ConnectionNotice line={line} isRunning={isOpen(check)} onRetry={onRetry} />
      <Actions realm={realm} record={record} isRunning={isOpen(check)} />
      <Details realm={realm} record={record} />
      <Timeline record={record} check={check} />
    </>
  )
}

/** Whom it is about, how it stands, and how long its link works. */
function Title({ record, check }: { record: Transaction; check: Check }) {
  const standing = standingOf(check)
  return (
    <div className="transaction-head">
      <Mark state={checkMark(standing)} />
      <div>
        <h2>
          <bdi>{subjectOf(record)}</bdi>
        </h2>
        <p className={isAlarm(standing) ? 'standing alarm' : 'standing'}>
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
