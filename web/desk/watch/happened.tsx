import './happened.css'
import { IconDeviceMobile, IconUser } from '@tabler/icons-react'
import { clockTime, shortTime } from '../../check/countdown.ts'
import { type TimelineRow, timelineOf } from '../../check/timeline.ts'
import { type RailRow, Rails } from '../../look/rails.tsx'
import type { Watched } from './use-watched.ts'

/** Everything that happened so far, on both sides. */
export function Happened({ check, agent, live, isSmall = false }: Watched & { isSmall?: boolean }) {
  const rows = timelineOf(check, {
    agent,
    lifeText: `until ${shortTime(check.expiresAt)}`,
    said: live.said,
  })
  const time = isSmall ? shortTime : clockTime
  return (
    // Small ones stand in an article each, and there are several on a page: they are no landmarks.
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
        <p className="rail-heads">
          <span className="spoken">Left line: the agent’s side. Right line: the caller’s side.</span>
          <IconUser size={16} stroke={1.75} aria-hidden />
          <IconDeviceMobile size={16} stroke={1.75} aria-hidden />
        </p>
        <Rails rows={rows.map((row) => railRow(row, time, isSmall))} />
      </div>
    </section>
  )
}

function railRow(row: TimelineRow, time: (at: number) => string, isSmall: boolean): RailRow {
  const { key, turn, at, isNew, text, isQuoted, more } = row
  return {
    key,
    turn,
    isNew,
    at,
    time: at === undefined ? undefined : time(at),
    text: <bdi>{isQuoted ? `“${text}”` : text}</bdi>,
    ...(more === undefined || isSmall ? {} : { more: <bdi>{more}</bdi> }),
  }
}
