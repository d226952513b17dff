import { revisionOf } from '../../crest/collection.ts'
import type { JsonObject } from '../../engine/json.ts'
import type { RealmContent } from '../exchange/realm-content.ts'
import { membersOf } from '../exchange/references.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'

/** A journey with all of its nodes: what an editor loads, and saves as one. */
export type WholeJourney = {
  journey: JourneyDocument
  /** The nodes of its graph and of its pages, by id; those that nobody has stored are missing. */
  nodes: ReadonlyMap<string, NodeDocument>
}

/** A journey of a realm. undefined when there is none. */
export function wholeJourney(name: string, realm: Pick<RealmContent, 'journeys' | 'nodes'>) {
  const journey = realm.journeys.find(({ _id }) => _id === name)
  return journey && withNodes(journey, new Map(realm.nodes.map((node) => [node.id, node])))
}

/** A journey with those of the nodes that are its own. */
export function withNodes(journey: JourneyDocument, nodes: ReadonlyMap<string, NodeDocument>): WholeJourney {
  const members = membersOf(journey, nodes).flatMap(({ id, settings }) =>
    settings === undefined ? [] : [[id, settings] as const],
  )
  return { journey, nodes: new Map(members) }
}

/** Changes with whatever of a journey or its nodes changes, through whatever call. */
export function revisionOfWhole({ journey, nodes }: WholeJourney): string {
  // Plain data, as it is stored.
  const content: JsonObject = JSON.parse(JSON.stringify([journey, [...nodes.values()]]))
  return revisionOf(content)
}

/** The ids of all nodes that a journey names, stored or not. */
export function idsOf({ journey, nodes }: WholeJourney): Set<string> {
  return new Set(membersOf(journey, nodes).map(({ id }) => id))
}

/** Node id to the names of the other journeys that have it. */
export function heldByOthers(
  name: string,
  realm: Pick<RealmContent, 'journeys' | 'nodes'>,
): ReadonlyMap<string, readonly string[]> {
  const nodes = new Map(realm.nodes.map((node) => [node.id, node]))
  const held = new Map<string, string[]>()
  for (const journey of realm.journeys) {
    if (journey._id === name) continue
    for (const id of new Set(membersOf(journey, nodes).map((member) => member.id))) {
      held.set(id, [...(held.get(id) ?? []), journey._id])
    }
  }
  return held
}
