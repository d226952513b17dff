/** The header with the reason for a save, for the history. Percent-encoded, because headers are ASCII. */
export function noteHeader(note: string): Record<string, string> {
  const text = note.trim()
  return text === '' ? {} : { 'sidegate-note': encodeURIComponent(text) }
}

/** The server refuses longer notes. */
export const maxNoteLength = 500
