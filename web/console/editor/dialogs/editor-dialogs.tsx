import { useEditor } from '../editor-context.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { ConnectDialog } from './connect-dialog.tsx'
import { GoneDialog } from './deleted-dialog.tsx'
import { FindingsDialog } from './findings-dialog.tsx'
import { KeysDialog } from './shortcuts-dialog.tsx'
import { SignedOutDialog } from './signed-out-dialog.tsx'

/** The dialog that is open: never two of them. */
export function EditorDialogs() {
  const dialog = useEditor(({ dialog }) => dialog)
  switch (dialog?.kind) {
    case 'keys':
      return <KeysDialog />
    case 'findings':
      return <FindingsDialog />
    case 'connect':
      return <ConnectDialog exit={dialog.exit} />
    case 'conflict':
      return <ConflictDialog theirs={dialog.theirs} />
    case 'gone':
      return <GoneDialog />
    case 'signed-out':
      return <SignedOutDialog />
    default:
      return null
  }
}
