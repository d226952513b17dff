import type { Adapter, AdapterPayload } from 'oidc-provider'
import { z } from 'zod'
import { methodsProperty } from '../engine/system-properties.ts'
import type { SessionEnd } from '../sessions/logout-webhook.ts'
import { maxExpiryOf, type Session } from '../sessions/session.ts'

/** The sessions that journeys leave. */
export type SignedInSessions = {
  /** One that has not ended. */
  underWay(handle: string): Promise<Session | undefined>
  end(session: Session, why: SessionEnd): Promise<boolean>
}

const authorizationsSchema = z.record(
  z.string(),
  z.object({
    sid: z.string().exactOptional(),
    grantId: z.string().exactOptional(),
    persistsLogout: z.boolean().exactOptional(),
  }),
)

/** What a session has authorized, by client id. */
export type Authorizations = z.infer<typeof authorizationsSchema>

/**
 * There are no sessions but ours: `oidc-provider` finds one under its handle, with what we know of it, and keeps beside
 * it what it authorized. When one ends, in whatever way, it ends for applications too.
 */
export function sessionAdapter(
  realm: string,
  records: Adapter,
  { sessions, revokeAll }: { sessions: SignedInSessions; revokeAll(of: Authorizations): Promise<void> },
): Adapter {
  const keptWith = async (handle: string) => (await records.find(handle)) || undefined
  const find = async (handle: string): Promise<AdapterPayload | undefined> => {
    const session = await sessions.underWay(handle)
    if (session === undefined || session.realm !== realm) return undefined
    return payloadOf(session, await keptWith(handle))
  }
  return {
    ...records,
    find,
    findByUid: find,
    async upsert(handle, payload, expiresIn) {
      const held = await find(handle)
      // One that nobody is signed in by is as good as none.
      if (held === undefined) return
      const authorizations = { ...held.authorizations, ...payload.authorizations }
      const kept = { authorizations, state: payload.state }
      if (JSON.stringify(kept) === JSON.stringify(keptOf(held))) return
      await records.upsert(handle, { ...kept, uid: handle }, expiresIn)
    },
    async destroy(handle) {
      const session = await sessions.underWay(handle)
      const held = await keptWith(handle)
      if (session !== undefined) await sessions.end(session, 'LOGOUT')
      await revokeAll(authorizationsIn(held))
      await records.destroy(handle)
    },
  }
}

function payloadOf(session: Session, kept: AdapterPayload | undefined): AdapterPayload {
  const { handle, identityId, properties, createdAt } = session
  const methods = properties[methodsProperty]?.split(/[\s,]+/).filter((word) => word !== '') ?? []
  return {
    kind: 'Session',
    jti: handle,
    uid: handle,
    accountId: identityId,
    loginTs: inSeconds(createdAt),
    iat: inSeconds(createdAt),
    exp: inSeconds(maxExpiryOf(session)),
    ...(methods.length === 0 ? {} : { amr: methods }),
    ...keptOf(kept),
  }
}

function keptOf(kept: AdapterPayload | undefined): Pick<AdapterPayload, 'authorizations' | 'state'> {
  return {
    authorizations: authorizationsIn(kept),
    ...(kept?.state === undefined ? {} : { state: kept.state }),
  }
}

function authorizationsIn(kept: AdapterPayload | undefined): Authorizations {
  return authorizationsSchema.parse(kept?.authorizations ?? {})
}

function inSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
