import { type Draft, entryOf, nodeOf } from './draft.ts'
import { type AutoPositions, positionOf } from './positions.ts'

/**
 * The nodes of the canvas as a path leads to them: each way out to its end before the next. Nodes that no path leads
 * to come last, from left to right.
 * @param targets where a node leads, in the order of its ways out.
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
