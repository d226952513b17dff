import './timeline-card.css'
import { type TimelineRow, timelineOf } from '../../check-model/timeline.ts'
import { clockTime, shortTime } from '../../check-model/times.ts'
import { TwoRails } from '../../check-model/two-rails.tsx'
import type { RailRow } from '../../design/rails.tsx'
import type { CheckView } from './use-check.ts'

export function TimelineCard({ check, agent, journey, isSmall = false }: CheckView & { isSmall?: boolean }) {
  const rows = timelineOf(check, {
    agent,
    linkValidity: `until ${shortTime(check.expiresAt)}`,
    messages: journey?.messages ?? [],
  })
  const time = isSmall ? shortTime : clockTime
  return (
    // Only the full-size timeline is a landmark. A page can have several small ones, each inside its article.
    <section
      className={isSmall ? 'happened small' : 'card happened'}
      {...(isSmall ? {} : { 'aria-label': 'What happened' })}
    >
      {!isSmall && (
        <header>
          <h2>What happened</h2>
        </header>
      )}
      <div className="body">
        <TwoRails rows={rows.map((row) => railRow(row, time, isSmall))} />
      </div>
    </section>
  )
}

function railRow(row: TimelineRow, time: (at: number) => string, isSmall: boolean): RailRow {
  const { key, kind, at, isNew, text, isQuoted, more } = row
  return {
    key,
    kind,
    isNew,
    at,
    time: at === undefined ? undefined : time(at),
    text: <bdi>{isQuoted ? `“${text}”` : text}</bdi>,
    more: more === undefined || isSmall ? undefined : <bdi>{more}</bdi>,
  }
}
