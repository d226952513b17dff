import { useEffect } from 'react'
import { lintDraft } from '../../../api/journey-document.ts'
import { isSignedOut } from '../../../api/own-session.ts'
import { OfflineError } from '../../../api/request.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'

const debounceMs = 500

/** Lints the draft shortly after each change. */
export function useLint(): void {
  const store = useEditorStore()
  const draft = useDraft()
  const isEdited = useEditor(({ history: { past, future } }) => past.length + future.length > 0)
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  useEffect(() => {
    if (!isEdited || isReadOnly) return
    const stop = new AbortController()
    const lint = async () => {
      const { realm, setFindings, setOffline, openDialog, dialog } = store.getState()
      try {
        setFindings(await lintDraft(realm, draft, stop.signal))
        setOffline(false)
      } catch (error) {
        if (stop.signal.aborted) return
        if (error instanceof OfflineError) setOffline(true)
        if (isSignedOut(error) && dialog === undefined) openDialog({ kind: 'signed-out' })
      }
    }
    const timer = setTimeout(lint, debounceMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [store, draft, isEdited, isReadOnly])
}
