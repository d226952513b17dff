import type { RunStep } from '../../../api/runs.ts'
import { connectionId } from './drawn-connections.ts'

/** A node on the way of a run, up to the step that is looked at. */
export type HighlightedNode = {
  /** Been there, is there, or goes there next. */
  state: 'lit' | 'now' | 'ahead'
  /** The number of its last visit, as the list of steps counts. */
  number: number
  visits: number
  /** What it took or what it does: "0.3 ms", "asks". */
  label: string
  outcomes: ReadonlySet<string>
}

export type HighlightedPath = {
  nodes: ReadonlyMap<string, HighlightedNode>
  /** Lines by id: gone along, or to be gone along next. */
  connections: ReadonlyMap<string, 'lit' | 'next'>
}

/** A step with its number in the list. */
export type NumberedStep = RunStep & { number: number }

/** Steps of nodes on pages belong to their page, and have no number of their own. */
export function numberSteps(steps: readonly RunStep[]): NumberedStep[] {
  return steps.filter(({ page }) => page === null).map((step, at) => ({ ...step, number: at + 1 }))
}

/** The journey that a step was in: the innermost. */
export function journeyOf({ journeys }: RunStep): string {
  return journeys.at(-1) ?? ''
}

/**
 * Where a run went on one canvas, up to a step.
 * @param journey the journey on the canvas; steps of inner journeys light the node that entered them.
 * @param at the number of the step that is looked at.
 */
export function highlightPath(steps: readonly NumberedStep[], journey: string, at: number): HighlightedPath {
  const nodes = new Map<string, HighlightedNode>()
  const connections = new Map<string, 'lit' | 'next'>()
  const own = steps.filter((step) => journeyOf(step) === journey)
  const current = own.findLast(({ number }) => number <= at)
  for (const step of own) {
    const { nodeId, number } = step
    const before = nodes.get(nodeId)
    if (number > at) {
      if (step === own.find((other) => other.number > at) && before === undefined) {
        nodes.set(nodeId, { state: 'ahead', number, visits: 0, label: labelOf(step), outcomes: new Set() })
      }
      continue
    }
    nodes.set(nodeId, {
      state: step === current ? 'now' : 'lit',
      number,
      visits: (before?.visits ?? 0) + (isSameVisit(own, step) ? 0 : 1),
      label: labelOf(step),
      outcomes: new Set([...(before?.outcomes ?? []), ...outcomeOf(step)]),
    })
    for (const outcome of outcomeOf(step)) {
      const isNext = step === current && own.some((other) => other.number > at)
      connections.set(connectionId({ from: nodeId, outcome }), isNext ? 'next' : 'lit')
    }
  }
  if (own.some(({ number }) => number <= at))
    connections.set(connectionId({ from: 'startNode', outcome: '' }), 'lit')
  return { nodes, connections }
}

/** A node that asked and is run with the answers is on the same visit. */
function isSameVisit(steps: readonly NumberedStep[], step: NumberedStep): boolean {
  const place = steps.indexOf(step)
  const before = steps[place - 1]
  return before?.nodeId === step.nodeId && before.result !== 'outcome'
}

function outcomeOf({ result, outcome }: RunStep): string[] {
  return result === 'outcome' && outcome != null ? [outcome] : []
}

function labelOf(step: RunStep): string {
  const words = { callbacks: 'asks', suspended: 'waits', entered: 'inside', error: 'error' }
  return step.result === 'outcome' ? durationText(step.duration) : words[step.result]
}

export function durationText(milliseconds: number): string {
  if (milliseconds < 1000)
    return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`
  return `${(milliseconds / 1000).toFixed(1)} s`
}
