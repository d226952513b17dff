import './check-page.css'
import { otherAgents } from '../../check-model/check.ts'
import { Notice } from '../components/notice.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { shortWords } from '../messages/words.ts'
import { To } from '../navigation/link.tsx'
import { CheckGate } from './check-gate.tsx'
import { CheckHead } from './check-head.tsx'
import { CodesCard } from './codes-card.tsx'
import { FeedNotice } from './feed-notice.tsx'
import { Happened } from './happened.tsx'
import { LinkCard } from './link-card.tsx'
import { Question } from './question.tsx'
import { RecordCard } from './record-card.tsx'
import { Unreadable } from './unreadable.tsx'
import { useWatched, type Watched } from './use-watched.ts'

/** One check: whether the agent may go on, how it came to that, and what to do now. */
export function CheckPage({ reference }: { reference: string }) {
  const watching = useWatched(reference)
  switch (watching.kind) {
    case 'there':
      return <WatchedCheck {...watching.watched} />
    case 'waiting':
      return <Unreadable reference={reference} line={watching.line} />
    case 'missing':
      return <Missing />
  }
}

function WatchedCheck(watched: Watched) {
  const { standing, name, isRunning, live, reference } = watched
  useDocumentTitle(`${shortWords(standing)} · ${name}`)
  return (
    <article className="check">
      <FeedNotice reference={reference} status={live.line} isRunning={isRunning} />
      <OtherAgents {...watched} />
      <CheckHead {...watched} />
      <CheckGate {...watched} />
      {live.asked !== undefined && <Question reference={reference} step={live.asked} />}
      <div className="columns">
        <div className="stack">
          {isRunning && <CodesCard {...watched} />}
          {isRunning ? <LinkCard {...watched} /> : <RecordCard {...watched} />}
          {isRunning && (
            <p className="assurance">
              You never see what the caller types: no passwords, no codes from their phone.
            </p>
          )}
        </div>
        <Happened {...watched} />
      </div>
    </article>
  )
}

/** Two agents who check one person at the same time are a sign of an attack. */
function OtherAgents({ check, name, isRunning }: Watched) {
  const others = otherAgents(check)
  if (!isRunning || others.length === 0) return null
  const verb = others.length === 1 ? 'has' : 'have'
  return (
    <Notice tone="bad" title={`${others.join(' and ')} also ${verb} a check of ${name} under way.`}>
      Talk to each other before you go on: an attacker may be calling both of you.
    </Notice>
  )
}

function Missing() {
  useDocumentTitle('No such check · Desk')
  return (
    <section className="desk-empty">
      <h1>This check is not here</h1>
      <p>It is another agent’s, or it ended more than 30 days ago. Its reference may also be mistyped.</p>
      <To place={{ page: 'history' }}>All history</To>
    </section>
  )
}
