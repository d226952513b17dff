import type { RunStep } from '../../../api/runs.ts'
import { connectionId } from './drawn-connections.ts'
import type { NodeTypeCatalogue } from './node-type-catalogue.ts'
import type { CanvasNodeView } from './node-views.ts'
import { outcomeOfChild } from './page-children.ts'

/** A node that the run visited up to the selected step, or visits next. */
export type HighlightedNode = {
  /** `current` is the selected step, `next` the one after it. */
  state: 'visited' | 'current' | 'next'
  /** The step number of its last visit. */
  number: number
  visits: number
  /** Duration or state: "0.3 ms", "waiting for input". */
  label: string
  outcomes: ReadonlySet<string>
}

export type HighlightedPath = {
  nodes: ReadonlyMap<string, HighlightedNode>
  /** By connection id. `next` is the connection that the step after the selected one takes. */
  connections: ReadonlyMap<string, 'visited' | 'next'>
}

export type NumberedStep = RunStep & { number: number }

/** Numbers the steps. Nodes on a page are part of the page's step. */
export function numberSteps(steps: readonly RunStep[]): NumberedStep[] {
  return steps.filter(({ page }) => page === null).map((step, at) => ({ ...step, number: at + 1 }))
}

/** The innermost journey that the step ran in. */
export function journeyOf({ journeys }: RunStep): string {
  return journeys.at(-1) ?? ''
}

/**
 * The part of a run to highlight on one canvas.
 * @param journey the journey on the canvas.
 * @param at number of the selected step.
 */
export function highlightPath(steps: readonly NumberedStep[], journey: string, at: number): HighlightedPath {
  const nodes = new Map<string, HighlightedNode>()
  const connections = new Map<string, 'visited' | 'next'>()
  const own = steps.filter((step) => journeyOf(step) === journey)
  const current = own.findLast(({ number }) => number <= at)
  for (const step of own) {
    const { nodeId, number } = step
    const before = nodes.get(nodeId)
    if (number > at) {
      if (step === own.find((other) => other.number > at) && before === undefined) {
        nodes.set(nodeId, { state: 'next', number, visits: 0, label: labelOf(step), outcomes: new Set() })
      }
      continue
    }
    nodes.set(nodeId, {
      state: step === current ? 'current' : 'visited',
      number,
      visits: (before?.visits ?? 0) + (isSameVisit(own, step) ? 0 : 1),
      label: labelOf(step),
      outcomes: new Set([...(before?.outcomes ?? []), ...outcomeOf(step)]),
    })
    for (const outcome of outcomeOf(step)) {
      const isNext = step === current && own.some((other) => other.number > at)
      connections.set(connectionId({ from: nodeId, outcome }), isNext ? 'next' : 'visited')
    }
  }
  if (own.some(({ number }) => number <= at))
    connections.set(connectionId({ from: 'startNode', outcome: '' }), 'visited')
  return { nodes, connections }
}

/** A node that requested input and then ran with the answers counts as one visit. */
function isSameVisit(steps: readonly NumberedStep[], step: NumberedStep): boolean {
  const place = steps.indexOf(step)
  const before = steps[place - 1]
  return before?.nodeId === step.nodeId && before.result !== 'outcome'
}

function outcomeOf({ result, outcome }: RunStep): string[] {
  return result === 'outcome' && outcome != null ? [outcome] : []
}

function labelOf(step: RunStep): string {
  return step.result === 'outcome' ? durationText(step.duration) : resultWords[step.result]
}

/** How a step ended: the label of its outcome, or why it has none. Other journeys' outcomes are labelled by their type. */
export function endOf(
  step: RunStep,
  { nodeViews, catalogue }: { nodeViews: ReadonlyMap<string, CanvasNodeView>; catalogue: NodeTypeCatalogue },
): string {
  if (step.result !== 'outcome') return resultWords[step.result]
  const view = nodeViews.get(step.nodeId)
  if (view?.isPassThrough) return 'next'
  const id = outcomeOfChild(step.outcome ?? '')
  const known = catalogue.find(step.nodeType)?.outcomes?.find((outcome) => outcome.id === id)
  const label = view?.outcomes.find(({ id }) => id === step.outcome)?.label ?? known?.displayName ?? id
  return label.toLowerCase() === 'outcome' ? 'next' : label
}

const resultWords = {
  callbacks: 'waiting for input',
  suspended: 'suspended',
  entered: 'inner journey',
  error: 'error',
} as const

export function durationText(milliseconds: number): string {
  if (milliseconds < 0.05) return '< 0.1 ms'
  if (milliseconds < 1000)
    return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`
  return `${(milliseconds / 1000).toFixed(1)} s`
}
