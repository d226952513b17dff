import {
  calculateJwkThumbprint,
  compactVerify,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  importJWK,
  type JWTPayload,
  type ProtectedHeaderParameters,
} from 'jose'
import type { JsonObject } from '../base/json.ts'
import { routes } from './endpoints.ts'
import { publicPart, type ServiceAccount } from './service-account.ts'

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

const maxLifeSeconds = 15 * 60

const maxSkewSeconds = 60

/** Longer ids would only cost memory. */
const maxIdLength = 255

/** A checked assertion: the JWT by which a service account asks for a token. */
export type Assertion = {
  account: ServiceAccount
  /** The thumbprint of the key that signed it (RFC 7638). */
  key: string
  /** Its id, which works once. */
  id: string
  /** Epoch seconds. */
  expiresAt: number
}

/** Why an assertion is refused. Only the holder of the key learns more than that it is not valid. */
export class RefusedAssertion extends Error {}

type Checks = {
  readAccount(id: string): Promise<ServiceAccount | undefined>
  audiences: readonly string[]
  /** Epoch milliseconds. */
  now: number
}

/** Source: RFC 7523, section 3, and the vendor's service accounts. */
export async function checkAssertion(
  text: string,
  { readAccount, audiences, now }: Checks,
): Promise<Assertion> {
  const { payload, header } = partsOf(text)
  const account = typeof payload.iss === 'string' ? await readAccount(payload.iss) : undefined
  // Unknown, disabled and a wrong key are one answer: nobody can look for accounts.
  const key = account?.isActive === true ? await signerOf(text, header, account) : undefined
  if (account === undefined || key === undefined) {
    throw new RefusedAssertion('The assertion is not signed with a key of an active service account')
  }
  // rule S34: otherwise an assertion may name another subject
  if (payload.sub !== account.id) {
    throw new RefusedAssertion('iss and sub of the assertion must be the id of the service account')
  }
  if (
    ![payload.aud]
      .flat()
      // rule S34: otherwise an assertion for another server counts
      .some((audience) => audience !== undefined && audiences.includes(audience))
  ) {
    throw new RefusedAssertion(`aud of the assertion must be ${audiences[0]}`)
  }
  const expiresAt = checkedTimes(payload, Math.floor(now / 1000))
  if (typeof payload.jti !== 'string' || payload.jti === '' || payload.jti.length > maxIdLength) {
    throw new RefusedAssertion('jti of the assertion must be a new, unique text')
  }
  return { account, key, id: payload.jti, expiresAt }
}

/** Not verified yet. */
function partsOf(text: string): { payload: JWTPayload; header: ProtectedHeaderParameters } {
  try {
    return { payload: decodeJwt(text), header: decodeProtectedHeader(text) }
  } catch {
    throw new RefusedAssertion('The assertion must be a signed JWT')
  }
}

/** The thumbprint of the account's key that signed the assertion. */
async function signerOf(
  text: string,
  { kid, alg }: ProtectedHeaderParameters,
  { keys }: ServiceAccount,
): Promise<string | undefined> {
  if (typeof alg !== 'string') return undefined
  const named = keys.filter((key) => kid === undefined || key.kid === undefined || key.kid === kid)
  for (const key of named) if (await isSignedWith(text, key, alg)) return thumbprintOf(key)
  return undefined
}

async function isSignedWith(text: string, key: JsonObject, alg: string): Promise<boolean> {
  const imported = await importedKey(key, alg)
  if (imported === undefined) return false
  try {
    await compactVerify(text, imported, { algorithms })
    return true
  } catch (error) {
    // The last: a key of another type can't be used with the algorithm.
    if (error instanceof errors.JOSEError || error instanceof TypeError) return false
    throw error
  }
}

/** Undefined if the key can't be used with the algorithm. */
async function importedKey(key: JsonObject, alg: string) {
  try {
    return await importJWK(publicPart(key), alg)
  } catch {
    return undefined
  }
}

export function thumbprintOf(key: JsonObject): Promise<string> {
  return calculateJwkThumbprint(key)
}

/** @returns when the assertion expires. */
function checkedTimes({ exp, nbf }: JWTPayload, now: number): number {
  if (typeof exp !== 'number') throw new RefusedAssertion('The assertion must have the claim exp')
  // rule S34: otherwise an assertion never expires
  if (exp <= now) throw new RefusedAssertion('The assertion has expired')
  // rule S34: otherwise an assertion may be valid for years
  if (exp > now + maxLifeSeconds + maxSkewSeconds) {
    throw new RefusedAssertion(`exp of the assertion must be within ${maxLifeSeconds} seconds`)
  }
  if (typeof nbf === 'number' && nbf > now + maxSkewSeconds) {
    throw new RefusedAssertion('The assertion is not valid yet')
  }
  return exp
}

/** The spellings of the token endpoint of the root realm that the vendor's tools send. */
export function audiencesOf(baseUrl: string): [string, ...string[]] {
  const { origin, protocol, hostname, port, pathname } = new URL(baseUrl)
  const path = pathname.replace(/\/$/, '')
  const portOf = port || (protocol === 'https:' ? '443' : '80')
  const origins = [
    origin,
    `${protocol}//${hostname}:${portOf}`,
    // The command line adds the port although it is there.
    `${origin}:${portOf}`,
  ]
  const paths = [`${path}/oauth2${routes.token}`, `${path}/oauth2/realms/root${routes.token}`]
  const [first = '', ...others] = paths.flatMap((each) => origins.map((start) => start + each))
  return [first, ...others]
}
