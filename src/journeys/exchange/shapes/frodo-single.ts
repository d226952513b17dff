import { isJsonObject } from '../../../engine/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** One journey with what it needs at the top of the file: `frodo journey export -i`. */
export const frodoSingle: Shape = {
  name: 'an export of one journey',
  matches: ({ json }) => isJsonObject(json.tree) && !Array.isArray(json.nodes),
  pieces: ({ json }) => sectionPieces(json),
}
