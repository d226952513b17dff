import { Button, Kbd, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { readWorkingCopy } from '../../../api/journey-drafts.ts'
import { ConfirmSheet } from '../../components/confirm-sheet.tsx'
import { SignedOutSheet } from '../../components/signed-out-sheet.tsx'
import { HistorySheet } from '../../history/history-sheet.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { downloadDraft } from '../saving/download-draft.ts'
import { discardNow } from '../saving/publish-now.ts'
import { saveNow } from '../saving/save-now.ts'
import { useChanges } from '../saving/use-changes.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { ConnectDialog } from './connect-dialog.tsx'
import { EditorSheet } from './editor-sheet.tsx'
import { FindingsDialog } from './findings-dialog.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { RestoreDialog } from './restore-dialog.tsx'
import './shortcuts-dialog.css'
import { otherShortcuts, shortcuts } from '../keyboard/shortcuts.ts'

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

/** The journey was deleted while it was open. */
function DeletedDialog() {
  const store = useEditorStore()
  const name = useEditor(({ name }) => name)
  return (
    <EditorSheet title="This journey was deleted">
      <Text>
        <bdi>{name}</bdi> was deleted while you had it open. Your version is safe in this window.
      </Text>
      <div className="sheet-acts">
        <Button className="aside" variant="subtle" color="gray" onClick={() => downloadDraft(store)}>
          Download
        </Button>
        <Button
          onClick={() => {
            store.getState().closeDialog()
            store.getState().forgetStored()
            void saveNow(store)
          }}
        >
          Save again
        </Button>
      </div>
    </EditorSheet>
  )
}

/** Asks before the draft is discarded. */
function DiscardDialog() {
  const store = useEditorStore()
  const navigate = useNavigate()
  const realm = useEditor(({ realm }) => realm)
  const isNew = useEditor(({ saved }) => saved.published === undefined)
  const { closeDialog } = store.getState()
  const discard = async () => {
    closeDialog()
    const isLeft = await discardNow(store)
    if (!isLeft) await navigate({ to: '/journeys', search: { realm }, ignoreBlocker: true })
  }
  return (
    <ConfirmSheet
      title="Discard the draft?"
      errorTitle="The draft was not discarded"
      confirmLabel="Discard draft"
      cancelLabel="Keep draft"
      onConfirm={discard}
      onDone={() => {}}
      onClose={closeDialog}
    >
      <Text>
        {isNew
          ? 'This journey was never published, so nothing of it is left.'
          : 'The editor goes back to the published journey. Sign-ins are not affected.'}
      </Text>
    </ConfirmSheet>
  )
}

/** The versions of the journey in the editor. */
function HistoryDialog() {
  const store = useEditorStore()
  const realm = useEditor(({ realm }) => realm)
  const name = useEditor(({ name }) => name)
  const { count } = useChanges()
  const isDraft = useEditor(({ saved }) => saved.revision !== undefined)
  const queries = useQueryClient()
  const showRestored = async () => {
    store.getState().applyRestored(await readWorkingCopy(realm, name))
    await queries.invalidateQueries({ queryKey: ['journeys', realm], refetchType: 'none' })
  }
  return (
    <HistorySheet
      realm={realm}
      thing={{ kind: 'journey', id: name }}
      name={name}
      unsaved={isDraft ? 'draft' : count > 0 ? 'undoable' : undefined}
      onRestored={showRestored}
      onClose={() => store.getState().closeDialog()}
    />
  )
}

function ShortcutsDialog() {
  const all = [...shortcuts.map(({ keys, description }) => [keys, description] as const), ...otherShortcuts]
  return (
    <EditorSheet title="Keyboard shortcuts" size="lg">
      <dl className="all-keys">
        {all.map(([keys, words]) => (
          <div className="stack align-baseline gap-2 text-note" key={keys}>
            <dt>
              <Kbd>{keys}</Kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </EditorSheet>
  )
}
