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
import { Acts } from './actions.tsx'
import { Facts } from './details.tsx'
import { standingWord, subjectOf } from './labels.ts'
import { LineNotice } from './line-notice.tsx'
import { Happened } from './timeline.tsx'
import { useLiveTransaction } from './use-live-transaction.ts'

const route = getRouteApi('/transactions/$reference')

/** The transaction that the address names, beside the list. */
export function TransactionPanel() {
  const { reference } = route.useParams()
  const { realm } = route.useSearch()
  return <Watched key={`${realm} ${reference}`} realm={realm} reference={reference} />
}

function Watched({ realm, reference }: { realm: string; reference: string }) {
  const { record, check, line, again } = useLiveTransaction(realm, reference)
  const { data, error } = record
  return (
    <SidePanel
      label={`Transaction ${reference}`}
      title={
        data === undefined ? <h2>{reference}</h2> : <Head record={data} check={check ?? checkFrom(data)} />
      }
      onClose={useClose()}
    >
      {error !== null && <Unread error={error} reference={reference} onRetry={again} />}
      {record.isPending && <Skeleton label="Reading the transaction" />}
      {data !== undefined && (
        <Opened realm={realm} record={data} check={check ?? checkFrom(data)} line={line} onRetry={again} />
      )}
    </SidePanel>
  )
}

/** Back to the list, as it was. */
function useClose() {
  const navigate = route.useNavigate()
  return () => navigate({ to: '/transactions', search: (old) => old })
}

function Unread({ error, reference, onRetry }: { error: Error; reference: string; onRetry(): void }) {
  if (error instanceof ApiError && error.code === 404) {
    return (
      <p className="nothing">
        This realm has no transaction <bdi>{reference}</bdi>. Finished ones are kept for 30 days.
      </p>
    )
  }
  return <ErrorNotice title="The transaction could not be read" error={error} onRetry={onRetry} />
}

type OpenedProps = {
  realm: string
  record: Transaction
  check: Check
  line: FeedStatus | undefined
  onRetry(): void
}

function Opened({ realm, record, check, line, onRetry }: OpenedProps) {
  return (
    <>
      <LineNotice line={line} isRunning={isOpen(check)} onRetry={onRetry} />
      <Acts realm={realm} record={record} isRunning={isOpen(check)} />
      <Facts realm={realm} record={record} />
      <Happened record={record} check={check} />
    </>
  )
}

/** Whom it is about, how it stands, and how long its link works. */
function Head({ record, check }: { record: Transaction; check: Check }) {
  const standing = standingOf(check)
  return (
    <div className="transaction-head">
      <Mark state={checkMark(standing)} />
      <div>
        <h2>
          <bdi>{subjectOf(record)}</bdi>
        </h2>
        <p className={isAlarm(standing) ? 'standing alarm' : 'standing'}>
          <span role="status">{standingWord(standing)}</span>
          {isOpen(check) && <Left expiresAt={check.expiresAt} />}
        </p>
      </div>
    </div>
  )
}

function Left({ expiresAt }: { expiresAt: number }) {
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
