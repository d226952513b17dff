import { Button } from '@mantine/core'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { writeToClipboard } from '../keyboard/clipboard.ts'

export function MultiSelectionPanel({ ids }: { ids: readonly string[] }) {
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const { duplicate, remove } = store.getState()
  return (
    <>
      <header className="title">
        <div className="words">
          <h2>{ids.length} nodes</h2>
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
              Delete {ids.length} nodes
            </Button>
          </>
        )}
      </div>
    </>
  )
}
