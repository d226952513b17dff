import { z } from 'zod'
import { digest } from '../secrets/digest.ts'
import { clientRights } from './client-document.ts'
import type { Proof } from './dpop-proof.ts'
import type { OauthClientStore, OauthStore } from './oauth-store.ts'

/** The client and scopes of a valid token. The calling code checks the scopes. */
export type Bearer = { clientId: string; scopes: string[] }

/**
 * @param proof of the key that the token is bound to, if the call brought one.
 * @returns undefined if the token is unknown, expired, revoked, from another realm, or bound to a key without its proof.
 */
export type VerifyBearer = (realm: string, token: string, proof?: Proof) => Promise<Bearer | undefined>

const tokenSchema = z.object({
  clientId: z.string(),
  scope: z.string().default(''),
  /** The thumbprint of the key that it is bound to. */
  jkt: z.string().exactOptional(),
})

/**
 * Verifies access tokens directly in storage, so that bearer requests never start `oidc-provider`. The client's current rights
 * apply: tokens of a deleted or inactive client are invalid, and scopes it no longer has are removed.
 */
export function createBearerCheck(needs: {
  store: Pick<OauthStore, 'read' | 'create'>
  clients: Pick<OauthClientStore, 'read'>
  now(): number
}): VerifyBearer {
  return async (realm, token, proof) => {
    const record = await needs.store.read(realm, 'ClientCredentials', digest(token))
    if (record === undefined || (record.expiresAt ?? 0) <= needs.now()) return undefined
    const { clientId, scope, jkt } = tokenSchema.parse(record.payload)
    // rule S45: otherwise a bound token works without a proof of its key
    if ((jkt === undefined) !== (proof === undefined)) return undefined
    const client = await needs.clients.read(realm, clientId)
    const rights = client && clientRights(client.document)
    if (rights === undefined) return undefined
    if (jkt !== undefined && proof !== undefined) {
      const { isProven } = await import('./dpop-proof.ts')
      if (!(await isProven(proof, { token, jkt, realm }, needs))) return undefined
    }
    return { clientId, scopes: scope.split(' ').filter((name) => rights.scopes.includes(name)) }
  }
}
