import type { Draft } from './draft.ts'
import { noteOf } from './notes.ts'

/** The selection in words, such as `2 nodes and 1 note`. */
export function selectionText(draft: Draft, ids: readonly string[]): string {
  const notes = ids.filter((id) => noteOf(draft, id) !== undefined).length
  return [counted(ids.length - notes, 'node'), counted(notes, 'note')]
    .filter((text) => text !== '')
    .join(' and ')
}

function counted(count: number, what: string): string {
  if (count === 0) return ''
  return count === 1 ? `1 ${what}` : `${count} ${what}s`
}
