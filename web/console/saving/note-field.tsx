import './note-field.css'
import { TextInput } from '@mantine/core'
import { maxNoteLength } from '../../api/save-note.ts'

/** The reason for a save, next to its button. The history shows it. */
export function NoteField({ note, onChange }: { note: string; onChange(note: string): void }) {
  return (
    <TextInput
      className="note-field"
      size="xs"
      aria-label="Note for the history"
      placeholder="Note (optional)"
      maxLength={maxNoteLength}
      value={note}
      onChange={({ currentTarget: { value } }) => onChange(value)}
    />
  )
}
