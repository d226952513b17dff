import './approvals.css'
import { Button } from '@mantine/core'
import { timeLeft } from '../../check-model/times.ts'
import { t } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
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
    <section className="card approval-wait items-start gap-4" aria-labelledby="approval-wait">
      <h2 className="heading-1" id="approval-wait">
        {t('Waiting for a second agent')}
      </h2>
      <p className="muted">
        {t(
          'Your colleagues see the request at their desks now. The check starts as soon as one of them approves.',
        )}
      </p>
      <p className="left muted">
        <Translated
          text="{time} left"
          values={{
            time: (
              <span className="figures strong inked" role="timer">
                {timeLeft(approval.expiresAt, now)}
              </span>
            ),
          }}
        />
      </p>
      {approval.canStop && (
        <Button variant="default" onClick={() => stopAwaiting(id)}>
          {t('Stop waiting')}
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
      <Notice tone="warn" title={t('Nobody answered in time.')}>
        {t('Ask a colleague to look at their desk.')}
      </Notice>
    )
  }
  if (last?.state !== 'declined') return null
  const { answeredBy, declineReason } = last
  return (
    <Notice tone="bad" title={t('{name} declined.', { name: answeredBy?.displayName ?? t('A colleague') })}>
      {declineReason === null ? t('They gave no reason.') : <bdi>{declineReason}</bdi>}
    </Notice>
  )
}
