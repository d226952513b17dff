import { isJsonObject } from '../../../base/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** "Export" of the vendor's admin console: several journeys, with scripts as JSON texts inside JSON. */
export const adminUi: Shape = {
  name: 'an export of the admin console',
  matches: ({ json: { meta, trees } }) =>
    isJsonObject(trees) && isJsonObject(meta) && Array.isArray(meta.treesSelectedForExport),
  pieces: ({ json }) => sectionPieces(json),
}
