import { connectionsOf, type Draft, memberOf, nodeOf, versionOf, withNode } from './draft.ts'

/** Outcomes of newer pages: the id of a node on the page, and the outcome of that node. */
const ofChild = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}-(.+)$/i

/**
 * Newer page versions prefix their outcomes with the id of their last node. If another node is last now, the
 * connections move to its outcomes.
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
    // Keep connections that the last node already has.
    if (renamed === outcome || !before.some(([other]) => other === renamed)) connections[renamed] = target
  }
  return withNode(draft, pageId, { connections })
}
