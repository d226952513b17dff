import { type KeyboardEvent, useMemo } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { walk } from '../keyboard/canvas-navigation.ts'

/** Keys that mean something else elsewhere on the page: walking from node to node. */
export function useCanvasKeys() {
  const store = useEditorStore()
  return useMemo(
    () => ({
      onKeyDown(event: KeyboardEvent) {
        if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
        if (!walk(store, event.key, event.shiftKey)) return
        event.preventDefault()
        const chosen = store.getState().selection.at(-1)
        if (chosen !== undefined) store.getState().control?.reveal(chosen)
      },
    }),
    [store],
  )
}
