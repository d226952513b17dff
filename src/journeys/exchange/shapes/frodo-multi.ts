import { isJsonObject } from '../../../engine/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** Several journeys by name, each with what it needs: `frodo journey export -a`. */
export const frodoMulti: Shape = {
  name: 'an export of several journeys',
  matches: ({ json }) => isJsonObject(json.trees),
  pieces: ({ json }) => sectionPieces(json),
}
