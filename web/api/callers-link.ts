import { parseSnapshot, readHelpDesk } from './help-desk.ts'
import { realmPath } from './realm-path.ts'
import { serverEvents } from './server-sent-events.ts'

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
    const path = `${realmPath(realm)}/authenticate/backchannel/events`
    const options = { headers: { 'x-sidegate-authid': authId }, signal: reading.signal }
    for await (const { event, data } of serverEvents(path, options)) {
      if (event === 'snapshot') return parseSnapshot(data).redirectUri
    }
    return undefined
  } finally {
    reading.abort()
  }
}
