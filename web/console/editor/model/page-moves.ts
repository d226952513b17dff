import type { Point } from '../../../api/journey-document.ts'
import { disconnectTargets, redirectConnections } from './connect.ts'
import { type Draft, memberOf, nodeOf, omit, versionOf, withTree } from './draft.ts'
import { childOf, childrenOf, isPage, newChild, withChildren } from './page-children.ts'
import { snapToGrid } from './positions.ts'

/**
 * Moves a node to a page. Connections to the node lead to the page; its own connections are removed.
 * @param at index among the page's nodes; the end by default.
 */
export function moveToPage(draft: Draft, id: string, pageId: string, at?: number): Draft {
  if (id === pageId || !isPage(draft, pageId)) return draft
  if (nodeOf(draft, id) === undefined) return moveChild(draft, id, pageId, at)
  const node = nodeOf(draft, id)
  const settings = memberOf(draft.nodes, id)
  const child = newChild(id, node?.nodeType ?? '', node?.displayName ?? '', versionOf(settings, node))
  const removed = new Set([id])
  const redirected = redirectConnections(draft, id, pageId)
  const bare = disconnectTargets(
    withTree(redirected, { nodes: omit(redirected.tree.nodes, removed) }),
    removed,
  )
  const children = childrenOf(bare, pageId)
  const next = withChildren(bare, pageId, children.toSpliced(at ?? children.length, 0, child))
  return {
    ...next,
    nodes: omit(next.nodes, removed),
    innerNodes: settings === undefined ? next.innerNodes : { ...next.innerNodes, [id]: settings },
  }
}

/**
 * Moves a node within its page or to another one.
 * @param at index before the node is removed from its old place.
 */
export function moveChild(draft: Draft, id: string, pageId: string, at?: number): Draft {
  const child = childOf(draft, id)
  if (child === undefined || !isPage(draft, pageId)) return draft
  const { pageId: from, ...moved } = child
  const before = childrenOf(draft, from)
  const place = before.findIndex((other) => other.id === id)
  const taken = withChildren(draft, from, before.toSpliced(place, 1))
  const there = childrenOf(taken, pageId)
  const index = at ?? there.length
  const gap = from === pageId && index > place ? index - 1 : index
  if (from === pageId && gap === place) return draft
  return withChildren(taken, pageId, there.toSpliced(gap, 0, moved))
}

/** Moves a node from its page to the canvas, without connections. */
export function removeFromPage(draft: Draft, id: string, place: Point): Draft {
  const child = childOf(draft, id)
  if (child === undefined) return draft
  const { pageId, type, displayName, version } = child
  const left = childrenOf(draft, pageId).filter((other) => other.id !== id)
  const next = withChildren(draft, pageId, left)
  const settings = memberOf(draft.innerNodes, id)
  const node = { nodeType: type, version, displayName, connections: {}, ...snapToGrid(place) }
  return {
    ...withTree(next, { nodes: { ...next.tree.nodes, [id]: node } }),
    nodes: settings === undefined ? next.nodes : { ...next.nodes, [id]: settings },
    innerNodes: omit(next.innerNodes, new Set([id])),
  }
}
