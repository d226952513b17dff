import type { JWK } from 'jose'
import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import { levels } from '../../engine/level.ts'
import { methodSchema } from '../../engine/methods.ts'

/** Loaded on first use. */
const jose = () => import('jose')

/** Distinguishes grants from other tokens of the realm. Source: RFC 8725, 3.11. */
const type = 'verification-grant+jwt'
const algorithm = 'ES256'

const claimsSchema = z.object({
  /** Reference of the check. */
  jti: z.string(),
  /** Object id of the person who was verified. */
  sub: z.string(),
  /** Username of that person. */
  name: z.string(),
  /** Object id of the agent. */
  agent: z.string(),
  action: z.string(),
  /** Name of the front journey that opened the check. */
  check: z.string().exactOptional(),
  /** Object id of the second agent. */
  secondAgent: z.string().exactOptional(),
  ticket: z.string().exactOptional(),
  amr: z.array(methodSchema),
  level: z.literal(levels),
})

/** What a result permits: one action for one person by one agent, once. Source: RFC 7519; `amr` as in RFC 8176. */
export type GrantClaims = z.infer<typeof claimsSchema>

/** The private keys of a realm, whose public parts are its JSON Web Key Set. */
export type GrantKeys = (realm: string) => Promise<{ keys: readonly JWK[] }>

/**
 * Signs a result as a token that a ticket system can verify itself, by the realm's issuer, key set and expiry. Single use is
 * enforced by `Verifications.use`.
 * @param times epoch milliseconds.
 */
export async function signGrant(
  keys: GrantKeys,
  at: { realm: string; issuer: string },
  claims: GrantClaims,
  times: { issuedAt: number; expiresAt: number },
): Promise<string> {
  const jwk = (await keys(at.realm)).keys.find(({ alg }) => alg === algorithm)
  if (jwk === undefined) throw new Error('the realm has no signing key')
  const { sub, jti, ...others } = claims
  const { importJWK, SignJWT } = await jose()
  return new SignJWT(others)
    .setProtectedHeader({ alg: algorithm, typ: type, ...defined({ kid: jwk.kid }) })
    .setIssuer(at.issuer)
    .setSubject(sub)
    .setJti(jti)
    .setIssuedAt(Math.floor(times.issuedAt / 1000))
    .setExpirationTime(Math.floor(times.expiresAt / 1000))
    .sign(await importJWK(jwk, algorithm))
}

/**
 * Verifies a grant of this realm, expired or not, so that a late use gets a proper error.
 * @returns undefined for other tokens.
 */
export async function readGrant(
  keys: GrantKeys,
  at: { realm: string; issuer: string },
  token: string,
): Promise<GrantClaims | undefined> {
  const publicKeys = (await keys(at.realm)).keys.map(publicPart)
  const { createLocalJWKSet, jwtVerify } = await jose()
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: publicKeys }), {
      algorithms: [algorithm],
      typ: type,
      issuer: at.issuer,
      // The store checks the expiry by the database's clock.
      currentDate: new Date(0),
    })
    return claimsSchema.safeParse(payload).data
  } catch {
    return undefined
  }
}

function publicPart({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...jwk }: JWK): JWK {
  return jwk
}
