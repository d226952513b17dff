import { SignedOutSheet } from '../../components/signed-out-sheet.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { downloadDraft } from '../saving/download-draft.ts'
import { useChanges } from '../saving/use-changes.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { ConnectDialog } from './connect-dialog.tsx'
import { DeletedDialog } from './deleted-dialog.tsx'
import { DiscardDialog } from './discard-dialog.tsx'
import { FindingsDialog } from './findings-dialog.tsx'
import { HistoryDialog } from './history-dialog.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { RestoreDialog } from './restore-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

export function EditorDialogs() {
  const dialog = useEditor(({ dialog }) => dialog)
  switch (dialog?.kind) {
    case 'keys':
      return <ShortcutsDialog />
    case 'findings':
      return <FindingsDialog />
    case 'history':
      return <HistoryDialog />
    case 'connect':
      return <ConnectDialog source={dialog.source} />
    case 'conflict':
      return <ConflictDialog conflict={dialog.conflict} />
    case 'publish':
      return <PublishDialog />
    case 'discard':
      return <DiscardDialog />
    case 'restore':
      return <RestoreDialog at={dialog.at} unsaved={dialog.unsaved} />
    case 'deleted':
      return <DeletedDialog />
    case 'signed-out':
      return <SignedOutDialog />
    default:
      return null
  }
}

function SignedOutDialog() {
  const store = useEditorStore()
  const { count } = useChanges()
  return (
    <SignedOutSheet
      count={count}
      onBack={() => store.getState().closeDialog()}
      onDownload={() => downloadDraft(store)}
    />
  )
}
