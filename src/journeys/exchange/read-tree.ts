import { defined } from '../../base/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { versionText } from '../../engine/journey.ts'
import { type JourneyDocument, journeyDocumentSchema } from '../journey-document.ts'
import type { Read } from './read-result.ts'
import { isSafeName, unreadable } from './read-result.ts'
import { entriesOf } from './shapes/sections.ts'

/** Positions on the canvas, stored apart from the journey. */
export type Layout = { nodes?: Json; staticNodes?: Json; uiConfig?: Json }

/**
 * Reads a journey leniently: null means "not set", an empty map may be a list, versions may be numbers, and coordinates may
 * come from a separate layout.
 */
export function readTree(json: JsonObject, key: string, layout: Layout = {}): Read<JourneyDocument> {
  const { _rev, _type, ...tree } = withoutNulls(json)
  const name = journeyNameOf(json, key)
  if (!isSafeName(name)) return { problem: `journey '${name}' has an invalid name` }
  const placed = isJsonObject(layout.nodes) ? layout.nodes : {}
  const parsed = journeyDocumentSchema.safeParse({
    ...tolerantTree({
      ...tree,
      nodes: Object.fromEntries(entriesOf(tree.nodes).map(([id, node]) => [id, readPlace(node, placed[id])])),
      staticNodes: Object.fromEntries(entriesOf(layout.staticNodes ?? tree.staticNodes)),
    }),
    _id: name,
    entryNodeId: tree.entryNodeId ?? '',
    uiConfig: { ...textsOf(tree.uiConfig), ...textsOf(layout.uiConfig) },
  })
  return parsed.success ? { value: parsed.data } : unreadable(`journey '${name}'`, parsed.error)
}

/** File-based configuration puts a folder before the name. */
export function journeyNameOf({ _id: id }: JsonObject, key: string): string {
  return typeof id === 'string' && id !== '' ? id.replace(/^default\//, '') : key
}

function readPlace({ config: _config, ...place }: JsonObject, at: Json | undefined): JsonObject {
  const { connections } = place
  return {
    ...place,
    ...(isJsonObject(at) ? at : {}),
    connections: isJsonObject(connections) ? connections : {},
  }
}

/**
 * Removes null members, which mean "not set", also in nodes and connections. Versions become texts, and static nodes get
 * coordinates. Other members stay for the schema to check.
 */
export function tolerantTree(json: JsonObject): JsonObject {
  const { nodes, staticNodes, ...tree } = withoutNulls(json)
  return {
    ...tree,
    ...(nodes === undefined ? {} : { nodes: eachMember(nodes, tolerantPlace) }),
    ...(staticNodes === undefined ? {} : { staticNodes: eachMember(staticNodes, tolerantPoint) }),
  }
}

function tolerantPlace(json: JsonObject): JsonObject {
  const { version, connections, ...place } = withoutNulls(json)
  return {
    ...place,
    ...defined({ connections: isJsonObject(connections) ? withoutNulls(connections) : connections }),
    ...(version === undefined ? {} : { version: versionText(version) }),
  }
}

function tolerantPoint(json: JsonObject): JsonObject {
  return { x: 0, y: 0, ...withoutNulls(json) }
}

/** Applies a change to the members that are objects. */
function eachMember(json: Json, change: (member: JsonObject) => JsonObject): Json {
  if (!isJsonObject(json)) return json
  const members = Object.entries(json).map(([name, member]): [string, Json] => [
    name,
    isJsonObject(member) ? change(member) : member,
  ])
  return Object.fromEntries(members)
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
