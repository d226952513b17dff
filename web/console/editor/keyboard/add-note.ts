import { togglePanel } from '../panels.ts'
import type { EditorStore } from '../store/editor-store.ts'

/** Adds a note and moves the focus to its text, which the settings panel shows after the next frame. */
export function addNote(store: EditorStore): void {
  store.getState().addNote()
  togglePanel('settings', true)
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-note-text]')?.focus())
}
