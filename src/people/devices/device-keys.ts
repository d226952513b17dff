import { isJsonObject, type JsonObject, jsonObjectSchema, parsedJson } from '../../base/json.ts'
import type { DeviceKeyPort } from '../../nodes/ports/device-ports.ts'
import { base64 } from '../../secrets/random.ts'

/** Allowed signature algorithms. Excludes shared secrets and `none`. */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
]

export const deviceKeys: DeviceKeyPort = {
  newChallenge: () => base64(32),

  peek(jws) {
    const [header, claims] = jws.split('.').slice(0, 2).map(jsonOf)
    if (header === undefined || claims === undefined) return undefined
    const { kid, jwk } = header
    return {
      keyId: textOf(kid),
      subject: textOf(claims.sub),
      key: isJsonObject(jwk) ? publicPartOf(jwk) : undefined,
    }
  },

  async verify(jws, key, { subject, issuers, skewSeconds, now }) {
    const { errors, importJWK, jwtVerify } = await import('jose')
    try {
      const { alg } = jsonOf(jws.split('.')[0] ?? '') ?? {}
      const publicKey = await importJWK(key, textOf(alg) ?? '')
      const { payload } = await jwtVerify(jws, publicKey, {
        algorithms: signatureAlgorithms,
        subject,
        issuer: [...issuers],
        clockTolerance: skewSeconds,
        currentDate: new Date(now),
        requiredClaims: ['exp'],
      })
      return { claims: jsonObjectSchema.parse(payload) }
    } catch (error) {
      const isClaim = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired
      return { problem: error instanceof Error ? error.message : 'not readable', isSignature: !isClaim }
    }
  },
}

/** Keeps only public members. Private keys must not be stored, and a shared secret proves nothing. */
function publicPartOf(key: JsonObject): JsonObject {
  const members = ['kty', 'kid', 'use', 'alg', 'crv', 'x', 'y', 'n', 'e']
  return Object.fromEntries(Object.entries(key).filter(([name]) => members.includes(name)))
}

function jsonOf(part: string): JsonObject | undefined {
  const value = parsedJson(Buffer.from(part, 'base64url').toString())
  return isJsonObject(value) ? value : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
