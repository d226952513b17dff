import { Button, Text } from '@mantine/core'
import { timeInText } from '../../components/relative-time.ts'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { UnsavedChanges } from '../store/editor-state.ts'
import { EditorSheet } from './editor-sheet.tsx'

type Props = { at: number; unsaved: UnsavedChanges }

/** Offers changes that this browser kept when the editor was closed without saving them. */
export function RestoreDialog({ at, unsaved }: Props) {
  const store = useEditorStore()
  const saved = useEditor(({ saved }) => saved)
  const wasSavedSince =
    unsaved.saved.revision !== saved.revision || unsaved.saved.published?._rev !== saved.published?._rev
  const restore = () => {
    store.getState().restore(unsaved)
    store.getState().closeDialog()
  }
  return (
    <EditorSheet
      title={`Unsaved changes from ${timeInText(at)}`}
      closeOnClickOutside={false}
      withCloseButton={false}
      onClose={() => {}}
    >
      <Text>This browser kept changes that you made to this journey and did not save.</Text>
      {wasSavedSince && (
        <Text mt="sm">The journey was saved since. When you save, you can merge both versions.</Text>
      )}
      {unsaved.hadSecrets && (
        <Text mt="sm">Secrets that you had typed were not kept. Type them again after restoring.</Text>
      )}
      <div className="sheet-acts">
        <Button variant="default" onClick={() => store.getState().closeDialog()}>
          Discard
        </Button>
        <Button data-autofocus onClick={restore}>
          Restore
        </Button>
      </div>
    </EditorSheet>
  )
}
