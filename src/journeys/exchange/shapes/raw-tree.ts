import { basename } from 'node:path/posix'
import { asText } from '../../../base/as-text.ts'
import { isJsonObject, type JsonObject } from '../../../base/json.ts'
import type { ExportFile, Piece, Shape } from '../piece.ts'
import { entriesOf } from './sections.ts'

/** A journey in the form of the REST interface. Its nodes are elsewhere, or inside as `config`. */
export const rawTree: Shape = {
  name: 'a single journey',
  matches: ({ json }) => isTree(json),
  pieces: treePieces,
}

export function isTree(json: JsonObject): boolean {
  return typeof json.entryNodeId === 'string' && isJsonObject(json.nodes)
}

/** The journey, and the nodes whose settings it contains. */
export function treePieces({ path, json }: ExportFile): Piece[] {
  const key = typeof json._id === 'string' ? json._id : basename(path, '.json')
  const inline = entriesOf(json.nodes).flatMap(([id, { config, nodeType }]): Piece[] =>
    isJsonObject(config)
      ? [{ kind: 'node', key: id, json: config, type: asText(nodeType), journey: key }]
      : [],
  )
  return [{ kind: 'journey', key, json }, ...inline]
}
