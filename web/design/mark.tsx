import './mark.css'
import type { GateEnd } from './gate.tsx'

/** A check's state as a glyph. `place` is the progress of a running check, from 0 (created) to 4 (about to end). */
export type MarkState = { kind: 'live'; place: 0 | 1 | 2 | 3 | 4 } | { kind: GateEnd }

const arch = 'M1 21h5V12a8 8 0 0 1 16 0v9h5'
const gate = 'M6 21V12a8 8 0 0 1 16 0v9z'
const ground = 'M1 21h26'

const glyphs = {
  verified: 'm10.2 13.6 2.7 2.7 5-5.4',
  'not-enough': 'M14 9.2v4.4m0 3.2v.1',
  waiting: 'M14 9.6v4l2.6 1.6',
  spent: 'M11 13.4h6',
  'not-verified': 'm11.2 10.6 5.6 5.6m0-5.6-5.6 5.6',
  'not-me': 'M10.4 13.4h7.2',
  expired: 'M14 9.6v4l2.6 1.6',
  cancelled: 'M11 13.4h6',
}

/** The bead's position for each `place`, and how many percent of the arch are lit. */
const beadPositions = [
  { x: 6, y: 17, lit: 20 },
  { x: 9.9, y: 5.1, lit: 42 },
  { x: 14, y: 4, lit: 50 },
  { x: 21.4, y: 9.1, lit: 68 },
  { x: 22, y: 17, lit: 82 },
] as const

/** The state of a check as a 28 × 24 px glyph. Hidden from screen readers, because the state is always next to it in words. */
export function Mark({ state }: { state: MarkState }) {
  return (
    <svg className={`mark ${state.kind}`} viewBox="0 0 28 24" aria-hidden="true">
      {state.kind === 'live' ? <Bead {...beadPositions[state.place]} /> : <Ended sign={glyphs[state.kind]} />}
    </svg>
  )
}

function Bead({ x, y, lit }: { x: number; y: number; lit: number }) {
  return (
    <>
      <path className="track" d={arch} />
      <path className="lit" pathLength={100} strokeDasharray={`${lit} 200`} d={arch} />
      <circle className="bead" cx={x} cy={y} r={4} />
    </>
  )
}

function Ended({ sign }: { sign: string }) {
  return (
    <>
      <path className="body" d={gate} />
      <path className="body" d={ground} />
      <path className="sign" d={sign} />
    </>
  )
}
