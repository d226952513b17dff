import { z } from 'zod'
import { digest } from '../secrets/digest.ts'
import { clientRights } from './client-document.ts'
import type { OauthClientStore, OauthStore } from './oauth-store.ts'

/** Whom a token speaks for. The caller decides whether the scopes suffice. */
export type Bearer = { clientId: string; scopes: string[] }

/** @returns undefined for a token that is unknown, expired, revoked or of another realm. */
export type VerifyBearer = (realm: string, token: string) => Promise<Bearer | undefined>

const tokenSchema = z.object({ clientId: z.string(), scope: z.string().default('') })

/**
 * Checks access tokens straight in storage, so that a bearer call never starts `oidc-provider`. A token is worth no
 * more than its client is now: none if the client is gone or inactive, and only scopes that it still may have.
 */
export function createBearerCheck(needs: {
  store: OauthStore
  clients: OauthClientStore
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
