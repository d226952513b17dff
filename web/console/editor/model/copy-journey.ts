import { type Draft, emptyDraft } from './draft.ts'
import { pasteNodes } from './fragment.ts'

/** Copies a journey under another name. Every node gets a new id. */
export function copyJourney(draft: Draft, name: string, newId: () => string): Draft {
  const ids = Object.keys(draft.tree.nodes)
  const renamed = new Map(ids.map((id) => [id, newId()]))
  const { nodes: _, ...tree } = draft.tree
  const bare = { ...emptyDraft(name), tree: { ...tree, _id: name, nodes: {} } }
  const xs = Object.values(draft.tree.nodes).map(({ x }) => x ?? 0)
  const ys = Object.values(draft.tree.nodes).map(({ y }) => y ?? 0)
  // `pasteNodes` asks for the ids of the canvas nodes first, in this order.
  const given = ids.map((id) => renamed.get(id) ?? id)
  const copy = pasteNodes(
    bare,
    // Notes are in the tree.
    { tree: { nodes: draft.tree.nodes }, nodes: draft.nodes, innerNodes: draft.innerNodes, notes: {} },
    ids.length === 0 ? { x: 0, y: 0 } : { x: Math.min(...xs), y: Math.min(...ys) },
    () => given.shift() ?? newId(),
  ).draft
  const entry = draft.tree.entryNodeId ?? ''
  return { ...copy, tree: { ...copy.tree, entryNodeId: renamed.get(entry) ?? entry } }
}
