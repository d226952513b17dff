import { isJsonObject } from '../../../engine/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** `frodo journey export -a`: several journeys by name, each with its dependencies. */
export const frodoMulti: Shape = {
  name: 'an export of several journeys',
  matches: ({ json }) => isJsonObject(json.trees),
  pieces: ({ json }) => sectionPieces(json),
}
