import { download } from '../../components/download.ts'
import type { EditorStore } from '../store/editor-store.ts'

/** Gives the journey as it is now to the person as a file, in the form of the vendor's exports. */
export function downloadDraft(store: EditorStore): void {
  const { history, name } = store.getState()
  download(`${name}.journey.json`, history.present)
}
