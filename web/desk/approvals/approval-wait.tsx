import './approvals.css'
import { Button } from '@mantine/core'
import { timeLeft } from '../../check-model/times.ts'
import type { StartingCheck } from '../checks/starting-store.ts'
import { Notice } from '../components/notice.tsx'
import { useServerNow } from '../components/use-server-now.ts'
import { useApprovals } from './approval-queries.ts'
import { stopAwaiting } from './approval-runs.ts'
import type { AwaitedApproval } from './approval-step.ts'

/** The first agent waits until a colleague approves. */
export function ApprovalWait({ id, approval }: { id: string; approval: AwaitedApproval }) {
  const now = useServerNow()
  return (
    <section className="card approval-wait" aria-labelledby="approval-wait">
      <h2 id="approval-wait">Waiting for a second agent</h2>
      <p>
        Your colleagues see the request at their desks now. The check starts as soon as one of them approves.
      </p>
      <p className="left">
        <span className="figures" role="timer">
          {timeLeft(approval.expiresAt, now)}
        </span>{' '}
        left
      </p>
      {approval.canStop && (
        <Button variant="default" onClick={() => stopAwaiting(id)}>
          Stop waiting
        </Button>
      )}
    </section>
  )
}

/** Who declined the last request for this caller, and why. */
export function DeclinedNotice({ starting }: { starting: StartingCheck }) {
  const { data = [] } = useApprovals()
  const last = data.find(({ _id }) => _id === starting.approvalId)
  if (last?.state === 'expired') {
    return (
      <Notice tone="warn" title="Nobody answered in time.">
        Ask a colleague to look at their desk.
      </Notice>
    )
  }
  if (last?.state !== 'declined') return null
  const { answeredBy, declineReason } = last
  return (
    <Notice tone="bad" title={`${answeredBy?.displayName ?? 'A colleague'} declined.`}>
      {declineReason === null ? 'They gave no reason.' : <bdi>{declineReason}</bdi>}
    </Notice>
  )
}
