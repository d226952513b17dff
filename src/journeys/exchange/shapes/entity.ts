import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts'
import type { Piece } from '../piece.ts'
import { configurationPiece } from './entity-role.ts'
import { isTree } from './raw-tree.ts'

/** One entity in its envelope. */
export type Entity = { metadata: JsonObject; data: JsonObject }

/** Reads the envelope of Amster and file-based configuration. */
export function entityOf({ metadata, data }: JsonObject): Entity | undefined {
  return isJsonObject(metadata) && isJsonObject(data) ? { metadata, data } : undefined
}

/**
 * Converts an entity to a piece. Entities other than journeys, scripts and settings count as nodes, unless no journey refers to
 * them.
 */
export function entityPieces({ metadata, data }: Entity, id: string): Piece[] {
  const configuration = configurationPiece(metadata, data, id)
  if (configuration !== undefined) return [configuration]
  const realm = typeof metadata.realm === 'string' ? metadata.realm : undefined
  const json = { ...data, _id: id }
  const whole = { key: id, json, original: data, realm }
  if (isTree(json)) return [{ kind: 'journey', ...whole }]
  return [{ kind: isScript({ metadata, data }) ? 'script' : 'node', ...whole }]
}

/** Script contexts and their engine settings also have a context. */
function isScript({ metadata: { sunServiceID, entityType }, data }: Entity): boolean {
  const isAboutContext =
    sunServiceID === 'scriptContext' || sunServiceID === 'engineConfiguration' || isContextType(entityType)
  return !isAboutContext && typeof data.context === 'string' && data.script !== undefined
}

function isContextType(entityType: Json | undefined): boolean {
  return typeof entityType === 'string' && /^Script(?:Type|Context)s?$/i.test(entityType)
}
