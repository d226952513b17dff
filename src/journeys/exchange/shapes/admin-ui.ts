import { isJsonObject } from '../../../engine/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** "Export" of the vendor's own admin pages: several journeys, scripts as JSON texts inside JSON. */
export const adminUi: Shape = {
  name: 'an export of the admin pages',
  matches: ({ json: { meta, trees } }) =>
    isJsonObject(trees) && isJsonObject(meta) && Array.isArray(meta.treesSelectedForExport),
  pieces: ({ json }) => sectionPieces(json),
}
