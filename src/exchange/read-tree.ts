import { versionText } from '../journey/journey.ts'
import { isJsonObject, type Json, type JsonObject } from '../journey/json.ts'
import { type JourneyDocument, journeyDocumentSchema } from '../journeys/journey-document.ts'
import type { Read } from './read-result.ts'
import { firstProblem, isSafeName } from './read-result.ts'
import { entriesOf } from './shapes/sections.ts'

/** Where things stand on the canvas, apart from the journey. */
export type Layout = { nodes?: Json; staticNodes?: Json; uiConfig?: Json }

/**
 * Reads a journey as lenient as exports need it: null is "not set", an empty map may be a list, versions may be
 * numbers, and coordinates may come from elsewhere.
 */
export function readTree(json: JsonObject, key: string, layout: Layout = {}): Read<JourneyDocument> {
  const { _rev, _type, ...tree } = withoutNulls(json)
  const name = nameOf(tree._id, key)
  if (!isSafeName(name)) return { problem: `journey '${name}' has a name that cannot be used` }
  const placed = isJsonObject(layout.nodes) ? layout.nodes : {}
  const parsed = journeyDocumentSchema.safeParse({
    ...tree,
    _id: name,
    entryNodeId: tree.entryNodeId ?? '',
    nodes: Object.fromEntries(entriesOf(tree.nodes).map(([id, node]) => [id, readPlace(node, placed[id])])),
    staticNodes: pointsOf(layout.staticNodes ?? tree.staticNodes),
    uiConfig: { ...textsOf(tree.uiConfig), ...textsOf(layout.uiConfig) },
  })
  return parsed.success
    ? { value: parsed.data }
    : { problem: `journey '${name}': ${firstProblem(parsed.error)}` }
}

/** File-based configuration puts its own folder before the name. */
function nameOf(id: Json | undefined, key: string): string {
  return typeof id === 'string' && id !== '' ? id.replace(/^default\//, '') : key
}

function readPlace(json: JsonObject, at: Json | undefined): JsonObject {
  const { config: _config, ...place } = withoutNulls(json)
  const { version, connections, ...rest } = place
  return {
    ...rest,
    ...(isJsonObject(at) ? at : {}),
    connections: isJsonObject(connections) ? withoutNulls(connections) : {},
    ...(version === undefined ? {} : { version: versionText(version) }),
  }
}

function pointsOf(json: Json | undefined): Json {
  const points = entriesOf(json).map(([id, point]) => [id, { x: point.x ?? 0, y: point.y ?? 0 }] as const)
  return Object.fromEntries(points)
}

function textsOf(json: Json | undefined): JsonObject {
  if (!isJsonObject(json)) return {}
  const texts = Object.entries(json).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return Object.fromEntries(texts)
}

function withoutNulls(json: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null))
}
