import { type Journey, type Journeys, pageChildren } from './journey.ts'
import { isJsonObject, type JsonObject } from './json.ts'

/** State keys that nodes ask for; `all` when one of them may read anything. */
export type Wanted = ReadonlySet<string> | 'all'

/** What the nodes from `nodeId` on may read, that node included: it runs again with the answers. */
export function wantedFrom(journeys: Journeys, journeyName: string, nodeId: string): Wanted {
  const journey = Object.hasOwn(journeys, journeyName) ? journeys[journeyName] : undefined
  if (journey === undefined) return new Set()
  const reads = reachable(journey, nodeId).flatMap((id) =>
    readsOf(journeys, journey, id, new Set([journeyName])),
  )
  return reads.includes('*') ? 'all' : new Set(reads)
}

/** What any node of a journey may read: decides which private state an inner journey is given. */
export function wantedBy(journeys: Journeys, journeyName: string): Wanted {
  const reads = allReads(journeys, journeyName, new Set())
  return reads.includes('*') ? 'all' : new Set(reads)
}

/** The part of a state that is wanted. */
export function keepWanted(state: JsonObject, wanted: Wanted): JsonObject {
  if (wanted === 'all') return state
  return Object.fromEntries(Object.entries(state).filter(([key]) => wanted.has(key)))
}

/**
 * Transient state lives for one request, unless a later node wants it: then it becomes secure state.
 * An object stored in both is merged, the newer transient keys winning.
 */
export function promote(secure: JsonObject, transient: JsonObject, wanted: Wanted): JsonObject {
  const kept = keepWanted(transient, wanted)
  const merged = Object.entries(kept).map(([key, value]) => {
    const held = Object.hasOwn(secure, key) ? secure[key] : undefined
    return [key, isJsonObject(held) && isJsonObject(value) ? { ...held, ...value } : value] as const
  })
  return { ...secure, ...Object.fromEntries(merged) }
}

function reachable(journey: Journey, from: string): string[] {
  const seen = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = Object.hasOwn(journey.nodes, id) ? journey.nodes[id] : undefined
    if (node === undefined || seen.has(id)) continue
    seen.add(id)
    open.push(...Object.values(node.connections))
  }
  return [...seen]
}

function readsOf(journeys: Journeys, journey: Journey, nodeId: string, visited: Set<string>): string[] {
  const node = journey.nodes[nodeId]
  if (node === undefined) return []
  const children = pageChildren(node.config).flatMap(({ id }) => journey.children[id]?.reads ?? [])
  const inner = innerJourneyOf(node)
  return [...node.reads, ...children, ...(inner === undefined ? [] : allReads(journeys, inner, visited))]
}

function allReads(journeys: Journeys, name: string, visited: Set<string>): string[] {
  const journey = Object.hasOwn(journeys, name) ? journeys[name] : undefined
  if (journey === undefined || visited.has(name)) return []
  visited.add(name)
  return Object.keys(journey.nodes).flatMap((id) => readsOf(journeys, journey, id, visited))
}

/** A Configuration Provider that enters a journey reads everything, so its target need not be known here. */
function innerJourneyOf(node: { type: string; config: JsonObject }): string | undefined {
  const { tree } = node.config
  return node.type === 'InnerTreeEvaluatorNode' && typeof tree === 'string' ? tree : undefined
}
