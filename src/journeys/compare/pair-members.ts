import { stableJson } from '../exchange/stable-json.ts'
import { type NewIds, objectWith } from './ids.ts'
import { type JourneyView, type Member, sortedEntries } from './members.ts'
import { keyOf, type Pair, pairs } from './pair.ts'

/**
 * Pairs the nodes of two versions of a journey: by id, and in re-created journeys by type and name. If several nodes share both,
 * those with the same surroundings and settings belong together.
 */
export function pairMembers(before: JourneyView, after: JourneyView, ids: NewIds): Pair<Member>[] {
  const typed = ({ type, name }: Member) => `${ids.get(type) ?? type}\n${name}`
  const settings = ({ config = {} }: Member) => {
    const { nodes: _children, ...own } = objectWith(config, ids)
    return stableJson(own)
  }
  const [around, aroundBefore] = [surroundingsIn(after), surroundingsIn(before)]
  return pairs(before.members, after.members, [
    keyOf(({ id }) => id),
    {
      before: (member) => [typed(member), aroundBefore(member), settings(member)].join('\n'),
      after: (member) => [typed(member), around(member), settings(member)].join('\n'),
    },
    {
      before: (member) => [typed(member), aroundBefore(member)].join('\n'),
      after: (member) => [typed(member), around(member)].join('\n'),
    },
    keyOf((member) => [typed(member), settings(member)].join('\n')),
    keyOf(typed),
  ])
}

/** The names of the nodes before and after a node, and of its page. */
function surroundingsIn({ members, byId }: JourneyView): (member: Member) => string {
  const nameOf = (id: string | undefined) => (id === undefined ? '' : (byId.get(id)?.name ?? id))
  const sources = new Map<string, string[]>()
  for (const { name, connections } of members) {
    for (const [outcome, target] of Object.entries(connections)) {
      sources.set(target, [...(sources.get(target) ?? []), `${name} ${outcome}`])
    }
  }
  return ({ id, page, connections }) => {
    const targets = sortedEntries(connections).map(([outcome, target]) => `${outcome} ${nameOf(target)}`)
    return [nameOf(page), ...targets, ...(sources.get(id) ?? []).toSorted()].join('\n')
  }
}
