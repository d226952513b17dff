import { createStore, type StoreApi } from 'zustand/vanilla'
import { editActions } from './edit-actions.ts'
import type { Editor } from './editor.ts'
import { initialState, type OpenedJourney } from './editor-state.ts'
import { nodeActions } from './node-actions.ts'
import { viewActions } from './view-actions.ts'

export type EditorStore = StoreApi<Editor>

export function createEditorStore(opened: OpenedJourney): EditorStore {
  return createStore<Editor>()((set, get) => ({
    ...initialState(opened),
    ...editActions(set, get),
    ...nodeActions(get),
    ...viewActions(set, get),
  }))
}
