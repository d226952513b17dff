import { z } from 'zod'
import { digest } from '../secrets/digest.ts'
import type { Session } from '../sessions/session.ts'
import { adminRealm, isAdminClient } from './admin-clients.ts'
import { adminScopeNames } from './admin-scopes.ts'
import type { OauthStore } from './oauth-store.ts'

/** What a valid token for the admin interface stands for. */
export type AdminBearer = {
  /** The session of the person who got the token. */
  session: Session
  scopes: readonly string[]
}

const tokenSchema = z.object({
  clientId: z.string(),
  accountId: z.string(),
  sessionUid: z.string(),
  scope: z.string().default(''),
})

/**
 * Verifies tokens for the admin interface. Only the root realm has them, and only its two admin clients get them: a token of any
 * other application never counts, whatever its scopes. The token ends with the session that it was made from.
 */
export function createAdminBearerCheck(needs: {
  store: Pick<OauthStore, 'read'>
  sessions: { underWay(handle: string): Promise<Session | undefined> }
  now(): number
}) {
  return async (token: string): Promise<AdminBearer | undefined> => {
    const record = await needs.store.read(adminRealm, 'AccessToken', digest(token))
    if (record === undefined || (record.expiresAt ?? 0) <= needs.now()) return undefined
    const { data } = tokenSchema.safeParse(record.payload)
    if (data === undefined || !isAdminClient(adminRealm, data.clientId)) return undefined
    const session = await needs.sessions.underWay(data.sessionUid)
    if (session?.realm !== adminRealm || session.identityId !== data.accountId) return undefined
    return { session, scopes: data.scope.split(' ').filter((scope) => adminScopeNames.includes(scope)) }
  }
}
