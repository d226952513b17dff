import { z } from 'zod'
import type { Topic } from '../cluster.ts'

/** The channel of NOTIFY and LISTEN. Channels belong to one database. */
export const channel = 'sidegate'

/** A notification takes 8000 bytes at most; a subject is a hash or empty, so so many fit. */
export const hintsInNote = 80

export type Hint = readonly [topic: Topic, subject: string]

/** @param from names a server: what it says itself it need not hear. */
export function writeNote(from: string, hints: readonly Hint[]): string {
  return JSON.stringify({ from, hints })
}

const noteSchema = z.object({
  from: z.string(),
  hints: z.array(z.tuple([z.enum(['transaction', 'configuration']), z.string()])),
})

/** @returns the hints of others; none of what a newer server says and we do not understand. */
export function readNote(text: string | undefined, own: string): readonly Hint[] {
  try {
    const { from, hints } = noteSchema.parse(JSON.parse(text ?? ''))
    return from === own ? [] : hints
  } catch {
    return []
  }
}
