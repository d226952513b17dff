import type { Outcome } from '../../../api/node-types.ts'
import { connectionsOf, type Draft, failureId, isInJourney, nodeOf } from './draft.ts'

/** A way out of a node and where it leads. */
export type NodeOutcome = {
  id: string
  label: string
  /** The node or end it leads to; undefined for nowhere. */
  target: string | undefined
  /** Its connection names a node that is not in the journey. */
  isDangling: boolean
  /** It is connected, and the node does not have it with these settings. */
  isStale: boolean
}

/**
 * The ways out of a node in their order. Connections of outcomes that it does not have come last: a connection never
 * vanishes from sight.
 * @param outcomes null where nobody can tell what they are: then they are those that are connected.
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

/** The only way out of a node that does not decide; it needs no name. A page calls it after its last node. */
export function isPassThrough(outcomes: readonly NodeOutcome[]): boolean {
  const [only, another] = outcomes
  return only !== undefined && another === undefined && /(^|-)outcome$/.test(only.id)
}

/** The first way out that leads nowhere yet. */
export function firstUnconnected(outcomes: readonly NodeOutcome[]): NodeOutcome | undefined {
  return outcomes.find(({ target, isStale }) => target === undefined && !isStale)
}

/** A way out that leads straight to Failure is drawn as a cap on its port, without a line. */
export function isFolded({ target }: NodeOutcome): boolean {
  return target === failureId
}

/** Who leads to a node or an end: node and outcome. The start is not among them. */
export function sourcesOf(draft: Draft, target: string): { from: string; outcome: string }[] {
  return Object.keys(draft.tree.nodes).flatMap((from) =>
    Object.entries(nodeOf(draft, from)?.connections ?? {})
      .filter(([, to]) => to === target)
      .map(([outcome]) => ({ from, outcome })),
  )
}
