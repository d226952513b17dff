import type { JWK } from 'jose'
import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject, jsonObjectSchema, jsonSchema } from '../../base/json.ts'
import { HostCallError } from '../script-engine.ts'
import { refuseLargeKey } from './crypto-keys.ts'
import type { SlowTurn } from './slow-calls.ts'

const key = z.union([z.string().min(1), jsonObjectSchema])
type Key = z.output<typeof key>

const text = z.string().nullish()
const common = z.object({
  jwtType: z.enum(['SIGNED', 'SIGNED_THEN_ENCRYPTED', 'ENCRYPTED_THEN_SIGNED']),
  issuer: text,
  subject: text,
  audience: z.union([z.string(), z.array(z.string())]).nullish(),
  type: text,
  stableId: text,
  accountId: text,
  claims: jsonObjectSchema.nullish(),
  signingKey: key.nullish(),
  encryptionKey: key.nullish(),
})
const assertion = common.extend({
  jwsAlgorithm: z.enum(['HS256', 'RS256']),
  jwtId: text,
  validityMinutes: z.coerce.number().positive().nullish(),
  privateKey: key.nullish(),
})
const expectation = common.extend({ jwt: z.string(), clockSkew: z.coerce.number().nonnegative().nullish() })

/** Loaded on first use, because most journeys handle no JWTs. */
const jose = () => import('jose')

/**
 * Answers `jwtAssertion.generateJwt`. Source: "Generate and validate JWTs" in the vendor's scripting guide.
 * @param now epoch milliseconds.
 * @param turn RSA keys wait for it: the script can have chosen a slow one.
 * @returns null for data that makes no valid JWT.
 * @throws HostCallError for an unsuitable key.
 */
export async function generateJwt(
  data: Json | undefined,
  now: number,
  turn: Pick<SlowTurn, 'brief'>,
): Promise<string | null> {
  const parsed = assertion.safeParse(data)
  if (!parsed.success) return null
  const { jwtType, jwsAlgorithm, encryptionKey, stableId, accountId } = parsed.data
  if (!(parsed.data.issuer ?? stableId ?? accountId)) return null
  if (jwsAlgorithm === 'RS256' && jwtType !== 'SIGNED') return null
  const signingKey = jwsAlgorithm === 'RS256' ? parsed.data.privateKey : parsed.data.signingKey
  if (!signingKey || (jwtType !== 'SIGNED' && !encryptionKey)) return null
  const claims = JSON.stringify(claimsOf(parsed.data, now))
  const kid = stableId ?? accountId
  const header = { typ: 'JWT', alg: jwsAlgorithm, ...(kid ? { kid } : {}) }
  const sign = (payload: string) => signed(payload, header, signingKey)
  // rule S50: otherwise JWTs with RSA keys are signed all at once
  if (jwsAlgorithm === 'RS256') return turn.brief(() => sign(claims))
  if (!encryptionKey) return sign(claims)
  if (jwtType === 'ENCRYPTED_THEN_SIGNED') return sign(await encrypted(claims, encryptionKey))
  return jwtType === 'SIGNED' ? sign(claims) : encrypted(await sign(claims), encryptionKey)
}

/**
 * Answers `jwtValidator.validateJwtClaims`.
 * @param now epoch milliseconds.
 * @param turn as of {@link generateJwt}
 * @returns the claims under the vendor's names, or null for an invalid JWT.
 * @throws HostCallError for a missing or unsuitable verification key.
 */
export async function validateJwtClaims(
  data: Json | undefined,
  now: number,
  turn: Pick<SlowTurn, 'brief'>,
): Promise<JsonObject | null> {
  const parsed = expectation.safeParse(data)
  if (!parsed.success) return null
  const { signingKey, issuer, stableId, accountId } = parsed.data
  if (!signingKey) throw new HostCallError('No verification key was given', 400)
  if (!(issuer ?? stableId ?? accountId)) return null
  const verification = await verificationKey(signingKey)
  const open = () => openedClaims(parsed.data, verification).catch(() => undefined)
  // rule S50: otherwise JWTs with RSA keys are verified all at once
  const claims = await (verification.alg === 'RS256' ? turn.brief(open) : open())
  if (claims === undefined || !holds(claims, parsed.data, now)) return null
  const { iss, sub, aud, exp, iat, jti, typ, ...custom } = claims
  const named = { issuer: iss, subject: sub, audience: aud, expirationTime: exp, issuedAt: iat }
  return dropUndefined({ ...custom, ...named, jwtId: jti, type: typ })
}

/** Answers `jwt.decrypt`: the content of a JWE with a symmetric key, in base64. */
export async function decryptJwe(jwe: string, secret: string): Promise<string> {
  return decrypted(jwe, Buffer.from(secret, 'base64'))
}

type Verification = { alg: 'HS256' | 'RS256'; key: Parameters<typeof import('jose').compactVerify>[1] }

function claimsOf(asked: z.output<typeof assertion>, nowMs: number): JsonObject {
  const now = Math.floor(nowMs / 1000)
  const { issuer, subject, accountId, audience, type, jwtId, validityMinutes } = asked
  return dropUndefined({
    ...asked.claims,
    iss: issuer ?? accountId ?? undefined,
    sub: subject ?? accountId ?? undefined,
    aud: audience ?? undefined,
    typ: type ?? undefined,
    jti: jwtId ?? undefined,
    iat: now,
    exp: validityMinutes ? now + Math.round(validityMinutes * 60) : undefined,
  })
}

