import { t } from '../../translate/translate.ts'
import './check-page.css'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { ColleaguesCheck, TakenOver } from '../hand-over/colleagues-check.tsx'
import { shortStatus } from '../messages/check-messages.ts'
import { Link } from '../navigation/link.tsx'
import { CheckGate } from './check-gate.tsx'
import { CheckHead } from './check-head.tsx'
import { CheckNotices } from './check-notices.tsx'
import { CheckPending } from './check-pending.tsx'
import { NextCards } from './next-cards.tsx'
import { TimelineCard } from './timeline-card.tsx'
import { type CheckView, useCheck } from './use-check.ts'

/** The page of one check. */
export function CheckPage({ reference }: { reference: string }) {
  const state = useCheck(reference)
  switch (state.kind) {
    case 'loaded':
      return <LoadedCheck {...state.view} />
    case 'pending':
      return <CheckPending reference={reference} line={state.status} />
    case 'colleagues':
      return <ColleaguesCheck row={state.row} />
    case 'taken-over':
      return <TakenOver message={state.message} />
    case 'no-access':
      return <NoMoreAccess />
    case 'not-found':
      return <CheckNotFound />
  }
}

function LoadedCheck(view: CheckView) {
  const { standing, name, isRunning, proof } = view
  useDocumentTitle(`${shortStatus(standing, proof?.grant)} · ${name}`)
  return (
    <article className="check">
      <CheckNotices {...view} />
      <CheckHead {...view} />
      <div className={isRunning ? 'parts running' : 'parts'}>
        <CheckGate {...view} />
        <NextCards {...view} />
        <TimelineCard {...view} />
      </div>
    </article>
  )
}

/** In the place of the check: nothing that looks live, and nothing of the caller, stays on the page. */
function NoMoreAccess() {
  useDocumentTitle(`${t('No access')} · ${t('Desk')}`)
  return (
    <section className="desk-empty" role="alert">
      <h1>{t('You have no access to this check')}</h1>
      <p>{t('You may no longer verify callers, so the page shows nothing of it.')}</p>
    </section>
  )
}

function CheckNotFound() {
  useDocumentTitle(`${t('No such check')} · ${t('Desk')}`)
  return (
    <section className="desk-empty">
      <h1>{t('Check not found')}</h1>
      <p>{t('It belongs to another agent, ended more than 30 days ago, or the reference is wrong.')}</p>
      <Link to={{ page: 'history' }}>{t('All history')}</Link>
    </section>
  )
}
