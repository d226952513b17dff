import { Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { ConfirmSheet } from '../../components/confirm-sheet.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { discardNow } from '../saving/publish-now.ts'

/** Asks before the draft is discarded. */
export function DiscardDialog() {
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
