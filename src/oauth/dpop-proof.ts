import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import { z } from 'zod'
import { digest } from '../secrets/digest.ts'
import { strongAlgorithms } from './endpoints.ts'
import type { OauthStore } from './oauth-store.ts'

/** How old a proof can be, in seconds, as at the OAuth2 endpoints. */
const maxAge = 300

/** How far the clock of a client may be ahead, in seconds. */
const maxSkew = 60

/** A proof as a call brought it. */
export type Proof = { jwt: string; method: string; url: string }

/**
 * Whether a call comes from the holder of the key that its token is bound to. A proof works once. Source: RFC 9449, 4.3 and 7.1.
 * @param jkt the thumbprint of the key.
 */
export async function isProven(
  { jwt, method, url }: Proof,
  { token, jkt, realm }: { token: string; jkt: string; realm: string },
  { store, now }: { store: Pick<OauthStore, 'create'>; now(): number },
): Promise<boolean> {
  const claimsSchema = z.object({
    htm: z.literal(method),
    htu: z.string().refine((sent) => addressOf(sent) === addressOf(url)),
    // rule S45: otherwise a proof that was made for one token works for another
    ath: z.literal(digest(token)),
    jti: z.string().min(1).max(255),
  })
  try {
    const options = { algorithms: [...strongAlgorithms], typ: 'dpop+jwt', clockTolerance: maxSkew }
    const checked = await jwtVerify(jwt, EmbeddedJWK, {
      ...options,
      maxTokenAge: maxAge,
      currentDate: new Date(now()),
    })
    const claims = claimsSchema.safeParse(checked.payload).data
    const { jwk } = checked.protectedHeader
    // rule S45: otherwise a thief of a token proves a key of his own
    if (claims === undefined || jwk === undefined || (await calculateJwkThumbprint(jwk)) !== jkt) return false
    const expiresAt = now() + (maxAge + 2 * maxSkew) * 1000
    const idHash = digest(JSON.stringify([jkt, claims.jti]))
    // rule S45: otherwise a proof that was seen in a log works again
    return await store.create({ realm, model: 'DpopProof', idHash, payload: {}, expiresAt })
  } catch {
    return false
  }
}

/** Without query and fragment, which proofs leave out. */
function addressOf(url: string): string | undefined {
  const { origin, pathname } = URL.parse(url) ?? {}
  return origin === undefined ? undefined : `${origin}${pathname}`
}
