import * as z from 'zod/mini'
import type { NodeSettings, Point, TreeNode } from '../../../api/journey-document.ts'
import { isJsonObject } from '../../../api/json.ts'
import { type Draft, memberOf, nodeOf, pageType, withTree } from './draft.ts'
import { addNotes, type Note, noteOf, noteSchema } from './notes.ts'
import { childOf, childrenOf, editChild, newChild, withChildren } from './page-children.ts'
import { type AutoPositions, positionOf, snapToGrid } from './positions.ts'

/** Nodes with their settings and the connections between them, and notes, for copying between journeys. */
export type Fragment = {
  tree: { nodes: Record<string, TreeNode> }
  nodes: Record<string, NodeSettings>
  innerNodes: Record<string, NodeSettings>
  notes: Record<string, Note>
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
  notes: z.catch(z.record(z.string(), noteSchema), {}),
})

/** Copies nodes and notes. A node on a page is copied as a node for the canvas. Undefined if none of the ids exists. */
export function copyNodes(
  draft: Draft,
  autoPositions: AutoPositions,
  ids: readonly string[],
): Fragment | undefined {
  const fragment: Fragment = { tree: { nodes: {} }, nodes: {}, innerNodes: {}, notes: {} }
  for (const id of ids) {
    const note = noteOf(draft, id)
    if (note !== undefined) fragment.notes[id] = note
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
  return isEmpty(fragment) ? undefined : fragment
}

export function fragmentText(fragment: Fragment): string {
  return JSON.stringify({ sidegate: 'nodes', ...fragment }, null, 2)
}

function isEmpty({ tree, notes }: Pick<Fragment, 'tree' | 'notes'>): boolean {
  return Object.keys(tree.nodes).length + Object.keys(notes).length === 0
}

/** @returns undefined if the text contains neither nodes nor notes. */
export function readFragment(text: string): Fragment | undefined {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = z.safeParse(fragmentSchema, given)
  if (!parsed.success || isEmpty(parsed.data)) return undefined
  const { tree, nodes, innerNodes, notes } = parsed.data
  return { tree: { nodes: tree.nodes }, nodes, innerNodes, notes }
}

type Pasted = { draft: Draft; ids: string[] }

/**
 * Adds nodes with new ids and the connections between them, and notes.
 * @param at the top left corner of what is pasted.
 */
export function pasteNodes(draft: Draft, fragment: Fragment, at: Point, newId: () => string): Pasted {
  const originals = Object.entries(fragment.tree.nodes)
  const renamed = new Map(
    [...Object.keys(fragment.tree.nodes), ...Object.keys(fragment.innerNodes)].map((id) => [id, newId()]),
  )
  const placed = [...originals.map(([, node]) => node), ...Object.values(fragment.notes)]
  const [left, top] = [least(placed.map(({ x }) => x)), least(placed.map(({ y }) => y))]
  const placeOf = ({ x, y }: (typeof placed)[number]) =>
    snapToGrid({ x: at.x + (x ?? 0) - left, y: at.y + (y ?? 0) - top })
  const nodes: Record<string, TreeNode> = {}
  for (const [id, node] of originals) {
    nodes[idIn(renamed, id)] = { ...node, ...placeOf(node), connections: renamedConnections(node, renamed) }
  }
  let next: Draft = {
    ...withTree(draft, { nodes: { ...draft.tree.nodes, ...nodes } }),
    nodes: { ...draft.nodes, ...renamedSettings(fragment.nodes, renamed) },
    innerNodes: { ...draft.innerNodes, ...renamedSettings(fragment.innerNodes, renamed) },
  }
  for (const id of Object.keys(nodes)) next = withNewChildIds(next, id, renamed)
  const notes = Object.values(fragment.notes).map((note) => [newId(), { ...note, ...placeOf(note) }] as const)
  next = addNotes(next, Object.fromEntries(notes))
  const noteIds = notes.flatMap(([id]) => (noteOf(next, id) === undefined ? [] : [id]))
  return { draft: next, ids: [...Object.keys(nodes), ...noteIds] }
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
      // Those of a page name its nodes, which get new ids.
      const stated = _outcomes === undefined || Array.isArray(own.nodes) ? {} : { _outcomes }
      const copy = structuredClone({ ...own, ...stated })
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
