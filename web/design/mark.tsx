import './mark.css'

/** How a check stands, as the mark shows it. A live one has its place on the arch, from 0 (made) to 4 (about to end). */
export type MarkState =
  | { kind: 'live'; place: 0 | 1 | 2 | 3 | 4 }
  | { kind: 'verified' | 'not-verified' | 'not-me' | 'expired' | 'cancelled' }

const arch = 'M1 21h5V12a8 8 0 0 1 16 0v9h5'
const gate = 'M6 21V12a8 8 0 0 1 16 0v9z'
const ground = 'M1 21h26'

const signs = {
  verified: 'm10.2 13.6 2.7 2.7 5-5.4',
  'not-verified': 'm11.2 10.6 5.6 5.6m0-5.6-5.6 5.6',
  'not-me': 'M10.4 13.4h7.2',
  expired: 'M14 9.6v4l2.6 1.6',
  cancelled: 'M11 13.4h6',
}

/** Where the bead sits, and how much of the arch behind it is lit. */
const places = [
  { x: 6, y: 17, lit: 20 },
  { x: 9.9, y: 5.1, lit: 42 },
  { x: 14, y: 4, lit: 50 },
  { x: 21.4, y: 9.1, lit: 68 },
  { x: 22, y: 17, lit: 82 },
] as const

/** The state of a check as one glyph of 28 by 24 pixels. Its words stand beside it: to a screen reader it is silent. */
export function Mark({ state }: { state: MarkState }) {
  return (
    <svg className={`mark ${state.kind}`} viewBox="0 0 28 24" aria-hidden="true">
      {state.kind === 'live' ? <Bead {...places[state.place]} /> : <Ended sign={signs[state.kind]} />}
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
