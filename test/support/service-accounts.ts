import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import { defined } from '../../src/base/defined.ts'
import { postToken, type TokenReply } from './admin-tokens.ts'
import type { Ask, RestReply } from './rest.ts'

export const svcacct = '/openidm/managed/svcacct'

/** A key pair of a service account. */
export type Keys = { publicKey: JWK; privateKey: JWK }

export async function newKeys(alg = 'RS256'): Promise<Keys> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { publicKey: await exportJWK(publicKey), privateKey: { ...(await exportJWK(privateKey)), alg } }
}

/** Creates a service account as the vendor's tools do. */
export function createAccount(ask: Ask, keys: Keys, more: object = {}): Promise<RestReply> {
  const jwks = JSON.stringify({ keys: [keys.publicKey] })
  const body = { name: 'pipeline', accountStatus: 'active', scopes: ['fr:am:*', 'fr:idm:*'], jwks, ...more }
  return ask(`${svcacct}?_action=create`, { method: 'POST', body })
}

/** An assertion as the vendor's tools sign it. @param claims change it; undefined removes a claim. */
export async function assertionOf(
  url: string,
  id: string,
  { privateKey }: Pick<Keys, 'privateKey'>,
  claims: Record<string, unknown> = {},
  now = Date.now(),
): Promise<string> {
  const payload = {
    iss: id,
    sub: id,
    aud: `${url}/oauth2/access_token`,
    exp: Math.floor(now / 1000) + 180,
    jti: randomUUID(),
    ...claims,
  }
  const alg = privateKey.alg ?? 'RS256'
  const signed = new SignJWT(defined(payload) as JWTPayload).setProtectedHeader({ alg })
  return signed.sign(await importKey(privateKey))
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const { importJWK } = await import('jose')
  return (await importJWK(jwk)) as CryptoKey
}

export function exchange(url: string, assertion: string, scope = 'fr:am:* fr:idm:*'): Promise<TokenReply> {
  return postToken(url, {
    client_id: 'service-account',
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion,
    scope,
  })
}
