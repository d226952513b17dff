import { type Hint, hintsInNote, writeNote } from './hint-note.ts'

/** More of them than any moment has: then the oldest are lost, as hints may be. */
const maxWaiting = 10_000

/**
 * Sends hints to the other servers, those that gather while a note is on its way with the next one.
 * @param notify sends a note. It must stand outside the transactions that the hints are about: PostgreSQL commits
 * transactions that notify one after the other.
 */
export function hintSender(from: string, notify: (note: string) => Promise<unknown>) {
  const waiting = new Map<string, Hint>()
  let isSending = false

  async function send(): Promise<void> {
    isSending = true
    while (waiting.size > 0) {
      const next = [...waiting].slice(0, hintsInNote)
      for (const [key] of next) waiting.delete(key)
      const note = writeNote(
        from,
        next.map(([, hint]) => hint),
      )
      // One that cannot be sent is a lost hint.
      await notify(note).catch(() => undefined)
    }
    isSending = false
  }

  return (...hint: Hint): void => {
    const [oldest] = waiting.keys()
    if (waiting.size >= maxWaiting && oldest !== undefined) waiting.delete(oldest)
    waiting.set(hint.join(' '), hint)
    if (!isSending) void send()
  }
}
