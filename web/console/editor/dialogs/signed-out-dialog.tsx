import { SignedOutSheet } from '../../components/signed-out-sheet.tsx'
import { useEditorStore } from '../editor-context.tsx'
import { downloadDraft } from '../saving/download-draft.ts'
import { useChanges } from '../saving/use-changes.ts'

/** The session ended while a journey was edited. */
export function SignedOutDialog() {
  const store = useEditorStore()
  const { count } = useChanges()
  return (
    <SignedOutSheet
      count={count}
      onBack={() => store.getState().close()}
      onDownload={() => downloadDraft(store)}
    />
  )
}
