import { z } from 'zod'
import type { Topic } from '../cluster.ts'

/** The channel of NOTIFY and LISTEN. Channels belong to one database. */
export const channel = 'sidegate'

/** A notification holds at most 8000 bytes, and a subject is a hash or empty. */
export const wakeUpsPerMessage = 80

export type WakeUp = readonly [topic: Topic, subject: string]

/** @param from id of the sending server, which ignores its own messages. */
export function writeMessage(from: string, wakeUps: readonly WakeUp[]): string {
  return JSON.stringify({ from, hints: wakeUps })
}

// `hints` is the member's name on the wire: servers of two versions can share a database.
const messageSchema = z.object({
  from: z.string(),
  hints: z.array(z.tuple([z.enum(['transaction', 'configuration']), z.string()])),
})

/** @returns the wake-ups of another server; nothing for messages that this version can't read. */
export function readMessage(text: string | undefined, serverId: string): readonly WakeUp[] {
  try {
    const { from, hints } = messageSchema.parse(JSON.parse(text ?? ''))
    return from === serverId ? [] : hints
  } catch {
    return []
  }
}