async function openedClaims(
  { jwt, jwtType, encryptionKey }: z.output<typeof expectation>,
  { alg, key }: Verification,
): Promise<JsonObject | undefined> {
  const decrypt = (jwe: string) => (encryptionKey ? decrypted(jwe, secretOf(encryptionKey)) : '')
  const { compactVerify } = await jose()
  const jws = jwtType === 'SIGNED_THEN_ENCRYPTED' ? await decrypt(jwt) : jwt
  // The algorithm comes from the key, never from the token.
  const { payload } = await compactVerify(jws, key, { algorithms: [alg] })
  const inside = Buffer.from(payload).toString('utf8')
  const claims = jsonSchema.parse(
    JSON.parse(jwtType === 'ENCRYPTED_THEN_SIGNED' ? await decrypt(inside) : inside),
  )
  return isJsonObject(claims) ? claims : undefined
}

function holds(claims: JsonObject, asked: z.output<typeof expectation>, nowMs: number): boolean {
  const skew = asked.clockSkew ?? 0
  const now = nowMs / 1000
  const { exp, iat } = claims
  if (typeof exp !== 'number' || exp + skew <= now) return false
  if (typeof iat === 'number' && iat - skew > now) return false
  const expected: [Json | null | undefined, Json | undefined][] = [
    [asked.issuer ?? asked.accountId, claims.iss],
    [asked.subject ?? asked.accountId, claims.sub],
    [asked.type, claims.typ],
    ...Object.entries(asked.claims ?? {}).map(([name, value]): [Json, Json | undefined] => [
      value,
      claims[name],
    ]),
  ]
  const audiences = [asked.audience ?? []].flat()
  const given: (Json | undefined)[] = [claims.aud].flat()
  return (
    expected.every(
      ([wanted, actual]) => wanted == null || JSON.stringify(wanted) === JSON.stringify(actual),
    ) &&
    (audiences.length === 0 || audiences.some((audience) => given.includes(audience)))
  )
}

async function signed(payload: string, header: { alg: string }, given: Key): Promise<string> {
  const { CompactSign, importJWK } = await jose()
  const bytes = new TextEncoder().encode(payload)
  try {
    const signingKey =
      header.alg === 'HS256' ? secretOf(given) : await importJWK(privateJwkOf(given), 'RS256')
    return await new CompactSign(bytes).setProtectedHeader(header).sign(signingKey)
  } catch (error) {
    if (error instanceof HostCallError) throw error
    throw new HostCallError(`The key does not fit ${header.alg}`, 400)
  }
}

async function verificationKey(given: Key): Promise<Verification> {
  const jwk = tryJwk(given)
  if (jwk?.kty !== 'RSA') return { alg: 'HS256', key: secretOf(given) }
  const { importJWK } = await jose()
  const { kty, n, e } = jwk
  // rule S50: otherwise large keys verify JWTs
  refuseLargeKey({ n, e })
  try {
    return { alg: 'RS256', key: await importJWK(dropUndefined({ kty, n, e }), 'RS256') }
  } catch {
    throw new HostCallError('The verification key does not fit RS256', 400)
  }
}

async function encrypted(payload: string, given: Key): Promise<string> {
  const { CompactEncrypt } = await jose()
  try {
    return await new CompactEncrypt(new TextEncoder().encode(payload))
      .setProtectedHeader({ alg: 'dir', enc: 'A128CBC-HS256' })
      .encrypt(secretOf(given))
  } catch {
    throw new HostCallError('The encryption key must be 32 bytes in base64', 400)
  }
}

async function decrypted(jwe: string, secret: Uint8Array): Promise<string> {
  const { compactDecrypt } = await jose()
  const keyManagementAlgorithms = ['dir', 'A128KW', 'A256KW']
  const { plaintext } = await compactDecrypt(jwe, secret, { keyManagementAlgorithms })
  return Buffer.from(plaintext).toString('utf8')
}

/** A secret is base64, or a JSON Web Key of type `oct` as an object, text or base64. */
function secretOf(given: Key): Uint8Array {
  const jwk = tryJwk(given)
  if (jwk?.kty === 'oct' && typeof jwk.k === 'string') return Buffer.from(jwk.k, 'base64url')
  if (jwk !== undefined || typeof given !== 'string') throw new HostCallError('The key is not a secret', 400)
  return Buffer.from(given, 'base64')
}

function privateJwkOf(given: Key): JWK {
  const jwk = tryJwk(given)
  if (jwk === undefined) throw new HostCallError('The key is not a JSON Web Key', 400)
  refuseLargeKey(jwk)
  return jwk
}

function tryJwk(given: Key): JWK | undefined {
  if (typeof given !== 'string') return given
  const plain = given.trimStart().startsWith('{') ? given : Buffer.from(given, 'base64').toString('utf8')
  if (!plain.startsWith('{')) return undefined
  try {
    const parsed = jsonObjectSchema.safeParse(JSON.parse(plain))
    return parsed.data
  } catch {
    return undefined
  }
}

function dropUndefined(members: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  )
}
