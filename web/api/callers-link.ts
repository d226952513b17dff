import { readCheckFeed } from './check-feed.ts'
import { readHelpDesk } from './help-desk.ts'

/**
 * Reads the caller's link for an agent who runs the journey in the sign-in page.
 * @param authId the journey's latest one.
 * @returns undefined when the journey created no link.
 * @throws ApiError unless an agent is signed in: other people must get the link by email, which can be what it proves.
 * @throws OfflineError
 */
export async function readCallersLink(
  realm: string,
  authId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  await readHelpDesk(realm)
  const reading = new AbortController()
  signal.addEventListener('abort', () => reading.abort(), { once: true })
  try {
    const feed = readCheckFeed({ realm, authId, isLate: false, signal: reading.signal })
    for await (const item of feed) if ('snapshot' in item) return item.snapshot.redirectUri
    return undefined
  } finally {
    reading.abort()
  }
}
