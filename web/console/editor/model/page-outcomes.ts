import { connectionsOf, type Draft, memberOf, nodeOf, versionOf, withNode } from './draft.ts'

/** An outcome that begins with the id of a node on the page. */
const ofChild = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}-(.+)$/i

/**
 * Pages of the newer versions name their outcomes after their last node. Where another one is last now, what led on
 * from the page still does.
 */
export function renamePageOutcomes(draft: Draft, pageId: string, last: string | undefined): Draft {
  const node = nodeOf(draft, pageId)
  if (last === undefined || versionOf(memberOf(draft.nodes, pageId), node) === '1.0') return draft
  const before = Object.entries(connectionsOf(draft, pageId))
  const isOwn = (outcome: string) => outcome.startsWith(`${last}-`)
  if (before.every(([outcome]) => isOwn(outcome) || !ofChild.test(outcome))) return draft
  const connections: Record<string, string> = {}
  for (const [outcome, target] of before) {
    const [, own] = isOwn(outcome) ? [] : (ofChild.exec(outcome) ?? [])
    const renamed = own === undefined ? outcome : `${last}-${own}`
    // What the last node has already is not taken from it.
    if (renamed === outcome || !before.some(([other]) => other === renamed)) connections[renamed] = target
  }
  return withNode(draft, pageId, { connections })
}
