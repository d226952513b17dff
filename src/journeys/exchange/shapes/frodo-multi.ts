import { isJsonObject, type JsonObject } from '../../../base/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** `frodo journey export -a`: several journeys by name, each with its dependencies. */
export const frodoMulti: Shape = {
  name: 'an export of several journeys',
  matches: ({ json }) => isJsonObject(json.trees) && !isOfAuthentication(json.trees),
  pieces: ({ json }) => sectionPieces(json),
}

/** Authentication settings have a section of the same name. */
function isOfAuthentication(trees: JsonObject): boolean {
  const values = Object.values(trees)
  return values.length > 0 && !values.some(isJsonObject)
}
