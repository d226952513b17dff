import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { IconNote } from '@tabler/icons-react'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { changeNote, type Note, noteColours, noteLength, noteOf, noteSizes } from '../model/notes.ts'
import { PanelTitle } from './panel-title.tsx'

/** Text, colour and size of a note. */
export function NotePanel({ id }: { id: string }) {
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const note = noteOf(useDraft(), id)
  if (note === undefined) return null
  const change = (part: Partial<Note>, gesture?: string) =>
    store.getState().change({
      label: 'Change note',
      apply: (draft) => changeNote(draft, id, part),
      ...(gesture !== undefined && { gesture }),
    })
  const removeNote = () => {
    const { remove, showInspector, canvasControl } = store.getState()
    remove([id])
    showInspector(false)
    // The button is gone, and the focus with it.
    if (canvasControl === undefined) document.querySelector<HTMLElement>('.outline')?.focus()
    else canvasControl.focus()
  }
  return (
    <>
      <PanelTitle icon={IconNote} title="Note">
        For authors only: it changes nothing in the journey.
      </PanelTitle>
      <fieldset className="body form" disabled={isReadOnly}>
        <Textarea
          label="Text"
          dir="auto"
          autosize
          minRows={3}
          maxRows={12}
          maxLength={noteLength}
          data-note-text
          value={note.text}
          onChange={({ currentTarget }) => change({ text: currentTarget.value }, `note ${id}`)}
          onBlur={() => store.getState().endGesture()}
        />
        <Choice
          label="Colour"
          options={noteColours}
          value={note.colour}
          onChange={(colour) => change({ colour })}
        />
        <Choice
          label="Size"
          options={sizeNames}
          value={sizeNames.find((size) => noteSizes[size].width === note.width)}
          onChange={(size) => change(noteSizes[size])}
        />
        <Button variant="default" color="bad" onClick={removeNote}>
          Delete note
        </Button>
      </fieldset>
    </>
  )
}

const sizeNames = ['small', 'medium', 'large'] as const

type ChoiceProps<T extends string> = {
  label: string
  options: readonly T[]
  value: T | undefined
  onChange(chosen: T): void
}

function Choice<T extends string>({ label, options, value, onChange }: ChoiceProps<T>) {
  return (
    <div className="stack gap-1 text-note medium">
      <span>{label}</span>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={label}
        value={value ?? ''}
        onChange={(chosen) => {
          const option = options.find((each) => each === chosen)
          if (option !== undefined) onChange(option)
        }}
        data={options.map((each) => ({ value: each, label: each.charAt(0).toUpperCase() + each.slice(1) }))}
      />
    </div>
  )
}
