import type { Place } from '../../../api/journey-document.ts'
import type { JsonObject } from '../../../api/json.ts'
import { connect, type Exit, mayConnect } from './connect.ts'
import { type Draft, withTree } from './draft.ts'
import { childrenOf, isPage, newChild, withChildren } from './page-children.ts'
import { onGrid } from './positions.ts'

/** What a new node is made from: its type with the settings it begins with. */
export type NewNode = { id: string; type: string; version: string; title: string; template: JsonObject }

/** Puts a new node onto the canvas, with the settings that its type begins with. */
export function addNode(draft: Draft, node: NewNode, place: Place): Draft {
  const { id, type, version, title } = node
  const added = { nodeType: type, version, displayName: title, connections: {}, ...onGrid(place) }
  const next = withTree(draft, { nodes: { ...draft.tree.nodes, [id]: added } })
  return { ...next, nodes: { ...next.nodes, [id]: newSettings(node) } }
}

/** Adds a node behind a way out. If that led on already, see `splice`. */
export function addBehind(draft: Draft, node: NewNode, place: Place, exit: Exit | undefined): Draft {
  const added = addNode(draft, node, place)
  return exit !== undefined && mayConnect(added, exit, node.id) ? connect(added, exit, node.id) : added
}

/** Adds a node to a page, behind so many others; at the end if nothing is said. */
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

/** Node types that a page cannot hold: the vendor refuses them. */
const neverOnPages: ReadonlySet<string> = new Set(['PageNode', 'InnerTreeEvaluatorNode'])

export function mayBeOnPage(type: string): boolean {
  return !neverOnPages.has(type)
}
