import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { Editor } from './store/editor.ts'
import type { EditorStore } from './store/editor-store.ts'

const Context = createContext<EditorStore | undefined>(undefined)

export function EditorProvider({ store, children }: { store: EditorStore; children: ReactNode }) {
  return <Context value={store}>{children}</Context>
}

/** The store itself, for what happens later than now. */
export function useEditorStore(): EditorStore {
  const store = useContext(Context)
  if (store === undefined) throw new Error('there is no editor around this')
  return store
}

/** A part of the editor's state; whoever uses it is drawn again when that part is another. */
export function useEditor<T>(part: (editor: Editor) => T): T {
  return useStore(useEditorStore(), part)
}

/** The journey as it is edited now. */
export function useDraft() {
  return useEditor((editor) => editor.history.present)
}
