import type { RecordedStep } from '../../../engine/recorded-step.ts'
import type { Trace, TraceEvent } from '../trace.ts'

/** One position of the slider: a node that ran. */
export type Frame = {
  /** From 1, in the order of time. */
  number: number
  step: RecordedStep
  /** Index of the run. */
  run: number
  lane: number
  /** Innermost journey. */
  journey: string
  /** Index of the event that ran it; undefined if it is unknown. */
  event: number | undefined
}

/** A party of the walk with what it ran. */
export type Lane = {
  party: string
  runs: number[]
  /** Journeys with nodes that ran, in order. */
  journeys: string[]
}

export type Film = { lanes: Lane[]; frames: Frame[] }

/** Puts the nodes of all runs in the order of time. */
export function filmOf(trace: Trace): Film {
  const parties = [...new Set(trace.runs.map(({ party }) => party))]
  const laneOf = (run: number) => parties.indexOf(trace.runs[run]?.party ?? '')
  const placed = trace.runs.flatMap(({ steps, journey }, run) =>
    steps.map((step) => ({
      step,
      run,
      lane: laneOf(run),
      journey: step.journeys.at(-1) ?? journey ?? '',
      event: eventOf(trace.events, run, step),
    })),
  )
  // Nodes of one request have the order in which they ran.
  const frames = placed
    .toSorted((one, other) => (one.event ?? trace.events.length) - (other.event ?? trace.events.length))
    .map((frame, at) => ({ ...frame, number: at + 1 }))
  const lanes = parties.map((party, lane) => ({
    party,
    runs: [...trace.runs.keys()].filter((run) => laneOf(run) === lane),
    journeys: [...new Set(frames.filter((frame) => frame.lane === lane).map(({ journey }) => journey))],
  }))
  return { lanes, frames }
}

function eventOf(events: readonly TraceEvent[], run: number, { request }: RecordedStep): number | undefined {
  const at = events.findIndex((event) => event.run === run && event.request === request)
  return at < 0 ? undefined : at
}

/** A node with what came of it, as walk files write it. */
export function frameTitle({ step }: Pick<Frame, 'step'>): string {
  const name = step.displayName || step.nodeType
  if (step.result === 'outcome') return `${name} → ${step.outcome ?? ''}`
  const ends = {
    callbacks: 'shows a page',
    suspended: 'waits for a link',
    entered: 'enters an inner journey',
    error: 'error',
  }
  return `${name}: ${ends[step.result]}`
}
