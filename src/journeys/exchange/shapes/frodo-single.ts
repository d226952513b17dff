import { isJsonObject } from '../../../base/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** `frodo journey export -i`: one journey with its dependencies at the top level. */
export const frodoSingle: Shape = {
  name: 'an export of one journey',
  matches: ({ json }) => isJsonObject(json.tree) && !Array.isArray(json.nodes),
  pieces: ({ json }) => sectionPieces(json),
}
