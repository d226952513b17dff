import './approvals.css'
import type { Approval } from '../../api/approvals.ts'
import { timeLeft } from '../../check-model/times.ts'
import { useNow } from '../../design/use-now.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { initials } from '../messages/names.ts'
import { Link } from '../navigation/link.tsx'
import { PersonFacts } from '../new-check/person-row.tsx'
import { AnswerButtons } from './answer-buttons.tsx'
import { useApprovals } from './approval-queries.ts'

/** A colleague's request to approve a check. */
export function ApprovalPage({ id }: { id: string }) {
  const { data } = useApprovals()
  const approval = data?.find(({ _id }) => _id === id)
  useDocumentTitle(approval === undefined ? 'Desk' : `Approval · ${approval.subjectName}`)
  if (data === undefined) return null
  if (approval === undefined) {
    return (
      <section className="desk-empty">
        <h1>Nothing to approve here</h1>
        <p>The colleague has stopped waiting, somebody else has answered, or nobody did in time.</p>
        <Link to={{ page: 'checks' }}>All checks</Link>
      </section>
    )
  }
  return (
    <article className="approval">
      <Subject {...approval} />
      <section className="card" aria-labelledby="approval-question">
        <h2 id="approval-question">
          <bdi>{approval.requestedBy.displayName}</bdi> asks for a second agent
        </h2>
        <Facts {...approval} />
        {approval.mayAnswer ? <AnswerButtons approval={approval} /> : <Ending {...approval} />}
      </section>
    </article>
  )
}

function Subject({ subject, subjectName }: Approval) {
  return (
    <header className="check-head">
      <span className="avatar large" aria-hidden="true">
        {initials(subjectName)}
      </span>
      <div className="who">
        <h1>
          <bdi>{subjectName}</bdi>
        </h1>
        {subject !== null && <PersonFacts person={subject} />}
      </div>
    </header>
  )
}

function Facts({ subject, vouchFor, action, reason, ticket, checkTitle, expiresAt, mayAnswer }: Approval) {
  const now = useNow()
  const facts: [string, string | null | undefined][] = [
    ['Username', subject?.userName],
    ['Department', subject?.department],
    ['Vouches for', vouchFor],
    ['Request', action],
    ['Reason', reason],
    ['Ticket', ticket],
    ['Check', checkTitle],
    ['Time left', mayAnswer ? timeLeft(expiresAt, now) : undefined],
  ]
  return (
    <dl className="approval-facts">
      {facts.map(
        ([name, value]) =>
          typeof value === 'string' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd className={name === 'Time left' ? 'figures' : undefined}>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  )
}

function Ending({ state, isOwn, answeredBy, declineReason }: Approval) {
  const by = answeredBy?.displayName ?? 'A colleague'
  const texts: Record<string, string> = {
    waiting: isOwn ? 'Your colleagues see this request at their desks.' : 'You can’t answer this request.',
    approved: `${by} approved this check.`,
    declined: `${by} declined this check.`,
    cancelled: 'The agent has stopped waiting.',
    expired: 'Nobody answered in time.',
  }
  return (
    <p role="status">
      {texts[state]} {declineReason !== null && <bdi>{declineReason}</bdi>}
    </p>
  )
}
