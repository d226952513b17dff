import { createStore, type StoreApi } from 'zustand/vanilla'
import { editActions } from './edit-actions.ts'
import type { Editor } from './editor.ts'
import { type Opened, openedState } from './editor-state.ts'
import { nodeActions } from './node-actions.ts'
import { viewActions } from './view-actions.ts'

export type EditorStore = StoreApi<Editor>

/** The state of one journey that is open. */
export function createEditorStore(opened: Opened): EditorStore {
  return createStore<Editor>()((set, get) => ({
    ...openedState(opened),
    ...editActions(set, get),
    ...nodeActions(get),
    ...viewActions(set, get),
  }))
}
