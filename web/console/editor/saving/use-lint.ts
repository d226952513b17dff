import { useEffect } from 'react'
import { lintDraft } from '../../../api/journey-document.ts'
import { isSignedOut } from '../../../api/own-session.ts'
import { OfflineError } from '../../../api/request.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'

const pause = 500

/** Has the journey judged as it would be saved now, a moment after each change. */
export function useJudgement(): void {
  const store = useEditorStore()
  const draft = useDraft()
  const saved = useEditor(({ saved }) => saved.draft)
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  useEffect(() => {
    if (draft === saved || isReadOnly) return
    const stop = new AbortController()
    const judge = async () => {
      const { realm, tellFindings, setOffline, open, dialog } = store.getState()
      try {
        tellFindings(await lintDraft(realm, draft, stop.signal))
        setOffline(false)
      } catch (error) {
        if (stop.signal.aborted) return
        if (error instanceof OfflineError) setOffline(true)
        if (isSignedOut(error) && dialog === undefined) open({ kind: 'signed-out' })
      }
    }
    const timer = setTimeout(judge, pause)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [store, draft, saved, isReadOnly])
}
