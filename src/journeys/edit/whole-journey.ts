import type { JsonObject } from '../../base/json.ts'
import { revisionOf } from '../../crest/collection.ts'
import type { RealmContent } from '../exchange/realm-content.ts'
import { membersOf } from '../exchange/references.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'

/** A journey with all of its nodes, which an editor loads and saves as one. */
export type WholeJourney = {
  journey: JourneyDocument
  /** Nodes of the graph and of pages, by id. Nodes without stored settings are missing. */
  nodes: ReadonlyMap<string, NodeDocument>
}

/** A journey of a realm; undefined for an unknown one. */
export function wholeJourney(name: string, realm: Pick<RealmContent, 'journeys' | 'nodes'>) {
  const journey = realm.journeys.find(({ _id }) => _id === name)
  return journey && withNodes(journey, new Map(realm.nodes.map((node) => [node.id, node])))
}

/** A journey with its own nodes among the given ones. */
export function withNodes(journey: JourneyDocument, nodes: ReadonlyMap<string, NodeDocument>): WholeJourney {
  const members = membersOf(journey, nodes).flatMap(({ id, settings }) =>
    settings === undefined ? [] : [[id, settings] as const],
  )
  return { journey, nodes: new Map(members) }
}

/** A hash that changes with every change of the journey or its nodes. */
export function revisionOfWhole({ journey, nodes }: WholeJourney): string {
  // Plain JSON, as stored.
  const content: JsonObject = JSON.parse(JSON.stringify([journey, [...nodes.values()]]))
  return revisionOf(content)
}

/** Ids of all nodes of a journey, with or without stored settings. */
export function idsOf({ journey, nodes }: WholeJourney): Set<string> {
  return new Set(membersOf(journey, nodes).map(({ id }) => id))
}

/** The names of the other journeys that have a node, by node id. */
export function otherOwners(
  name: string,
  realm: Pick<RealmContent, 'journeys' | 'nodes'>,
): ReadonlyMap<string, readonly string[]> {
  const nodes = new Map(realm.nodes.map((node) => [node.id, node]))
  const owners = new Map<string, string[]>()
  for (const journey of realm.journeys) {
    if (journey._id === name) continue
    for (const id of new Set(membersOf(journey, nodes).map((member) => member.id))) {
      owners.set(id, [...(owners.get(id) ?? []), journey._id])
    }
  }
  return owners
}
