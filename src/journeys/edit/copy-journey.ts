import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'
import type { Draft } from './read-draft.ts'
import { idsOf, type WholeJourney } from './whole-journey.ts'

/** New ids by old ids. */
type Ids = ReadonlyMap<string, string>

/** Copies a journey under another name, with a new id for each node, and replaces the old ids everywhere. */
export function copyJourney(whole: WholeJourney, name: string, newId: () => string): Draft {
  const ids = new Map([...idsOf(whole)].map((id) => [id, newId()]))
  const journey = copiedGraph(whole.journey, name, ids)
  const nodes = [...whole.nodes.values()].map((node) => copiedNode(node, ids))
  const [outer, inner] = [true, false].map((isOuter) =>
    nodes.map(({ id }) => id).filter((id) => Object.hasOwn(journey.nodes, id) === isOuter),
  )
  return {
    journey,
    nodes: new Map(nodes.map((node) => [node.id, node])),
    sent: { nodes: outer ?? [], innerNodes: inner ?? [] },
    isCopy: true,
  }
}

function copiedGraph(journey: JourneyDocument, name: string, ids: Ids): JourneyDocument {
  const idFor = (id: string) => ids.get(id) ?? id
  const nodes = Object.entries(journey.nodes).map(([id, node]) => {
    const connections = Object.entries(node.connections).map(
      // Outcomes of version 2.0 pages are prefixed with the id of the child.
      ([outcome, target]) => [withNewHead(outcome, '-', ids), idFor(target)] as const,
    )
    return [idFor(id), { ...node, connections: Object.fromEntries(connections) }] as const
  })
  return {
    ...journey,
    _id: name,
    entryNodeId: idFor(journey.entryNodeId),
    nodes: Object.fromEntries(nodes),
  }
}

/** Pages list their nodes as objects, or as `id:type:name`. In other texts, only a UUID counts as an id. */
function copiedNode({ id, config, ...node }: NodeDocument, ids: Ids): NodeDocument {
  const unmistakable = new Map([...ids].filter(([old]) => /^[\da-f-]{36}$/i.test(old)))
  const { nodes, ...others } = config
  const list = nodes === undefined ? {} : { nodes: node.type === 'PageNode' ? renamed(nodes, ids) : nodes }
  return { ...node, id: ids.get(id) ?? id, config: { ...renamedObject(others, unmistakable), ...list } }
}

function renamed(value: Json, ids: Ids): Json {
  if (typeof value === 'string') return ids.get(value) ?? withNewHead(value, ':', ids)
  if (Array.isArray(value)) return value.map((one) => renamed(one, ids))
  return isJsonObject(value) ? renamedObject(value, ids) : value
}

function renamedObject(object: JsonObject, ids: Ids): JsonObject {
  const entries = Object.entries(object).map(
    ([key, value]) => [ids.get(key) ?? key, renamed(value, ids)] as const,
  )
  return Object.fromEntries(entries)
}

function withNewHead(text: string, mark: string, ids: Ids): string {
  const found = [...ids].find(([old]) => text.startsWith(`${old}${mark}`))
  return found === undefined ? text : found[1] + text.slice(found[0].length)
}
