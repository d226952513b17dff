import { type Draft, emptyDraft } from './draft.ts'
import { pasteNodes } from './fragment.ts'

/** The same journey under another name, every node with a new id. */
export function copyJourney(draft: Draft, name: string, newId: () => string): Draft {
  const ids = Object.keys(draft.tree.nodes)
  const renamed = new Map(ids.map((id) => [id, newId()]))
  const { nodes: _, ...tree } = draft.tree
  const bare = { ...emptyDraft(name), tree: { ...tree, _id: name, nodes: {} } }
  const xs = Object.values(draft.tree.nodes).map(({ x }) => x ?? 0)
  const ys = Object.values(draft.tree.nodes).map(({ y }) => y ?? 0)
  // The nodes of the canvas are named first, in their order.
  const given = ids.map((id) => renamed.get(id) ?? id)
  const copy = pasteNodes(
    bare,
    { tree: { nodes: draft.tree.nodes }, nodes: draft.nodes, innerNodes: draft.innerNodes },
    ids.length === 0 ? { x: 0, y: 0 } : { x: Math.min(...xs), y: Math.min(...ys) },
    () => given.shift() ?? newId(),
  ).draft
  const entry = draft.tree.entryNodeId ?? ''
  return { ...copy, tree: { ...copy.tree, entryNodeId: renamed.get(entry) ?? entry } }
}
