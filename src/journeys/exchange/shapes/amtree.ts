import { isJsonObject } from '../../../base/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** Exports of `amtree.sh`, frodo's predecessor: `innernodes` in lower case, scripts in base64. */
export const amtree: Shape = {
  name: 'an amtree export',
  matches: ({ json }) => isJsonObject(json.tree) && json.innernodes !== undefined,
  pieces: ({ json }) => sectionPieces(json),
}
