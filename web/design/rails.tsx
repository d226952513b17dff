import './rails.css'
import type { ReactNode } from 'react'

/**
 * What a row does to the two lines of the timeline. `branch`: the caller's line starts. `mine`: an event on the agent's
 * side. `theirs`: an event on the caller's side. `waiting`: no event yet. `merge`: verified, the caller's line rejoins.
 * `stopped`, `alarmed`: the caller's side ended the check. `lapsed`: the check expired or was cancelled. `closed`,
 * `closed-alarm`: the end on the agent's side. `after`: a later event on the agent's side.
 */
export type RailKind =
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
  kind: RailKind
  /** Displayed time, such as `14:02:11`. Undefined for the current state. */
  time: string | undefined
  /** Epoch milliseconds, for the `datetime` attribute. */
  at?: number | undefined
  isNew?: boolean
  text: ReactNode
  more?: ReactNode
}

/**
 * The timeline of a check: a straight line for the agent and a line for the caller that branches off and rejoins.
 * @param now stands for the time of the current state.
 */
export function Rails({ rows, now }: { rows: readonly RailRow[]; now: string }) {
  return (
    <ol className="rails">
      {rows.map(({ key, kind, time, at, isNew, text, more }) => (
        <li key={key} className={isNew ? `${kind} new` : kind}>
          <time className="fine" dateTime={at === undefined ? undefined : new Date(at).toISOString()}>
            {time ?? now}
          </time>
          <Lanes kind={kind} />
          <div className="rail-text shrink breaks">
            <b className={isNew ? 'ink-accent strong' : kind === 'waiting' ? 'muted regular' : 'medium'}>
              {text}
            </b>
            {more !== undefined && <small className="block note">{more}</small>}
          </div>
        </li>
      ))}
    </ol>
  )
}

const kindsWithCallersLine: ReadonlySet<RailKind> = new Set([
  'branch',
  'mine',
  'theirs',
  'waiting',
  'stopped',
  'alarmed',
  'lapsed',
])

function Lanes({ kind }: { kind: RailKind }) {
  return (
    <span className="rail-lanes" aria-hidden="true">
      <i className="mine" />
      {kindsWithCallersLine.has(kind) && <i className="theirs" />}
      <svg viewBox="0 0 46 36" aria-hidden="true">
        <RailGlyph kind={kind} />
      </svg>
    </span>
  )
}

/** x = 9 is the agent's line, x = 35 the caller's; y = 10 is the middle of the row's first line of text. */
function RailGlyph({ kind }: { kind: RailKind }) {
  switch (kind) {
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
