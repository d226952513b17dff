import {
  connectionsOf,
  type Draft,
  isEnd,
  isThere,
  nodeOf,
  startId,
  withNode,
  without,
  withTree,
} from './draft.ts'

/** A place that a line begins at: an outcome of a node, or the start, whose outcome has no name. */
export type Exit = { from: string; outcome: string }

export const startExit: Exit = { from: startId, outcome: '' }

/** Where an exit leads now, be it there or not. */
export function targetOf(draft: Draft, { from, outcome }: Exit): string | undefined {
  if (from === startId) return draft.tree.entryNodeId || undefined
  const connections = connectionsOf(draft, from)
  return Object.hasOwn(connections, outcome) ? connections[outcome] : undefined
}

/** Whether a connection would be taken: to what is there, and not to itself, which the vendor refuses. */
export function mayConnect(draft: Draft, { from }: Exit, target: string): boolean {
  if (from === target || !isThere(draft, target)) return false
  return from === startId || nodeOf(draft, from) !== undefined
}

export function connect(draft: Draft, exit: Exit, target: string): Draft {
  if (!mayConnect(draft, exit, target) || targetOf(draft, exit) === target) return draft
  if (exit.from === startId) return withTree(draft, { entryNodeId: target })
  const connections = { ...connectionsOf(draft, exit.from), [exit.outcome]: target }
  return withNode(draft, exit.from, { connections })
}

export function disconnect(draft: Draft, exit: Exit): Draft {
  if (targetOf(draft, exit) === undefined) return draft
  if (exit.from === startId) return withTree(draft, { entryNodeId: '' })
  return withNode(draft, exit.from, {
    connections: without(connectionsOf(draft, exit.from), new Set([exit.outcome])),
  })
}

/** Nothing leads to these any more: the ways out that did lead nowhere. */
export function disconnectAllFrom(draft: Draft, targets: ReadonlySet<string>): Draft {
  let next = draft
  for (const [id, { connections = {} }] of Object.entries(draft.tree.nodes)) {
    const kept = Object.entries(connections).filter(([, target]) => !targets.has(target))
    if (kept.length < Object.keys(connections).length) {
      next = withNode(next, id, { connections: Object.fromEntries(kept) })
    }
  }
  const entry = next.tree.entryNodeId
  return entry !== undefined && targets.has(entry) ? withTree(next, { entryNodeId: '' }) : next
}

/** What led to one node leads to another. */
export function redirect(draft: Draft, from: string, to: string): Draft {
  let next = draft
  for (const [id, { connections = {} }] of Object.entries(draft.tree.nodes)) {
    for (const [outcome, target] of Object.entries(connections)) {
      if (target === from && id !== to) next = connect(next, { from: id, outcome }, to)
    }
  }
  return next.tree.entryNodeId === from ? connect(next, startExit, to) : next
}

/** A connection as something that a node can be put into. */
export type Edge = Exit & { to: string }

/**
 * Puts a node into a connection: what led on leads to it, and its first free way out leads on.
 * @param outcome the way out of the node; undefined if it has none.
 */
export function splice(draft: Draft, edge: Edge, id: string, outcome: string | undefined): Draft {
  if (edge.from === id || edge.to === id) return draft
  const into = connect(draft, edge, id)
  return outcome === undefined ? into : connect(into, { from: id, outcome }, edge.to)
}

/** All connections that lead to something that is there, the start's first. */
export function edgesOf(draft: Draft): Edge[] {
  const entry = draft.tree.entryNodeId
  const first = entry !== undefined && isThere(draft, entry) ? [{ ...startExit, to: entry }] : []
  const others = Object.entries(draft.tree.nodes).flatMap(([from, { connections = {} }]) =>
    Object.entries(connections)
      .filter(([, to]) => isThere(draft, to))
      .map(([outcome, to]) => ({ from, outcome, to })),
  )
  return [...first, ...others]
}

export function isConnected(draft: Draft, id: string): boolean {
  return isEnd(id) || edgesOf(draft).some(({ from, to }) => from === id || to === id)
}
