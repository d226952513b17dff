import './hand-over.css'
import type { CheckRow } from '../../api/help-desk.ts'
import { standingOfRow } from '../../check-model/check.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { shortStatus } from '../messages/check-messages.ts'
import { Link } from '../navigation/link.tsx'
import { TakeOver } from './take-over.tsx'

/** A check that a colleague offers: whose it is, what it is for, and how to take it over. */
export function ColleaguesCheck({ row }: { row: CheckRow }) {
  const { reference, agent, action, ticket, subject, offeredTo } = row
  const name = subject ?? 'A caller'
  useDocumentTitle(`${name} · Desk`)
  const to = offeredTo?.name === null ? 'the team' : 'you'
  return (
    <article className="colleagues">
      <h1>
        <bdi>{name}</bdi>
      </h1>
      <p>
        This is a check of <bdi>{agent}</bdi>, offered to {to}:{' '}
        {shortStatus(standingOfRow(row)).toLowerCase()}.{action !== null && ` Request: ${action}.`}
        {ticket !== null && ` Ticket: ${ticket}.`}
      </p>
      <p>After you take it over, you see its codes, and callers read your name. The link stays the same.</p>
      <TakeOver reference={reference} name={name} />
    </article>
  )
}

/** A check that was the agent's. */
export function TakenOver({ message }: { message: string }) {
  useDocumentTitle('Taken over · Desk')
  return (
    <section className="desk-empty">
      <h1>{message}</h1>
      <p>It is no longer your check. You can’t see its codes, or use its result.</p>
      <Link to={{ page: 'checks' }}>All checks</Link>
    </section>
  )
}
