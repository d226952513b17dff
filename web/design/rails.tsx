import './rails.css'
import type { ReactNode } from 'react'

/**
 * What a row of the timeline does to the two lines. `branch`: the caller's leaves the agent's. `mine`: something that
 * the agent did. `theirs`: news from the caller's side. `waiting`: nothing yet. `merge`: it came back, verified.
 * `stopped` and `alarmed`: it ended on the caller's side. `lapsed`: it faded. `closed`, `closed-alarm`: after that, on the
 * agent's. `after`: something more on the agent's side, when the caller's line is back or gone.
 */
export type RailTurn =
  | 'branch'
  | 'mine'
  | 'theirs'
  | 'waiting'
  | 'merge'
  | 'stopped'
  | 'alarmed'
  | 'lapsed'
  | 'closed'
  | 'closed-alarm'
  | 'after'

export type RailRow = {
  key: string | number
  turn: RailTurn
  /** As it is to be read, such as `14:02:11`; a row without one is under way. */
  time: string | undefined
  /** The same to the millisecond, in epoch milliseconds, for who copies or measures it. */
  at?: number | undefined
  isNew?: boolean
  text: ReactNode
  more?: ReactNode
}

/** The timeline of a check: the agent's line runs straight, the caller's leaves it and comes back. Said in words, too. */
export function Rails({ rows }: { rows: readonly RailRow[] }) {
  return (
    <ol className="rails">
      {rows.map(({ key, turn, time, at, isNew, text, more }) => (
        <li key={key} className={isNew ? `${turn} new` : turn}>
          <time dateTime={at === undefined ? undefined : new Date(at).toISOString()}>{time ?? 'now'}</time>
          <Lanes turn={turn} />
          <div className="rail-text">
            <b>{text}</b>
            {more !== undefined && <small>{more}</small>}
          </div>
        </li>
      ))}
    </ol>
  )
}

const hasCallersLine: ReadonlySet<RailTurn> = new Set([
  'branch',
  'mine',
  'theirs',
  'waiting',
  'stopped',
  'alarmed',
  'lapsed',
])

function Lanes({ turn }: { turn: RailTurn }) {
  return (
    <span className="rail-lanes" aria-hidden="true">
      <i className="mine" />
      {hasCallersLine.has(turn) && <i className="theirs" />}
      <svg viewBox="0 0 46 36" aria-hidden="true">
        <Turn turn={turn} />
      </svg>
    </span>
  )
}

/** The agent's line is at 9, the caller's at 35, the middle of a row's first line at 10. */
function Turn({ turn }: { turn: RailTurn }) {
  switch (turn) {
    case 'branch':
      return (
        <>
          <path d="M9 10c17 0 26 6 26 24" />
          <circle cx={9} cy={10} r={4.5} />
        </>
      )
    case 'mine':
    case 'after':
      return <circle cx={9} cy={10} r={4.5} />
    case 'theirs':
      return (
        <>
          <path d="M30 10H15M18.5 6.5 15 10l3.5 3.5" />
          <circle className="full" cx={35} cy={10} r={4.5} />
          <circle cx={9} cy={10} r={2.5} />
        </>
      )
    case 'merge':
      return (
        <>
          <path d="M35 0C35 8 27 10 15 10" />
          <circle cx={9} cy={10} r={6} />
        </>
      )
    case 'stopped':
    case 'alarmed':
      return <path d="m31 6 8 8m0-8-8 8" strokeWidth={2.5} />
    case 'closed':
    case 'closed-alarm':
      return <circle cx={9} cy={10} r={6} />
    case 'waiting':
    case 'lapsed':
      return null
  }
}
