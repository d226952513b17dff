import type { NodeSettings } from '../../../wire/journey-document.ts'
import { type Draft, without } from './draft.ts'

/** Whether two values are the same JSON: members in any order, an undefined one as if it were not there. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    return one.every((value, at) => isSame(value, other[at]))
  }
  const members = new Map(Object.entries(one).filter(([, value]) => value !== undefined))
  const others = Object.entries(other).filter(([, value]) => value !== undefined)
  if (members.size !== others.length) return false
  return others.every(([name, value]) => members.has(name) && isSame(members.get(name), value))
}

/** What the server writes into settings by itself: no change of ours. */
const madeByServer = new Set(['_rev', '_outcomes', '_type'])

export function isSameNode(one: NodeSettings | undefined, other: NodeSettings | undefined): boolean {
  if (one === other) return true
  if (one === undefined || other === undefined) return false
  return isSame(without(one, madeByServer), without(other, madeByServer))
}

/** Whether saving one after the other would change nothing. */
export function isSameDraft(one: Draft, other: Draft): boolean {
  if (one === other) return true
  const { _rev: _, ...tree } = one.tree
  const { _rev: __, ...otherTree } = other.tree
  return (
    isSame(tree, otherTree) &&
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
