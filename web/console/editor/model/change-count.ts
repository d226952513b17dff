import { isSameJson } from '../../../api/json.ts'
import { type Draft, memberOf } from './draft.ts'
import { isSameDraft } from './draft-equality.ts'
import { isSameWholeNode, wholeNode } from './merge.ts'

/** How many changes lead to another state of a journey: one for each node, one for all moves, one for the journey's settings. */
export function countChanges(before: Draft, after: Draft): number {
  if (isSameDraft(before, after)) return 0
  const ids = [...new Set([...Object.keys(before.tree.nodes), ...Object.keys(after.tree.nodes)])]
  const changed = ids.filter((id) => {
    const [was, is] = [wholeNode(before, id), wholeNode(after, id)]
    return was === undefined || is === undefined ? was !== is : !isSameWholeNode(was, is)
  })
  return Math.max(
    1,
    changed.length + Number(hasMoves(before, after)) + Number(hasOtherSettings(before, after)),
  )
}

function hasMoves(before: Draft, after: Draft): boolean {
  const isMoved = ([id, { x, y }]: [string, Draft['tree']['nodes'][string]]) => {
    const was = memberOf(before.tree.nodes, id)
    return was !== undefined && (was.x !== x || was.y !== y)
  }
  return (
    Object.entries(after.tree.nodes).some(isMoved) ||
    !isSameJson(before.tree.staticNodes ?? {}, after.tree.staticNodes ?? {})
  )
}

function hasOtherSettings(before: Draft, after: Draft): boolean {
  const settingsOf = ({ tree: { nodes, staticNodes, _rev, ...settings } }: Draft) => settings
  return !isSameJson(settingsOf(before), settingsOf(after))
}
