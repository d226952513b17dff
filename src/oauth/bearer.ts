import { z } from 'zod'
import { digest } from '../secrets/digest.ts'
import { clientRights } from './client-document.ts'
import type { OauthClientStore, OauthStore } from './oauth-store.ts'

/** The client and scopes of a valid token. The calling code checks the scopes. */
export type Bearer = { clientId: string; scopes: string[] }

/** @returns undefined if the token is unknown, expired, revoked or from another realm. */
export type VerifyBearer = (realm: string, token: string) => Promise<Bearer | undefined>

const tokenSchema = z.object({ clientId: z.string(), scope: z.string().default('') })

/**
 * Verifies access tokens directly in storage, so that bearer requests never start `oidc-provider`. The client's current rights
 * apply: tokens of a deleted or inactive client are invalid, and scopes it no longer has are removed.
 */
export function createBearerCheck(needs: {
  store: OauthStore
  clients: Pick<OauthClientStore, 'read'>
  now(): number
}): VerifyBearer {
  return async (realm, token) => {
    const record = await needs.store.read(realm, 'ClientCredentials', digest(token))
    if (record === undefined || (record.expiresAt ?? 0) <= needs.now()) return undefined
    const { clientId, scope } = tokenSchema.parse(record.payload)
    const client = await needs.clients.read(realm, clientId)
    const rights = client && clientRights(client.document)
    if (rights === undefined) return undefined
    return { clientId, scopes: scope.split(' ').filter((name) => rights.scopes.includes(name)) }
  }
}
