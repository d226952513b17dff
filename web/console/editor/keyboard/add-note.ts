import { focusInPanel } from '../panels.ts'
import type { EditorStore } from '../store/editor-store.ts'

/** Adds a note and moves the focus to its text. */
export function addNote(store: EditorStore): void {
  store.getState().addNote()
  focusInPanel('settings', '[data-note-text]')
}
