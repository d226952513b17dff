import { useEffect } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { clipboardText, fragmentFrom } from './clipboard.ts'
import { isTyping } from './is-typing.ts'

/** Handles copy, cut and paste events of the browser. */
export function useClipboard(): void {
  const store = useEditorStore()
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      if (isTyping(event.target) || hasSelectedText()) return
      const text = clipboardText(store)
      if (text === undefined) return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      if (event.type === 'cut') store.getState().remove(store.getState().selection)
    }
    const paste = (event: ClipboardEvent) => {
      if (isTyping(event.target)) return
      const fragment = fragmentFrom(event.clipboardData?.getData('text/plain'))
      if (fragment === undefined) return
      event.preventDefault()
      store.getState().paste(fragment)
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', copy)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', copy)
      document.removeEventListener('paste', paste)
    }
  }, [store])
}

function hasSelectedText(): boolean {
  return getSelection()?.toString() !== ''
}
