import { isJsonObject } from '../../../base/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** Custom node types without a journey. */
export const customNodeTypes: Shape = {
  name: 'an export of custom node types',
  matches: ({ json }) => isJsonObject(json.nodeTypes) && json.tree === undefined && json.realm === undefined,
  pieces: ({ json }) => sectionPieces(json),
}
