import type { StoredJourneySession } from '../runtime/step-store.ts'

/** A journey session as it was last saved, and what its body seals. */
export type RecentSession = { session: StoredJourneySession; text: string }

/** Maximum length of the texts kept in memory, sealed and open, in UTF-16 units. About 2,000 sessions. */
const maxLength = 8_000_000

/**
 * The journey sessions that this process saved last, so that their next step need not read and open them. Only for a database
 * of one process: nobody else changes these rows.
 */
export class RecentSessions {
  readonly #kept = new Map<string, RecentSession>()
  #length = 0

  get(idHash: string): RecentSession | undefined {
    return this.#kept.get(idHash)
  }

  delete(idHash: string): void {
    const recent = this.#kept.get(idHash)
    if (recent === undefined) return
    this.#kept.delete(idHash)
    this.#length -= lengthOf(recent)
  }

  put(recent: RecentSession): void {
    const { idHash } = recent.session
    this.delete(idHash)
    this.#kept.set(idHash, recent)
    this.#length += lengthOf(recent)
    if (this.#length <= maxLength) return
    for (const oldest of this.#kept.keys()) {
      if (this.#length <= maxLength) return
      this.delete(oldest)
    }
  }

  /** After rows were deleted. */
  clear(): void {
    this.#kept.clear()
    this.#length = 0
  }
}

function lengthOf({ session, text }: RecentSession): number {
  return session.body.length + text.length
}
