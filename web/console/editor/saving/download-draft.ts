import { download } from '../../../design/download.ts'
import type { EditorStore } from '../store/editor-store.ts'

/** Downloads the journey with its unsaved changes, in the vendor's export format. */
export function downloadDraft(store: EditorStore): void {
  const { history, name } = store.getState()
  download(`${name}.journey.json`, history.present)
}
