import { basename, dirname } from 'node:path/posix'
import { asText } from '../../../engine/as-text.ts'
import { isJsonObject, type JsonObject } from '../../../engine/json.ts'
import type { ExportFile, Piece, Shape } from '../piece.ts'

/** One node, script, custom node type or template as the REST interface answers it, beside a raw tree. */
export const rawResource: Shape = {
  name: 'a resource by itself',
  matches: (file) => resourceKind(file) !== undefined,
  pieces: resourcePieces,
}

/** The piece that a resource is. A node without a type lies in a folder that is named after it. */
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
