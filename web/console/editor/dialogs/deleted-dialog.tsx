import { Button, Text } from '@mantine/core'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { downloadDraft } from '../saving/download-draft.ts'
import { saveNow } from '../saving/save-now.ts'
import { EditorSheet } from './editor-sheet.tsx'

/** The journey was deleted while it was open. */
export function DeletedDialog() {
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
