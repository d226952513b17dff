import { Button } from '@mantine/core'
import { IconNote, IconSettings } from '@tabler/icons-react'
import { IconButton } from '../../components/icon-button.tsx'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { notesOf } from '../model/notes.ts'

/** The notes of the canvas, as a list. */
export function OutlineNotes() {
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const selection = useEditor(({ selection }) => selection)
  const notes = Object.entries(notesOf(useDraft()))
  if (notes.length === 0 && isReadOnly) return null
  return (
    <section className="outline-notes" aria-label="Notes">
      <ul className="stack gap-2">
        {notes.map(([id, { text }]) => (
          <li key={id} className={selection.includes(id) ? 'outline-node chosen' : 'outline-node'}>
            <header className="row gap-2">
              <IconNote size={18} stroke={1.75} aria-hidden />
              <span className="words grow breaks" dir="auto">
                {text || 'Empty note'}
              </span>
              <IconButton
                label={`Edit note ${text.slice(0, 40)}`}
                icon={IconSettings}
                iconSize={18}
                size="lg"
                onClick={() => {
                  store.getState().select([id])
                  store.getState().showInspector(true)
                }}
              />
            </header>
          </li>
        ))}
      </ul>
      {!isReadOnly && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconNote size={16} aria-hidden />}
          onClick={() => {
            store.getState().addNote()
            store.getState().showInspector(true)
          }}
        >
          Add a note
        </Button>
      )}
    </section>
  )
}
