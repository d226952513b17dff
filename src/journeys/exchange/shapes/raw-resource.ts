import { basename, dirname } from 'node:path/posix'
import { asText } from '../../../base/as-text.ts'
import { isJsonObject, type JsonObject } from '../../../base/json.ts'
import type { ExportFile, Piece, Shape } from '../piece.ts'

/** One node, script, custom node type or template in the form of the REST interface, next to a raw tree. */
export const rawResource: Shape = {
  name: 'a single resource',
  matches: (file) => resourceKind(file) !== undefined,
  pieces: resourcePieces,
}

/** Converts a resource to a piece. A node without a type is in a folder named after its type. */
export function resourcePieces(file: ExportFile): Piece[] {
  const kind = resourceKind(file)
  if (kind === undefined) return []
  const key = typeof file.json._id === 'string' ? file.json._id : basename(file.path, '.json')
  return [{ kind, key, json: file.json, type: kind === 'node' ? typeOf(file) : undefined }]
}

function resourceKind(file: ExportFile): Piece['kind'] | undefined {
  const { json, path } = file
  if (typeof json._id !== 'string' && typeof json.serviceName !== 'string') return undefined
  if (asText(json._id).startsWith('emailTemplate/')) return 'emailTemplate'
  if (/(^|\/)themes\//.test(path)) return 'theme'
  if (typeof json.context === 'string' && json.script !== undefined) return 'script'
  if (Array.isArray(json.outcomes) && isJsonObject(json.properties)) return 'customNodeType'
  return typeOf(file) === undefined ? undefined : 'node'
}

function typeOf({ json, path }: ExportFile): string | undefined {
  const inside = typeInside(json)
  if (inside !== undefined) return inside
  const folder = basename(dirname(path))
  return basename(path, '.json') === json._id && folder.endsWith('Node') ? folder : undefined
}

function typeInside({ _type }: JsonObject): string | undefined {
  return isJsonObject(_type) && typeof _type._id === 'string' ? _type._id : undefined
}
