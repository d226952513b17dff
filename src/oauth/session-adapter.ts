import type { Adapter, AdapterPayload } from 'oidc-provider'
import { z } from 'zod'
import { methodsProperty } from '../engine/system-properties.ts'
import type { SessionEnd } from '../sessions/logout-webhook.ts'
import { maxExpiryOf, type Session } from '../sessions/session.ts'

/** Sessions created by journeys. */
export type SignedInSessions = {
  /** The session, unless it has ended. */
  underWay(handle: string): Promise<Session | undefined>
  end(session: Session, why: SessionEnd): Promise<boolean>
  addWebhook(session: Session, name: string): Promise<void>
}

const authorizationsSchema = z.record(
  z.string(),
  z.object({
    sid: z.string().exactOptional(),
    grantId: z.string().exactOptional(),
    persistsLogout: z.boolean().exactOptional(),
  }),
)

/** The authorizations of a session, by client id. */
export type Authorizations = z.infer<typeof authorizationsSchema>

/**
 * Presents the journeys' sessions to `oidc-provider`, by session handle. Only the authorizations are stored here, next to the
 * session. When the session ends for any reason, it ends for applications too.
 */
export function sessionAdapter(
  realm: string,
  records: Adapter,
  {
    sessions,
    revokeAll,
    authorized,
  }: {
    sessions: SignedInSessions
    revokeAll(of: Authorizations): Promise<void>
    /** Called before the first authorization of a client in a session is saved. */
    authorized(session: Session, clientId: string): Promise<void>
  },
): Adapter {
  const storedFor = async (handle: string) => (await records.find(handle)) || undefined
  const find = async (handle: string): Promise<AdapterPayload | undefined> => {
    const session = await sessions.underWay(handle)
    if (session === undefined || session.realm !== realm) return undefined
    return payloadOf(session, await storedFor(handle))
  }
  return {
    ...records,
    find,
    findByUid: find,
    async upsert(handle, payload, expiresIn) {
      const existing = await find(handle)
      // An anonymous session is not stored.
      if (existing === undefined) return
      const authorizations = { ...existing.authorizations, ...payload.authorizations }
      const next = { authorizations, state: payload.state }
      if (JSON.stringify(next) === JSON.stringify(storedPart(existing))) return
      const session = await sessions.underWay(handle)
      const known = authorizationsIn(existing)
      for (const clientId of Object.keys(authorizations)) {
        if (session !== undefined && !Object.hasOwn(known, clientId)) await authorized(session, clientId)
      }
      await records.upsert(handle, { ...next, uid: handle }, expiresIn)
    },
    async destroy(handle) {
      const session = await sessions.underWay(handle)
      const stored = await storedFor(handle)
      if (session !== undefined) await sessions.end(session, 'LOGOUT')
      await revokeAll(authorizationsIn(stored))
      await records.destroy(handle)
    },
  }
}

/** Who signed in, when (epoch seconds) and how. */
export function signInOf({ identityId, properties, createdAt }: Session) {
  const methods = properties[methodsProperty]?.split(/[\s,]+/).filter((word) => word !== '') ?? []
  return {
    accountId: identityId,
    loginTs: inSeconds(createdAt),
    ...(methods.length === 0 ? {} : { amr: methods }),
  }
}

function payloadOf(session: Session, stored: AdapterPayload | undefined): AdapterPayload {
  const { handle, createdAt } = session
  return {
    kind: 'Session',
    jti: handle,
    uid: handle,
    ...signInOf(session),
    iat: inSeconds(createdAt),
    exp: inSeconds(maxExpiryOf(session)),
    ...storedPart(stored),
  }
}

function storedPart(stored: AdapterPayload | undefined): Pick<AdapterPayload, 'authorizations' | 'state'> {
  return {
    authorizations: authorizationsIn(stored),
    ...(stored?.state === undefined ? {} : { state: stored.state }),
  }
}

function authorizationsIn(stored: AdapterPayload | undefined): Authorizations {
  return authorizationsSchema.parse(stored?.authorizations ?? {})
}

function inSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
