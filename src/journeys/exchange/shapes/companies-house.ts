import { asText } from '../../../base/as-text.ts'
import { isJsonObject, type JsonObject } from '../../../base/json.ts'
import type { Piece, Shape } from '../piece.ts'
import { entriesOf, sectionPieces } from './sections.ts'

/** The form of Companies House's public journeys: nodes as a list, scripts in separate files. */
export const companiesHouse: Shape = {
  name: 'a journey with its nodes as a list',
  matches: ({ json }) => isScriptList(json) || (isJsonObject(json.tree) && Array.isArray(json.nodes)),
  pieces({ json }) {
    if (isScriptList(json)) return entriesOf(json.scripts).flatMap(([, entry]) => scriptPiece(entry))
    const { nodes, ...rest } = json
    const [journey] = sectionPieces(rest)
    return [...sectionPieces(rest), ...entriesOf(nodes).flatMap(([, node]) => nodePiece(node, journey?.key))]
  },
}

function isScriptList({ scripts }: JsonObject): boolean {
  return Array.isArray(scripts) && scripts.some((entry) => isJsonObject(entry) && isJsonObject(entry.payload))
}

function scriptPiece({ payload, filename }: JsonObject): Piece[] {
  if (!isJsonObject(payload)) return []
  const script =
    typeof filename === 'string' ? { file: `scripts-content/${filename}` } : (payload.script ?? '')
  return [{ kind: 'script', key: asText(payload._id), json: { ...payload, script }, original: payload }]
}

function nodePiece({ _id, nodeType, details }: JsonObject, journey: string | undefined): Piece[] {
  if (typeof _id !== 'string' || !isJsonObject(details)) return []
  const type = typeof nodeType === 'string' ? nodeType : undefined
  return [{ kind: 'node', key: _id, json: { _id, ...details }, original: details, type, journey }]
}
