import { type Draft, entryOf, nodeOf } from './draft.ts'
import { type AutoPositions, positionOf } from './positions.ts'

/**
 * The nodes in depth-first order from the entry. Unreachable nodes come last, from left to right.
 * @param targets the nodes that a node leads to, in the order of its outcomes.
 */
export function pathOrder(
  draft: Draft,
  autoPositions: AutoPositions,
  targets: (id: string) => readonly string[],
): string[] {
  const order = new Set<string>()
  const follow = (first: string) => {
    const waiting = [first]
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (order.has(id) || nodeOf(draft, id) === undefined) continue
      order.add(id)
      waiting.push(...targets(id).toReversed())
    }
  }
  const entry = entryOf(draft)
  if (entry !== undefined) follow(entry)
  for (const id of fromLeftToRight(draft, autoPositions)) follow(id)
  return [...order]
}

function fromLeftToRight(draft: Draft, autoPositions: AutoPositions): string[] {
  return Object.keys(draft.tree.nodes)
    .map((id) => ({ id, ...positionOf(draft, autoPositions, id) }))
    .sort((one, other) => one.x - other.x || one.y - other.y || (one.id < other.id ? -1 : 1))
    .map(({ id }) => id)
}
