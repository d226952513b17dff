import { t } from '../../translate/translate.ts'
import './check-page.css'
import type { Step } from '../../api/authenticate.ts'
import { answerJourney } from '../checks/front-journeys.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { ColleaguesCheck, TakenOver } from '../hand-over/colleagues-check.tsx'
import { shortStatus } from '../messages/check-messages.ts'
import { Link } from '../navigation/link.tsx'
import { StepForm } from '../new-check/step-form.tsx'
import { CheckGate } from './check-gate.tsx'
import { CheckHead } from './check-head.tsx'
import { CheckNotices } from './check-notices.tsx'
import { CheckPending } from './check-pending.tsx'
import { CodesCard } from './codes-card.tsx'
import { LinkCard } from './link/link-card.tsx'
import { RecordCard } from './record-card.tsx'
import { type CheckView, useCheck } from './use-check.ts'
import './timeline-card.css'
import { type TimelineRow, timelineOf } from '../../check-model/timeline.ts'
import { clockTime } from '../../check-model/times.ts'
import { TwoRails } from '../../check-model/two-rails.tsx'
import type { RailRow } from '../../design/rails.tsx'

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
    <article className="check stack gap-4">
      <CheckNotices {...view} />
      <CheckHead {...view} />
      <div className={isRunning ? 'parts running stack gap-5 above-1' : 'parts stack gap-5 above-1'}>
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

/** The cards with what the agent does next. The first one has to be above the fold at 1280 × 720. */
function NextCards(view: CheckView) {
  const { isRunning, standing, journey, reference, details } = view
  if (!isRunning) {
    return (
      <div className="next-cards stack gap-4">
        <RecordCard {...view} />
      </div>
    )
  }
  const isUnopened = standing === 'created'
  return (
    <div className="next-cards stack gap-4">
      {journey?.question !== undefined && <Question reference={reference} step={journey.question} />}
      {isUnopened && details.isOwn && <LinkCard {...view} />}
      <CodesCard {...view} />
      {!isUnopened && details.isOwn && <LinkCard {...view} />}
      <p className="assurance note">
        {t('You never see what the caller enters: no passwords, no codes from their phone.')}
      </p>
    </div>
  )
}

/** A step of the front journey that the agent has to answer while the check runs. */
function Question({ reference, step }: { reference: string; step: Step }) {
  return (
    <section className="card question-card pad-4" aria-label={t('A question for you')}>
      <StepForm
        key={step.authId}
        step={step}
        title={t('A question for you')}
        heading="h2"
        onAnswer={(answer) => answerJourney(reference, answer)}
      />
    </section>
  )
}

function TimelineCard({ check, agent, journey }: CheckView) {
  const rows = timelineOf(check, { agent, messages: journey?.messages ?? [] })
  return (
    <section className="card happened" aria-label={t('What happened')}>
      <header>
        <h2>{t('What happened')}</h2>
      </header>
      <div className="body">
        <TwoRails rows={rows.map((row) => railRow(row))} />
      </div>
    </section>
  )
}

function railRow(row: TimelineRow): RailRow {
  const { key, kind, at, isNew, text, isQuoted, more } = row
  return {
    key,
    kind,
    isNew,
    at,
    time: at === undefined ? undefined : clockTime(at),
    text: <bdi>{isQuoted ? t('“{text}”', { text }) : text}</bdi>,
    more: more === undefined ? undefined : <bdi>{more}</bdi>,
  }
}
