import './approvals.css'
import type { Approval } from '../../api/approvals.ts'
import { timeLeft } from '../../check-model/times.ts'
import { t } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import type { Text } from '../../translate/translation.ts'
import { Notice } from '../components/notice.tsx'
import { PageSkeleton } from '../components/skeleton.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useServerNow } from '../components/use-server-now.ts'
import { actionText } from '../messages/action-text.ts'
import { initials } from '../messages/names.ts'
import { Link } from '../navigation/link.tsx'
import { PersonFacts } from '../new-check/person-row.tsx'
import { AnswerButtons, useAnswer } from './answer-buttons.tsx'
import { useApprovals } from './approval-queries.ts'

/** A colleague's request to approve a check. */
export function ApprovalPage({ id }: { id: string }) {
  const { data, isError, refetch } = useApprovals()
  const sending = useAnswer()
  const approval = data?.find(({ _id }) => _id === id)
  useDocumentTitle(
    approval === undefined ? t('Desk') : t('Approval · {name}', { name: approval.subjectName }),
  )
  if (data === undefined)
    return isError ? <Unread onRetry={() => refetch()} /> : <PageSkeleton title={t('Approval')} />
  if (approval === undefined) return <NothingToApprove problem={sending.problem} />
  return (
    <article className="approval stack gap-4">
      {sending.problem !== '' && (
        <Notice tone="bad" title={t('Your answer was not sent.')}>
          {sending.problem}
        </Notice>
      )}
      <Subject {...approval} />
      <section className="card items-start gap-4" aria-labelledby="approval-question">
        <h2 className="heading-1" id="approval-question">
          <Translated
            text="{name} asks for a second agent"
            values={{ name: <bdi>{approval.requestedBy.displayName}</bdi> }}
          />
        </h2>
        <Facts {...approval} />
        {approval.mayAnswer ? (
          <AnswerButtons approval={approval} sending={sending} />
        ) : (
          <Ending {...approval} />
        )}
      </section>
    </article>
  )
}

function Unread({ onRetry }: { onRetry(): void }) {
  return (
    <section className="approval stack gap-4">
      <h1 className="spoken">{t('Approval')}</h1>
      <Notice tone="bad" title={t('The request could not be loaded.')} onRetry={onRetry}>
        {t('A colleague may be waiting for your answer.')}
      </Notice>
    </section>
  )
}

/** @param problem why the agent's answer didn't count, which names the colleague who was faster. */
function NothingToApprove({ problem }: { problem: string }) {
  return (
    <section className="desk-empty">
      <h1>{t('Nothing to approve here')}</h1>
      <p role="status">
        {problem ||
          t('The colleague has stopped waiting, somebody else has answered, or nobody did in time.')}
      </p>
      <Link to={{ page: 'checks' }}>{t('All checks')}</Link>
    </section>
  )
}

function Subject({ subject, subjectName }: Approval) {
  return (
    <header className="check-head row wrap">
      <span className="avatar large stack place-center rigid muted text-read strong" aria-hidden="true">
        {initials(subjectName)}
      </span>
      <div className="who">
        <h1 className="heading-1 tight breaks">
          <bdi>{subjectName}</bdi>
        </h1>
        {subject !== null && <PersonFacts person={subject} />}
      </div>
    </header>
  )
}

function Facts({ subject, vouchFor, action, reason, ticket, checkTitle, expiresAt, mayAnswer }: Approval) {
  const now = useServerNow()
  const facts: [Text, string | null | undefined][] = [
    ['Username', subject?.userName],
    ['Department', subject?.department],
    ['Vouches for', vouchFor],
    ['Request', action && actionText(action)],
    ['Reason', reason],
    ['Ticket', ticket],
    ['Check', checkTitle],
    ['Time left', mayAnswer ? timeLeft(expiresAt, now) : undefined],
  ]
  return (
    <dl className="approval-facts stack full-width gap-2">
      {facts.map(
        ([name, value]) =>
          typeof value === 'string' && (
            <div className="stack gap-3" key={name}>
              <dt className="muted">{t(name)}</dt>
              <dd className={name === 'Time left' ? 'figures medium breaks' : 'medium breaks'}>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  )
}

function Ending({ state, isOwn, answeredBy, declineReason }: Approval) {
  const name = answeredBy?.displayName ?? t('A colleague')
  const texts: Record<string, string> = {
    waiting: isOwn
      ? t('Your colleagues see this request at their desks.')
      : t('You can’t answer this request.'),
    approved: t('{name} approved this check.', { name }),
    declined: t('{name} declined this check.', { name }),
    cancelled: t('The agent has stopped waiting.'),
    expired: t('Nobody answered in time.'),
  }
  return (
    <p role="status">
      {texts[state]} {declineReason !== null && <bdi>{declineReason}</bdi>}
    </p>
  )
}
