import type { Point } from '../../../api/journey-document.ts'
import type { JsonObject } from '../../../api/json.ts'
import { canConnect, connect, type OutcomeRef } from './connect.ts'
import { type Draft, withTree } from './draft.ts'
import { childrenOf, isPage, newChild, withChildren } from './page-children.ts'
import { snapToGrid } from './positions.ts'

/** A new node: its type, and the default settings of that type. */
export type NewNode = { id: string; type: string; version: string; title: string; template: JsonObject }

export function addNode(draft: Draft, node: NewNode, position: Point): Draft {
  const { id, type, version, title } = node
  const added = { nodeType: type, version, displayName: title, connections: {}, ...snapToGrid(position) }
  const next = withTree(draft, { nodes: { ...draft.tree.nodes, [id]: added } })
  return { ...next, nodes: { ...next.nodes, [id]: newSettings(node) } }
}

/** Adds a node and connects an outcome to it. To insert into an existing connection, use `splice`. */
export function addAfter(
  draft: Draft,
  node: NewNode,
  position: Point,
  source: OutcomeRef | undefined,
): Draft {
  const added = addNode(draft, node, position)
  return source !== undefined && canConnect(added, source, node.id) ? connect(added, source, node.id) : added
}

/**
 * Adds a node to a page.
 * @param at index among the page's nodes; the end by default.
 */
export function addToPage(draft: Draft, pageId: string, node: NewNode, at?: number): Draft {
  if (!isPage(draft, pageId)) return draft
  const children = childrenOf(draft, pageId)
  const child = newChild(node.id, node.type, node.title, node.version)
  const next = withChildren(draft, pageId, children.toSpliced(at ?? children.length, 0, child))
  return { ...next, innerNodes: { ...next.innerNodes, [node.id]: newSettings(node) } }
}

function newSettings({ id, type, version, title, template }: NewNode): JsonObject {
  const isFirst = version === '1.0'
  return {
    ...structuredClone(template),
    _id: id,
    _type: { _id: type, name: title, collection: true, ...(isFirst ? {} : { version }) },
  }
}
