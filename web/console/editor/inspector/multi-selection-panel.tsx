import { Button } from '@mantine/core'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { writeToClipboard } from '../keyboard/clipboard.ts'
import { selectionText } from '../model/selection-text.ts'

export function MultiSelectionPanel({ ids }: { ids: readonly string[] }) {
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const { duplicate, remove } = store.getState()
  const what = selectionText(useDraft(), ids)
  return (
    <>
      <header className="title">
        <div className="words">
          <h2>{what}</h2>
          <p>Move, copy or delete them together</p>
        </div>
      </header>
      <div className="body">
        <Button variant="default" onClick={() => writeToClipboard(store, ids)}>
          Copy
        </Button>
        {!isReadOnly && (
          <>
            <Button variant="default" onClick={() => duplicate(ids)}>
              Duplicate
            </Button>
            <Button variant="outline" color="bad" onClick={() => remove(ids)}>
              Delete {what}
            </Button>
          </>
        )}
      </div>
    </>
  )
}
