import './check-page.css'
import { otherAgents } from '../../check-model/check.ts'
import { Notice } from '../components/notice.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { shortStatus } from '../messages/check-messages.ts'
import { Link } from '../navigation/link.tsx'
import { CheckGate } from './check-gate.tsx'
import { CheckHead } from './check-head.tsx'
import { CheckPending } from './check-pending.tsx'
import { CodesCard } from './codes-card.tsx'
import { FeedNotice } from './feed-notice.tsx'
import { LinkCard } from './link-card.tsx'
import { Question } from './question.tsx'
import { RecordCard } from './record-card.tsx'
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
    case 'not-found':
      return <CheckNotFound />
  }
}

function LoadedCheck(view: CheckView) {
  const { standing, name, isRunning, feed, journey, reference } = view
  useDocumentTitle(`${shortStatus(standing)} · ${name}`)
  return (
    <article className="check">
      <FeedNotice reference={reference} status={feed} isRunning={isRunning} />
      <OtherAgents {...view} />
      <CheckHead {...view} />
      <CheckGate {...view} />
      {journey?.question !== undefined && <Question reference={reference} step={journey.question} />}
      <div className="columns">
        <div className="stack">
          {isRunning && <CodesCard {...view} />}
          {isRunning ? <LinkCard {...view} /> : <RecordCard {...view} />}
          {isRunning && (
            <p className="assurance">
              You never see what the caller enters: no passwords, no codes from their phone.
            </p>
          )}
        </div>
        <TimelineCard {...view} />
      </div>
    </article>
  )
}

/** Warns about parallel checks of the same person, which can be a sign of an attack. */
function OtherAgents({ check, name, isRunning }: CheckView) {
  const others = otherAgents(check)
  if (!isRunning || others.length === 0) return null
  const verb = others.length === 1 ? 'is' : 'are'
  return (
    <Notice tone="bad" title={`${others.join(' and ')} ${verb} also checking ${name}.`}>
      Talk to each other before you continue: an attacker may be calling both of you.
    </Notice>
  )
}

function CheckNotFound() {
  useDocumentTitle('No such check · Desk')
  return (
    <section className="desk-empty">
      <h1>Check not found</h1>
      <p>It belongs to another agent, ended more than 30 days ago, or the reference is wrong.</p>
      <Link to={{ page: 'history' }}>All history</Link>
    </section>
  )
}
