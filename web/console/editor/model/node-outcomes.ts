import type { Outcome } from '../../../api/node-types.ts'
import { connectionsOf, type Draft, failureId, isInJourney, nodeOf } from './draft.ts'

/** An outcome of a node, with the node or end it leads to. */
export type NodeOutcome = {
  id: string
  label: string
  /** Undefined if not connected. */
  target: string | undefined
  /** The connection names a node that doesn't exist. */
  isDangling: boolean
  /** Connected, but with its current settings the node doesn't have this outcome. */
  isStale: boolean
}

/**
 * The outcomes of a node. Connected outcomes that the node doesn't have come last, so that every connection
 * stays visible.
 * @param outcomes null if unknown: only connected outcomes are returned.
 */
export function nodeOutcomes(draft: Draft, id: string, outcomes: readonly Outcome[] | null): NodeOutcome[] {
  const connections = connectionsOf(draft, id)
  const known = outcomes ?? []
  const others = Object.keys(connections).filter((outcome) => !known.some(({ id }) => id === outcome))
  const nodeOutcome = (outcome: string, label: string, isStale: boolean): NodeOutcome => {
    const target = Object.hasOwn(connections, outcome) ? connections[outcome] : undefined
    const isDangling = target !== undefined && !isInJourney(draft, target)
    return { id: outcome, label, target: isDangling ? undefined : target, isDangling, isStale }
  }
  return [
    ...known.map(({ id, displayName }) => nodeOutcome(id, displayName || id, false)),
    ...others.map((outcome) => nodeOutcome(outcome, outcome, outcomes !== null)),
  ]
}

/**
 * Whether the node has a single outcome that needs no label. Pages prefix its id with the id of their last
 * node.
 */
export function isPassThrough(outcomes: readonly NodeOutcome[]): boolean {
  const [only, another] = outcomes
  return only !== undefined && another === undefined && /(^|-)outcome$/.test(only.id)
}

export function firstUnconnected(outcomes: readonly NodeOutcome[]): NodeOutcome | undefined {
  return outcomes.find(({ target, isStale }) => target === undefined && !isStale)
}

/** Whether the connection is drawn as a cap on the outcome instead of a line: it leads to Failure. */
export function isFolded({ target }: NodeOutcome): boolean {
  return target === failureId
}

/** The outcomes that lead to a node or an end, without the start. */
export function sourcesOf(draft: Draft, target: string): { from: string; outcome: string }[] {
  return Object.keys(draft.tree.nodes).flatMap((from) =>
    Object.entries(nodeOf(draft, from)?.connections ?? {})
      .filter(([, to]) => to === target)
      .map(([outcome]) => ({ from, outcome })),
  )
}
