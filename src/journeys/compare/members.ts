import type { JsonObject } from '../../base/json.ts'
import { pageChildren } from '../../engine/journey.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'

/** A node of a journey, on the canvas or on a page. */
export type Member = {
  id: string
  type: string
  version: string
  name: string
  /** Undefined if the content lacks the settings. */
  config: JsonObject | undefined
  /** Id of its page. */
  page: string | undefined
  /** Node id by outcome. */
  connections: Readonly<Record<string, string>>
}

/** A journey with its nodes in the order in which a person meets them. */
export type JourneyView = {
  journey: JourneyDocument
  members: readonly Member[]
  byId: ReadonlyMap<string, Member>
}

export function viewOf(journey: JourneyDocument, nodes: ReadonlyMap<string, NodeDocument>): JourneyView {
  const members = orderOf(journey).flatMap((id) => {
    const outer = memberOf(journey, id, nodes)
    const children = pageChildren(outer.config ?? {}).map(
      ({ type, version, displayName, ...child }): Member => {
        const settings = nodes.get(child.id)
        return {
          id: child.id,
          type,
          version: version ?? settings?.version ?? '1.0',
          name: displayName,
          config: settings?.config,
          page: id,
          connections: {},
        }
      },
    )
    return [outer, ...children]
  })
  return { journey, members, byId: new Map(members.map((member) => [member.id, member])) }
}

function memberOf(
  { nodes: places }: JourneyDocument,
  id: string,
  nodes: ReadonlyMap<string, NodeDocument>,
): Member {
  const { nodeType = '', displayName = '', version, connections = {} } = places[id] ?? {}
  const settings = nodes.get(id)
  return {
    id,
    type: nodeType,
    version: version ?? settings?.version ?? '1.0',
    name: displayName,
    config: settings?.config,
    page: undefined,
    connections,
  }
}

/** Breadth first from the start, independent of the order in the file. Nodes that no connection reaches follow by name. */
function orderOf({ entryNodeId, nodes }: JourneyDocument): string[] {
  const unreached = Object.entries(nodes)
    .toSorted(
      ([one, a], [other, b]) => compareTexts(a.displayName, b.displayName) || compareTexts(one, other),
    )
    .map(([id]) => id)
  const order = new Set<string>()
  const visit = (id: string) => {
    if (Object.hasOwn(nodes, id)) order.add(id)
  }
  visit(entryNodeId)
  // A set iterates over what is added meanwhile.
  for (const id of order) {
    for (const [, target] of sortedEntries(nodes[id]?.connections ?? {})) visit(target)
  }
  for (const id of unreached) visit(id)
  return [...order]
}

export function sortedEntries<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).toSorted(([one], [other]) => compareTexts(one, other))
}

/** By code units, so that the order doesn't depend on the machine's language. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
