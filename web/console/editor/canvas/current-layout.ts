import type { Picture } from '../model/drawn-connections.ts'
import { placeOf } from '../model/positions.ts'
import type { EditorStore } from '../store/editor-store.ts'

/** The canvas as it is at this moment, for what somebody does to it. */
export function pictureOf(store: EditorStore): Picture {
  const { history, placed, faces } = store.getState()
  return { draft: history.present, faces, placeOf: (id) => placeOf(history.present, placed, id) }
}
