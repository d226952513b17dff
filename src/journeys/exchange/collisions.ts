import type { ConfigurationChange } from '../configuration-store.ts'
import type { Bundle } from './bundle.ts'
import { type Finding, finding } from './finding.ts'
import { membersOf } from './references.ts'

/** Nodes of journeys in the realm that are not in the files, but whose nodes are. */
export function collisions(
  bundle: Bundle,
  realm: ConfigurationChange,
  change: ConfigurationChange,
): Finding[] {
  const present = new Map(realm.nodes.map((node) => [node.id, node]))
  const replaced = new Set(bundle.journeys.map(({ _id }) => _id))
  const users = new Map<string, string>()
  for (const journey of realm.journeys) {
    if (replaced.has(journey._id)) continue
    for (const { id } of membersOf(journey, present)) users.set(id, journey._id)
  }
  return change.nodes.flatMap(({ id, type }) => {
    const old = present.get(id)
    const user = users.get(id)
    if (old === undefined || user === undefined) return []
    if (old.type === type) return [finding('note', `Node ${id} (${type}) also belongs to journey ${user}`)]
    return [finding('conflict', `Node ${id} (${type}) has the id of a node (${old.type}) of journey ${user}`)]
  })
}
