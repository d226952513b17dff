import { isJsonObject } from '../../../engine/json.ts'
import type { Shape } from '../piece.ts'
import { entriesOf, hasSection, sectionPieces } from './sections.ts'

/** `frodo config export`: a whole tenant in one file, or one section of it. */
export const frodoFullConfig: Shape = {
  name: 'an export of a whole configuration',
  matches: ({ json }) => entriesOf(json.realm).length > 0 || hasSection(json),
  pieces({ json }) {
    const global = isJsonObject(json.global) ? sectionPieces(json.global) : []
    const realms = entriesOf(json.realm).flatMap(([realm, part]) => sectionPieces(part, realm))
    return [...sectionPieces(json), ...global, ...realms]
  },
}
