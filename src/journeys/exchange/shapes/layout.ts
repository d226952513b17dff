import { isJsonObject } from '../../../base/json.ts'
import type { Shape } from '../piece.ts'
import { sectionPieces } from './sections.ts'

/** Positions of nodes on the canvas, which Sidegate's exports store apart from the journeys. */
export const layout: Shape = {
  name: 'the layout of journeys',
  matches: ({ json }) => isJsonObject(json.layout) && json.tree === undefined && json.trees === undefined,
  pieces: ({ json }) => sectionPieces(json),
}
