import './gate.css'
import type { ReactNode } from 'react'
import { type GateBox, gatePath } from './gate-path.ts'
import { useElementBox } from './use-element-box.ts'

/** The five stages of a check, in order; the last is its result. */
export type GateStages = readonly [string, string, string, string, string]

/** `not-enough`, `waiting` and `spent`: the caller was verified, and the agent can't act on it, not yet, or no more. */
export type GateEnd =
  | 'verified'
  | 'not-enough'
  | 'waiting'
  | 'spent'
  | 'not-verified'
  | 'not-me'
  | 'expired'
  | 'cancelled'

/**
 * A running check: its stages along an arch (the gate), with the headline inside.
 * @param label names the list of stages.
 * @param place the current stage, from 1.
 * @param aside content such as a countdown, which screen readers do not announce when it changes.
 */
export function LiveGate({
  label,
  stages,
  place,
  aside,
  children,
}: {
  label: string
  stages: GateStages
  place: number
  aside?: ReactNode
  children: ReactNode
}) {
  const [element, box] = useElementBox<HTMLElement>()
  return (
    <div className="gate-yard">
      <section className="gate inked" ref={element}>
        {box !== undefined && <GateLine box={box} place={place} />}
        <ol className="gate-stages faint text-small text-center" aria-label={label}>
          {stages.map((stage, index) => (
            <li
              key={stage}
              className={index + 1 < place ? 'muted' : index + 1 === place ? 'ink-accent strong' : undefined}
              aria-current={index + 1 === place ? 'step' : undefined}
            >
              {stage}
            </li>
          ))}
        </ol>
        <div className="gate-say flex align-end gap-5">
          <div aria-live="polite">{children}</div>
          {aside}
        </div>
      </section>
    </div>
  )
}

/** The result of a check, filling the gate. Screen readers announce alarms at once and other results politely. */
export function EndedGate({ end, children }: { end: GateEnd; children: ReactNode }) {
  return (
    <div className={`gate-yard ${end}`}>
      <section className={`gate ended inked ${end}`} role={end === 'not-me' ? 'alert' : 'status'}>
        <div className="gate-say flex align-end gap-5">{children}</div>
      </section>
    </div>
  )
}

function GateLine({ box, place }: { box: GateBox; place: number }) {
  const { track, lit, beads } = gatePath(box, place)
  return (
    <svg className="gate-line full-width" aria-hidden="true">
      <path className="track" d={track} />
      {lit !== undefined && <path className="lit" d={lit} />}
      {beads.map((x, index) => (
        <Bead key={x} x={x} is={index + 1 < place ? 'done' : index + 1 === place ? 'now' : 'to-come'} />
      ))}
    </svg>
  )
}

function Bead({ x, is: state }: { x: number; is: 'done' | 'now' | 'to-come' }) {
  return (
    <>
      {state === 'now' && <circle className="halo" cx={x} cy={0} r={15} />}
      <circle className={`bead ${state}`} cx={x} cy={0} r={state === 'now' ? 9 : state === 'done' ? 5 : 6} />
    </>
  )
}
