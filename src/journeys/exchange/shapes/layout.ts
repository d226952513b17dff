import { isJsonObject } from '../../../engine/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** Where the nodes of journeys stand on the canvas: what our exports keep apart from the journeys themselves. */
export const layout: Shape = {
  name: 'the layout of journeys',
  matches: ({ json }) => isJsonObject(json.layout) && json.tree === undefined && json.trees === undefined,
  pieces: ({ json }) => sectionPieces(json),
}
