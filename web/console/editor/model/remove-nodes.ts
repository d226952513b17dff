import { disconnectTargets } from './connect.ts'
import { type Draft, isEnd, nodeOf, omit, startId, withTree } from './draft.ts'
import { sourcesOf } from './node-outcomes.ts'
import { noteOf, removeNote } from './notes.ts'
import { childOf, childrenOf, withChildren } from './page-children.ts'

/** Deletes notes, and nodes from the canvas or from pages, and the connections to them. */
export function removeNodes(draft: Draft, ids: readonly string[]): Draft {
  let next = draft
  for (const id of ids) {
    if (noteOf(next, id) !== undefined) next = removeNote(next, id)
    else next = nodeOf(next, id) === undefined ? removeChild(next, id) : removeNode(next, id)
  }
  return next
}

function removeNode(draft: Draft, id: string): Draft {
  const children = childrenOf(draft, id).map((child) => child.id)
  const removed = new Set([id])
  const next = disconnectTargets(withTree(draft, { nodes: omit(draft.tree.nodes, removed) }), removed)
  return {
    ...next,
    nodes: omit(next.nodes, removed),
    innerNodes: omit(next.innerNodes, new Set(children)),
  }
}

function removeChild(draft: Draft, id: string): Draft {
  const child = childOf(draft, id)
  if (child === undefined) return draft
  const left = childrenOf(draft, child.pageId).filter((other) => other.id !== id)
  const next = withChildren(draft, child.pageId, left)
  return { ...next, innerNodes: omit(next.innerNodes, new Set([id])) }
}

/** The node to select after a deletion: one that leads to it, or its page. */
export function predecessorOf(draft: Draft, id: string): string | undefined {
  const page = childOf(draft, id)?.pageId
  if (page !== undefined) return page
  const into = sourcesOf(draft, id)[0]?.from
  return into ?? (draft.tree.entryNodeId === id ? startId : undefined)
}

/** Whether it can be deleted: the start and the ends can't. */
export function isRemovable(draft: Draft, id: string): boolean {
  if (isEnd(id) || id === startId) return false
  return [nodeOf, childOf, noteOf].some((find) => find(draft, id) !== undefined)
}
