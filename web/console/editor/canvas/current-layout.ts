import type { CanvasLayout } from '../model/drawn-connections.ts'
import type { NodeTypeCatalogue } from '../model/node-type-catalogue.ts'
import { positionOf } from '../model/positions.ts'
import type { EditorStore } from '../store/editor-store.ts'

/** The layout at the moment of a user action. */
export function currentLayout(store: EditorStore): CanvasLayout & { catalogue: NodeTypeCatalogue } {
  const { history, catalogue, autoPositions, nodeViews } = store.getState()
  return {
    draft: history.present,
    nodeViews,
    catalogue,
    positionOf: (id) => positionOf(history.present, autoPositions, id),
  }
}
