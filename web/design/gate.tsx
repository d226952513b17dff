import './gate.css'
import type { ReactNode } from 'react'
import { type GateBox, gatePath } from './gate-path.ts'
import { useBox } from './use-box.ts'

/** The five stages of a check, in their order; the last is its result. */
export type GateStages = readonly [string, string, string, string, string]

/** How a check ended. */
export type GateEnd = 'verified' | 'not-verified' | 'not-me' | 'expired' | 'cancelled'

/**
 * A check under way, drawn as a path that leaves the ground and comes back to it. The headline stands inside.
 * @param place the stage that is under way, from 1.
 * @param aside stands beside what is told, and is not told when it changes: a countdown.
 */
export function LiveGate({
  stages,
  place,
  aside,
  children,
}: {
  stages: GateStages
  place: number
  aside?: ReactNode
  children: ReactNode
}) {
  const [element, box] = useBox<HTMLElement>()
  return (
    <div className="gate-yard">
      <section className="gate" ref={element}>
        {box !== undefined && <GateLine box={box} place={place} />}
        <ol className="gate-stages" aria-label="Steps of this check">
          {stages.map((stage, index) => (
            <li
              key={stage}
              className={index + 1 < place ? 'done' : index + 1 === place ? 'now' : undefined}
              aria-current={index + 1 === place ? 'step' : undefined}
            >
              {stage}
            </li>
          ))}
        </ol>
        <div className="gate-say">
          <div aria-live="polite">{children}</div>
          {aside}
        </div>
      </section>
    </div>
  )
}

/** The result of a check: it fills the gate. An incident is told at once, anything else when the reader has time. */
export function EndedGate({ end, children }: { end: GateEnd; children: ReactNode }) {
  return (
    <div className={`gate-yard ${end}`}>
      <section className={`gate ended ${end}`} role={end === 'not-me' ? 'alert' : 'status'}>
        <div className="gate-say">{children}</div>
      </section>
    </div>
  )
}

function GateLine({ box, place }: { box: GateBox; place: number }) {
  const { track, lit, beads } = gatePath(box, place)
  return (
    <svg className="gate-line" aria-hidden="true">
      <path className="track" d={track} />
      {lit !== undefined && <path className="lit" d={lit} />}
      {beads.map((x, index) => (
        <Bead key={x} x={x} is={index + 1 < place ? 'done' : index + 1 === place ? 'now' : 'to-come'} />
      ))}
    </svg>
  )
}

function Bead({ x, is }: { x: number; is: 'done' | 'now' | 'to-come' }) {
  return (
    <>
      {is === 'now' && <circle className="halo" cx={x} cy={0} r={15} />}
      <circle className={`bead ${is}`} cx={x} cy={0} r={is === 'now' ? 9 : is === 'done' ? 5 : 6} />
    </>
  )
}
