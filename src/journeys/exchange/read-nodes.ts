import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { pageChildren, versionText } from '../../engine/journey.ts'
import { nodeTypeNamed } from '../../nodes/catalogue.ts'
import { type JourneyDocument, type NodeDocument, nodeDocumentSchema } from '../journey-document.ts'
import { withoutUnusedSecrets } from '../sealed-configuration.ts'
import { idOf, type Piece } from './piece.ts'
import { isSafeName, type Read, unreadable } from './read-result.ts'

/** Type and version as the journey or page states them. Many exports leave them out of the node itself. */
type Mention = { type: string; version: string | undefined }

/**
 * Reads the nodes that journeys and their pages refer to. `orphans` counts the other nodes.
 */
export function readNodes(
  journeys: readonly JourneyDocument[],
  pieces: readonly Piece[],
): { nodes: { node: Read<NodeDocument>; piece: Piece }[]; orphans: number } {
  const mentions = mentionedIn(journeys, pieces)
  const read = pieces.flatMap((piece) => {
    const id = idOf(piece)
    const mention = mentions.get(id)
    return mention === undefined || !isSafeName(id) ? [] : [{ node: readNode(id, piece, mention), piece }]
  })
  return { nodes: read, orphans: pieces.length - read.length }
}

function mentionedIn(journeys: readonly JourneyDocument[], pieces: readonly Piece[]): Map<string, Mention> {
  const mentions = new Map<string, Mention>()
  for (const { nodes } of journeys) {
    for (const [id, { nodeType, version }] of Object.entries(nodes))
      mentions.set(id, { type: nodeType, version })
  }
  for (const piece of pieces) {
    if (!mentions.has(idOf(piece))) continue
    for (const { id, type, version } of pageChildren(piece.json)) mentions.set(id, { type, version })
  }
  return mentions
}

/** A node of a type that can't run here keeps all members besides secrets, so that it can be exported unchanged. */
function readNode(id: string, { json, type: apart }: Piece, mention: Mention): Read<NodeDocument> {
  const { _id, _rev, _type, _outcomes, ...settings } = json
  const { type: own, version: ownVersion } = typeInside(json)
  const type = own || apart || mention.type
  const version = ownVersion ?? mention.version ?? '1.0'
  const known = nodeTypeNamed(type, version)
  const isKnown = type.startsWith('designer-') || (known !== undefined && known.standIn === undefined)
  const kept: JsonObject = {
    ...(isKnown || _type === undefined ? {} : { _type }),
    ...(isKnown || _outcomes === undefined || known?.standIn?.hasOwnOutcomes ? {} : { _outcomes }),
  }
  const parsed = nodeDocumentSchema.safeParse({ id, type, version, config: { ...settings, ...kept } })
  return parsed.success
    ? { value: withoutUnusedSecrets(parsed.data) }
    : unreadable(`node '${id}'`, parsed.error)
}

function typeInside({ _type }: JsonObject): { type?: string; version?: string } {
  if (!isJsonObject(_type)) return {}
  return {
    ...(typeof _type._id === 'string' ? { type: _type._id } : {}),
    ...(_type.version === undefined || _type.version === null ? {} : { version: versionText(_type.version) }),
  }
}
