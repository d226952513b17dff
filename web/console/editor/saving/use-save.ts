import { useCallback } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { saveNow } from './save-now.ts'

/** Saves the journey as it is when it is called. */
export function useSave(): () => void {
  const store = useEditorStore()
  return useCallback(() => void saveNow(store), [store])
}
