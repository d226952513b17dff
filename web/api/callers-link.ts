import { parseSnapshot, readHelpDesk } from './help-desk.ts'
import { realmPath } from './realm-path.ts'
import { serverEvents } from './server-sent-events.ts'

/**
 * The link that a journey made for a caller, for an agent who runs that journey on a page.
 * @param authId the newest of the journey.
 * @returns undefined where the journey made none.
 * @throws ApiError for everybody but agents: a link may be mailed to prove that somebody reads their mail.
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
    const asked = { headers: { 'x-sidegate-authid': authId }, signal: reading.signal }
    for await (const { event, data } of serverEvents(path, asked)) {
      if (event === 'snapshot') return parseSnapshot(data).redirectUri
    }
    return undefined
  } finally {
    reading.abort()
  }
}
