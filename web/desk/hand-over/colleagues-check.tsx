import './hand-over.css'
import type { CheckRow } from '../../api/help-desk.ts'
import { standingOfRow } from '../../check-model/check.ts'
import { t } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import type { Text } from '../../translate/translation.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { actionText } from '../messages/action-text.ts'
import { shortStatus } from '../messages/check-messages.ts'
import { Link } from '../navigation/link.tsx'
import { TakeOver } from './take-over.tsx'

/** A check that a colleague offers: whose it is, what it is for, and how to take it over. */
export function ColleaguesCheck({ row }: { row: CheckRow }) {
  const { reference, agent, action, ticket, subject, offeredTo } = row
  const name = subject ?? t('A caller')
  useDocumentTitle(t('{name} · Desk', { name }))
  const facts: [Text, string | null][] = [
    ['Result', shortStatus(standingOfRow(row), row.grant)],
    ['Request', action && actionText(action)],
    ['Ticket', ticket],
  ]
  return (
    <article className="colleagues stack items-start gap-4">
      <h1>
        <bdi>{name}</bdi>
      </h1>
      <p className="muted">
        <Translated
          text={
            offeredTo?.name === null
              ? 'This is a check of {agent}, offered to the team.'
              : 'This is a check of {agent}, offered to you.'
          }
          values={{ agent: <bdi>{agent}</bdi> }}
        />
      </p>
      <dl className="colleagues-facts stack full-width gap-2">
        {facts.map(
          ([title, value]) =>
            value !== null && (
              <div className="stack gap-3" key={title}>
                <dt className="muted">{t(title)}</dt>
                <dd className="medium breaks">
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
      <p className="muted">
        {t('After you take it over, you see its codes, and callers read your name. The link stays the same.')}
      </p>
      <TakeOver reference={reference} name={name} />
    </article>
  )
}

/** A check that was the agent's. */
export function TakenOver({ message }: { message: string }) {
  useDocumentTitle(t('Taken over · Desk'))
  return (
    <section className="desk-empty">
      <h1>{message}</h1>
      <p>{t('It is no longer your check. You can’t see its codes, or use its result.')}</p>
      <Link to={{ page: 'checks' }}>{t('All checks')}</Link>
    </section>
  )
}
