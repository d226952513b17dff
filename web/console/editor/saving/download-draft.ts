import type { EditorStore } from '../store/editor-store.ts'

/** Gives the journey as it is now to the person as a file, in the form of the vendor's exports. */
export function downloadDraft(store: EditorStore): void {
  const { history, name } = store.getState()
  const file = new Blob([JSON.stringify(history.present, null, 2)], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `${name}.journey.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
