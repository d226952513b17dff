import {
  connectionsOf,
  type Draft,
  isEnd,
  isInJourney,
  nodeOf,
  omit,
  startId,
  withNode,
  withTree,
} from './draft.ts'

/** One outcome of a node. The start has a single outcome, whose name is empty. */
export type OutcomeRef = { from: string; outcome: string }

export const startOutcome: OutcomeRef = { from: startId, outcome: '' }

/** The target of an outcome, even if that node is not in the journey. */
export function targetOf(draft: Draft, { from, outcome }: OutcomeRef): string | undefined {
  if (from === startId) return draft.tree.entryNodeId || undefined
  const connections = connectionsOf(draft, from)
  return Object.hasOwn(connections, outcome) ? connections[outcome] : undefined
}

/** Whether the outcome may lead to the target. The vendor refuses nodes that lead to themselves. */
export function canConnect(draft: Draft, { from }: OutcomeRef, target: string): boolean {
  if (from === target || !isInJourney(draft, target)) return false
  return from === startId || nodeOf(draft, from) !== undefined
}

export function connect(draft: Draft, source: OutcomeRef, target: string): Draft {
  if (!canConnect(draft, source, target) || targetOf(draft, source) === target) return draft
  if (source.from === startId) return withTree(draft, { entryNodeId: target })
  const connections = { ...connectionsOf(draft, source.from), [source.outcome]: target }
  return withNode(draft, source.from, { connections })
}

export function disconnect(draft: Draft, source: OutcomeRef): Draft {
  if (targetOf(draft, source) === undefined) return draft
  if (source.from === startId) return withTree(draft, { entryNodeId: '' })
  return withNode(draft, source.from, {
    connections: omit(connectionsOf(draft, source.from), new Set([source.outcome])),
  })
}

/** Removes every connection to these nodes. */
export function disconnectTargets(draft: Draft, targets: ReadonlySet<string>): Draft {
  let next = draft
  for (const [id, { connections = {} }] of Object.entries(draft.tree.nodes)) {
    const remaining = Object.entries(connections).filter(([, target]) => !targets.has(target))
    if (remaining.length < Object.keys(connections).length) {
      next = withNode(next, id, { connections: Object.fromEntries(remaining) })
    }
  }
  const entry = next.tree.entryNodeId
  return entry !== undefined && targets.has(entry) ? withTree(next, { entryNodeId: '' }) : next
}

/** Moves every connection to one node over to another. */
export function redirectConnections(draft: Draft, from: string, to: string): Draft {
  let next = draft
  for (const [id, { connections = {} }] of Object.entries(draft.tree.nodes)) {
    for (const [outcome, target] of Object.entries(connections)) {
      if (target === from && id !== to) next = connect(next, { from: id, outcome }, to)
    }
  }
  return next.tree.entryNodeId === from ? connect(next, startOutcome, to) : next
}

export type Connection = OutcomeRef & { to: string }

/**
 * Inserts a node into a connection.
 * @param outcome the outcome of the node that leads on; undefined if it has none.
 */
export function splice(draft: Draft, connection: Connection, id: string, outcome: string | undefined): Draft {
  if (connection.from === id || connection.to === id) return draft
  const into = connect(draft, connection, id)
  return outcome === undefined ? into : connect(into, { from: id, outcome }, connection.to)
}

/** All connections to existing nodes and ends, starting with the start's. */
export function allConnections(draft: Draft): Connection[] {
  const entry = draft.tree.entryNodeId
  const first = entry !== undefined && isInJourney(draft, entry) ? [{ ...startOutcome, to: entry }] : []
  const others = Object.entries(draft.tree.nodes).flatMap(([from, { connections = {} }]) =>
    Object.entries(connections)
      .filter(([, to]) => isInJourney(draft, to))
      .map(([outcome, to]) => ({ from, outcome, to })),
  )
  return [...first, ...others]
}

export function isConnected(draft: Draft, id: string): boolean {
  return isEnd(id) || allConnections(draft).some(({ from, to }) => from === id || to === id)
}
