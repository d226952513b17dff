import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { Editor } from './store/editor.ts'
import type { EditorStore } from './store/editor-store.ts'

const Context = createContext<EditorStore | undefined>(undefined)

export function EditorProvider({ store, children }: { store: EditorStore; children: ReactNode }) {
  return <Context value={store}>{children}</Context>
}

/** The store itself, for event handlers. */
export function useEditorStore(): EditorStore {
  const store = useContext(Context)
  if (store === undefined) throw new Error('useEditorStore needs an EditorProvider')
  return store
}

/** Selects a part of the editor's state. The component renders again when that part changes. */
export function useEditor<T>(part: (editor: Editor) => T): T {
  return useStore(useEditorStore(), part)
}

/** The journey with its unsaved changes. */
export function useDraft() {
  return useEditor((editor) => editor.history.present)
}
