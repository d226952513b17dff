import { isJsonObject } from '../../../engine/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** What `amtree.sh`, the ancestor of frodo, writes: `innernodes` in small letters, scripts in base64. */
export const amtree: Shape = {
  name: 'an amtree export',
  matches: ({ json }) => isJsonObject(json.tree) && json.innernodes !== undefined,
  pieces: ({ json }) => sectionPieces(json),
}
