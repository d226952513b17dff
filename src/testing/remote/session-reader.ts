import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import type { SessionFacts } from '../play/session-facts.ts'
import { ownProperties } from '../play/session-facts.ts'
import { Unobservable } from '../play/walk-world.ts'
import { realmPath } from './realm-path.ts'
import { reasons } from './reasons.ts'
import type { RemoteServer } from './remote-server.ts'

const infoSchema = z.object({
  username: z.string(),
  latestAccessTime: z.coerce.date(),
  maxSessionExpirationTime: z.coerce.date(),
  properties: z.record(z.string(), z.unknown()).default({}),
})

const minuteMs = 60_000

/**
 * Describes a new session by its own token. Properties are those that the realm shows to clients.
 * Source: "Get information about sessions" (PingAM REST).
 * @param token empty on a server that sends it only as a cookie.
 * @returns the person by the name that the server has.
 * @throws Unobservable if the server does not describe it.
 */
export async function readSession(
  server: Pick<RemoteServer, 'ask'>,
  realm: string,
  { token, cookie }: { token: string; cookie: string | undefined },
): Promise<SessionFacts & { person: string }> {
  const { status, body } = await server.ask(`${realmPath(realm)}/sessions?_action=getSessionInfo`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-api-version': 'resource=4.0, protocol=1.0',
      ...defined({ cookie }),
    },
    body: JSON.stringify(token === '' ? {} : { tokenId: token }),
  })
  const info = infoSchema.safeParse(status === 200 ? jsonIn(body) : undefined)
  if (!info.success) throw new Unobservable(reasons.session)
  const { username, latestAccessTime, maxSessionExpirationTime, properties } = info.data
  const texts = Object.entries(properties).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  const shown = Object.fromEntries(texts)
  const level = Number.parseInt(shown.AuthLevel ?? '', 10)
  return {
    person: username,
    level: Number.isNaN(level) ? undefined : level,
    properties: ownProperties(shown),
    minutes: Math.round((maxSessionExpirationTime.getTime() - latestAccessTime.getTime()) / minuteMs),
    isPartial: true,
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
