import { isJsonObject, type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import type { Refused, ThingTokenPort } from '../../nodes/ports/device-ports.ts'
import { randomToken } from '../../secrets/digest.ts'
import { certifiedKey } from './certificates.ts'
import { signatureAlgorithms } from './device-keys.ts'

/** Allowed clock skew of a thing. */
const skewSeconds = 60

/** Maximum token lifetime. Limits how long a stolen token works. */
const longestLifeSeconds = 3600

/** Verifies tokens signed by things. Sources: RFC 7800, RFC 7523 and RFC 7517. */
export const thingTokens: ThingTokenPort = {
  newChallenge: () => randomToken(16),

  async read(token) {
    const { decodeJwt, decodeProtectedHeader } = await import('jose')
    try {
      const { kid } = decodeProtectedHeader(token)
      return { keyId: kid, claims: jsonObjectSchema.parse(decodeJwt(token)) }
    } catch {
      return undefined
    }
  },

  async verify(token, key, { audiences, now }) {
    const { decodeProtectedHeader, importJWK, jwtVerify } = await import('jose')
    try {
      const { alg } = decodeProtectedHeader(token)
      const publicKey = await importJWK(key, alg)
      const { payload } = await jwtVerify(token, publicKey, {
        algorithms: [...signatureAlgorithms],
        audience: [...audiences],
        clockTolerance: skewSeconds,
        currentDate: new Date(now),
        requiredClaims: ['sub', 'iat', 'exp'],
      })
      const { iat = 0, exp = 0 } = payload
      if (iat > now / 1000 + skewSeconds) return { problem: 'the token was issued in the future' }
      if (exp > iat + longestLifeSeconds) return { problem: 'the token lifetime is too long' }
      return { claims: jsonObjectSchema.parse(payload) }
    } catch (error) {
      return refused(error)
    }
  },

  async certified(key, anchors, now) {
    const { x5c } = key
    const chain = Array.isArray(x5c) ? x5c.filter((each) => typeof each === 'string') : []
    try {
      const vouched = certifiedKey(chain, anchors, now)
      const isItsKey =
        (await thumbprintOf(vouched.key.export({ format: 'jwk' }))) === (await thumbprintOf(key))
      if (!isItsKey) return { problem: 'the certificate is for another key' }
      return { names: ['CN', 'UID'].flatMap((name) => vouched.names.get(name) ?? []) }
    } catch (error) {
      return refused(error)
    }
  },

  publicPart(key) {
    const members = ['kty', 'kid', 'use', 'alg', 'crv', 'x', 'y', 'n', 'e']
    const kept = Object.entries(key).filter(([name]) => members.includes(name))
    return ['EC', 'RSA', 'OKP'].includes(String(key.kty)) ? Object.fromEntries(kept) : undefined
  },
}

async function thumbprintOf(key: unknown): Promise<string> {
  const { calculateJwkThumbprint } = await import('jose')
  if (!isJsonObject(key)) throw new Error('the key cannot be read')
  return calculateJwkThumbprint(key satisfies JsonObject)
}

function refused(error: unknown): Refused {
  return { problem: error instanceof Error ? error.message : 'not readable' }
}
