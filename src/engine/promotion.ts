import { isJsonObject, type JsonObject } from '../base/json.ts'
import { innerJourneyOf, type Journey, type Journeys, pageChildren } from './journey.ts'

/** State keys that nodes read; `all` if one of them may read anything. */
export type StateKeys = ReadonlySet<string> | 'all'

/** The results of `keysReadFrom`. Frozen journeys don't change, and every step that sends a page asks. */
const known = new WeakMap<Journeys, Map<string, StateKeys>>()

/** Keys read by the nodes from `nodeId` on, including that node: it runs again with the answers. */
export function keysReadFrom(journeys: Journeys, journeyName: string, nodeId: string): StateKeys {
  const ofJourneys = known.get(journeys) ?? new Map<string, StateKeys>()
  known.set(journeys, ofJourneys)
  const place = JSON.stringify([journeyName, nodeId])
  const keys = ofJourneys.get(place) ?? findKeysReadFrom(journeys, journeyName, nodeId)
  ofJourneys.set(place, keys)
  return keys
}

function findKeysReadFrom(journeys: Journeys, journeyName: string, nodeId: string): StateKeys {
  const journey = Object.hasOwn(journeys, journeyName) ? journeys[journeyName] : undefined
  if (journey === undefined) return new Set()
  const reads = reachable(journey, nodeId).flatMap((id) =>
    readsOf(journeys, journey, id, new Set([journeyName])),
  )
  return reads.includes('*') ? 'all' : new Set(reads)
}

/** Keys read by any node of a journey. They decide which secure and transient state an inner journey gets. */
export function keysReadIn(journeys: Journeys, journeyName: string): StateKeys {
  const reads = allReads(journeys, journeyName, new Set())
  return reads.includes('*') ? 'all' : new Set(reads)
}

export function pickKeys(state: JsonObject, keys: StateKeys): JsonObject {
  if (keys === 'all') return state
  return Object.fromEntries(Object.entries(state).filter(([key]) => keys.has(key)))
}

/**
 * Transient state lasts for one request. Keys that a later node reads become secure state. If both hold an object under
 * a key, the objects are merged, and transient members win.
 */
export function promote(secure: JsonObject, transient: JsonObject, keys: StateKeys): JsonObject {
  const kept = pickKeys(transient, keys)
  const merged = Object.entries(kept).map(([key, value]) => {
    const existing = Object.hasOwn(secure, key) ? secure[key] : undefined
    return [key, isJsonObject(existing) && isJsonObject(value) ? { ...existing, ...value } : value] as const
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
