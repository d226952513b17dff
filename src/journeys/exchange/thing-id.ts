import { idOf, type Piece } from './piece.ts'
import { customNodeTypeIdOf } from './read-custom-node-type.ts'
import { journeyNameOf } from './read-tree.ts'

/** The id of the thing that an import makes of a piece. */
export function thingIdOf(piece: Piece): string {
  const { kind, json, key } = piece
  if (kind === 'journey') return journeyNameOf(json, key)
  return kind === 'customNodeType' ? customNodeTypeIdOf(json, key) : idOf(piece)
}
