import type { NodeSettings } from '../../../api/journey-document.ts'
import { isSameJson } from '../../../api/json.ts'
import { type Draft, omit } from './draft.ts'

/** Members that the server sets. They don't count as changes. */
const serverMembers = new Set(['_rev', '_outcomes', '_type'])

export function isSameNode(one: NodeSettings | undefined, other: NodeSettings | undefined): boolean {
  if (one === other) return true
  if (one === undefined || other === undefined) return false
  return isSameJson(omit(one, serverMembers), omit(other, serverMembers))
}

/** Whether both drafts are stored as the same document. */
export function isSameDraft(one: Draft, other: Draft): boolean {
  if (one === other) return true
  const { _rev: _, ...tree } = one.tree
  const { _rev: __, ...otherTree } = other.tree
  return (
    isSameJson(tree, otherTree) &&
    haveSameNodes(one.nodes, other.nodes) &&
    haveSameNodes(one.innerNodes, other.innerNodes)
  )
}

function haveSameNodes(one: Draft['nodes'], other: Draft['nodes']): boolean {
  const ids = Object.keys(one)
  return (
    ids.length === Object.keys(other).length &&
    ids.every((id) => Object.hasOwn(other, id) && isSameNode(one[id], other[id]))
  )
}
