import * as z from 'zod/mini'
import type { NodeSettings, Point, TreeNode } from '../../../api/journey-document.ts'
import { isJsonObject } from '../../../api/json.ts'
import { type Draft, memberOf, nodeOf, pageType, withTree } from './draft.ts'
import { childOf, childrenOf, editChild, newChild, withChildren } from './page-children.ts'
import { type AutoPositions, positionOf, snapToGrid } from './positions.ts'

/** Nodes with their settings and the connections between them, for copying between journeys. */
export type Fragment = {
  tree: { nodes: Record<string, TreeNode> }
  nodes: Record<string, NodeSettings>
  innerNodes: Record<string, NodeSettings>
}

const settingsSchema = z._default(z.record(z.string(), z.record(z.string(), z.json())), {})

/** Also accepts a journey from an export file. */
const fragmentSchema = z.object({
  tree: z.looseObject({
    nodes: z.record(
      z.string(),
      z.looseObject({
        nodeType: z.string(),
        displayName: z.optional(z.string()),
        connections: z.optional(z.record(z.string(), z.string())),
        version: z.optional(z.union([z.string(), z.number()])),
        x: z.optional(z.nullable(z.number())),
        y: z.optional(z.nullable(z.number())),
      }),
    ),
  }),
  nodes: settingsSchema,
  innerNodes: settingsSchema,
})

/** Copies nodes. A node on a page is copied as a node for the canvas. Undefined if none of the ids exists. */
export function copyNodes(
  draft: Draft,
  autoPositions: AutoPositions,
  ids: readonly string[],
): Fragment | undefined {
  const fragment: Fragment = { tree: { nodes: {} }, nodes: {}, innerNodes: {} }
  for (const id of ids) {
    const node = nodeOf(draft, id) ?? childAsNode(draft, id)
    if (node === undefined) continue
    const connections = Object.entries(node.connections ?? {}).filter(([, to]) => ids.includes(to))
    fragment.tree.nodes[id] = {
      ...node,
      ...positionOf(draft, autoPositions, id),
      connections: Object.fromEntries(connections),
    }
    fragment.nodes[id] = memberOf(draft.nodes, id) ?? memberOf(draft.innerNodes, id) ?? { _id: id }
    for (const child of childrenOf(draft, id)) {
      fragment.innerNodes[child.id] = memberOf(draft.innerNodes, child.id) ?? { _id: child.id }
    }
  }
  return Object.keys(fragment.tree.nodes).length === 0 ? undefined : fragment
}

export function fragmentText(fragment: Fragment): string {
  return JSON.stringify({ sidegate: 'nodes', ...fragment }, null, 2)
}

/** @returns undefined if the text contains no nodes. */
export function readFragment(text: string): Fragment | undefined {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = z.safeParse(fragmentSchema, given)
  if (!parsed.success || Object.keys(parsed.data.tree.nodes).length === 0) return undefined
  const { tree, nodes, innerNodes } = parsed.data
  return { tree: { nodes: tree.nodes }, nodes, innerNodes }
}

type Pasted = { draft: Draft; ids: string[] }

/**
 * Adds nodes with new ids and the connections between them.
 * @param at the top left corner of the pasted nodes.
 */
export function pasteNodes(draft: Draft, fragment: Fragment, at: Point, newId: () => string): Pasted {
  const originals = Object.entries(fragment.tree.nodes)
  const renamed = new Map(
    [...Object.keys(fragment.tree.nodes), ...Object.keys(fragment.innerNodes)].map((id) => [id, newId()]),
  )
  const [left, top] = [least(originals.map(([, { x }]) => x)), least(originals.map(([, { y }]) => y))]
  const nodes: Record<string, TreeNode> = {}
  for (const [id, node] of originals) {
    const position = snapToGrid({ x: at.x + (node.x ?? 0) - left, y: at.y + (node.y ?? 0) - top })
    nodes[idIn(renamed, id)] = { ...node, ...position, connections: renamedConnections(node, renamed) }
  }
  let next: Draft = {
    ...withTree(draft, { nodes: { ...draft.tree.nodes, ...nodes } }),
    nodes: { ...draft.nodes, ...renamedSettings(fragment.nodes, renamed) },
    innerNodes: { ...draft.innerNodes, ...renamedSettings(fragment.innerNodes, renamed) },
  }
  for (const id of Object.keys(nodes)) next = withNewChildIds(next, id, renamed)
  return { draft: next, ids: Object.keys(nodes) }
}

/** Adds nodes to a page, without connections. */
export function pasteOntoPage(draft: Draft, fragment: Fragment, pageId: string, newId: () => string): Pasted {
  const ids: string[] = []
  let next = draft
  for (const [id, { nodeType, displayName = '', version }] of Object.entries(fragment.tree.nodes)) {
    const childId = newId()
    ids.push(childId)
    const child = newChild(childId, nodeType, displayName, typeof version === 'string' ? version : '1.0')
    next = withChildren(next, pageId, [...childrenOf(next, pageId), child])
    const settings = { ...memberOf(fragment.nodes, id), _id: childId }
    next = { ...next, innerNodes: { ...next.innerNodes, [childId]: settings } }
  }
  return { draft: next, ids }
}

function childAsNode(draft: Draft, id: string): TreeNode | undefined {
  const child = childOf(draft, id)
  if (child === undefined) return undefined
  return { nodeType: child.type, displayName: child.displayName, version: child.version, connections: {} }
}

function idIn(renamed: ReadonlyMap<string, string>, id: string): string {
  return renamed.get(id) ?? id
}

/** Outcomes of newer page versions start with the id of a child. */
function renamedConnections(node: TreeNode, renamed: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(node.connections ?? {}).flatMap(([outcome, to]) => {
      const target = renamed.get(to)
      if (target === undefined) return []
      const child = [...renamed.keys()].find((id) => outcome.startsWith(`${id}-`))
      const own = child === undefined ? outcome : idIn(renamed, child) + outcome.slice(child.length)
      return [[own, target]]
    }),
  )
}

function renamedSettings(
  settings: Readonly<Record<string, NodeSettings>>,
  renamed: ReadonlyMap<string, string>,
): Record<string, NodeSettings> {
  return Object.fromEntries(
    Object.entries(settings).map(([id, { _rev, _outcomes, ...own }]) => {
      const copy = structuredClone(own)
      return [idIn(renamed, id), isJsonObject(copy) ? { ...copy, _id: idIn(renamed, id) } : copy]
    }),
  )
}

function withNewChildIds(draft: Draft, pageId: string, renamed: ReadonlyMap<string, string>): Draft {
  if (nodeOf(draft, pageId)?.nodeType !== pageType) return draft
  const children = childrenOf(draft, pageId)
  return withChildren(
    draft,
    pageId,
    children.map((child) => editChild(child, { id: idIn(renamed, child.id) })),
  )
}

function least(values: readonly (number | null | undefined)[]): number {
  return Math.min(...values.map((value) => value ?? 0))
}
