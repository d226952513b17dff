import { readCheckFeed } from '../../../api/check-feed.ts'
import type { CheckSnapshot } from '../../../api/help-desk.ts'

/**
 * The codes of the check that a run opened, as its agent sees them.
 * @param authId the latest one of the agent's journey.
 * @returns undefined for a transaction that is no check.
 */
export async function readCodes(
  realm: string,
  authId: string,
  signal: AbortSignal,
): Promise<Pick<CheckSnapshot, 'code' | 'reverseCode'> | null> {
  const reading = new AbortController()
  signal.addEventListener('abort', () => reading.abort(), { once: true })
  try {
    const feed = readCheckFeed({ realm, authId, isLate: false, signal: reading.signal })
    for await (const item of feed) if ('snapshot' in item) return item.snapshot
    return null
  } finally {
    reading.abort()
  }
}
