import type { Client, errors, KoaContextWithOIDC } from 'oidc-provider'
import { ownMetadataOf } from './client-metadata.ts'
import { strongAlgorithms } from './endpoints.ts'
import { isPushed } from './pushed-requests.ts'

/** Seconds. Source: FAPI 2.0 Security Profile, 5.3.2.1. */
export const fapiCodeSeconds = 60

/** How long a signed request may be used, in seconds. Source: FAPI 2.0 Message Signing, 5.3.1. */
const requestSeconds = 3600

/** Whether the FAPI 2.0 Security Profile holds for a client, by its own setting or the realm's. */
export function isFapi(client: object | undefined): boolean {
  return client !== undefined && ownMetadataOf(client).is_fapi === true
}

/** Refuses assertions for other audiences, or with weak signatures, of clients under FAPI 2.0. Source: 5.3.2.1. */
export function assertionCheck({ InvalidClientAuth }: typeof errors) {
  return async (
    { oidc }: KoaContextWithOIDC,
    { aud }: { aud?: unknown },
    { alg }: { alg?: unknown },
    client: Client,
  ): Promise<void> => {
    if (!isFapi(client)) return
    // rule S45: otherwise an assertion for one endpoint, which another server has asked for, works at others
    if (aud !== oidc.issuer) throw new InvalidClientAuth('audience (aud) must equal the issuer')
    if (!isStrong(alg)) throw new InvalidClientAuth(`must be signed with ${strongAlgorithms.join(' or ')}`)
  }
}

/** Requests without an end, or for too long, are refused: a copy would work later. Pushed ones were checked when they came. */
export function checkSignedRequest(
  ctx: KoaContextWithOIDC,
  claims: Readonly<Record<string, unknown>>,
  { alg }: { alg?: unknown },
  now: number,
): string | undefined {
  if (ctx.oidc.route === 'backchannel_authentication') {
    // Source: CIBA Core, 7.1.1.
    return missing(claims, ['aud', 'iss', 'exp', 'iat', 'nbf', 'jti'])
  }
  if (!isFapi(ctx.oidc.client) || isPushed(ctx)) return undefined
  const absent = missing(claims, ['aud', 'exp', 'nbf'])
  if (absent !== undefined) return absent
  const [begin, end] = [Number(claims.nbf), Number(claims.exp)]
  // rule S45: otherwise a copy of a signed request works for as long as its author likes
  if (!(end > begin && end - begin <= requestSeconds)) return `'exp' must be within an hour after 'nbf'`
  if (!(begin > now / 1000 - requestSeconds)) return `'nbf' is too long ago`
  return isStrong(alg) ? undefined : `must be signed with ${strongAlgorithms.join(' or ')}`
}

function missing(claims: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  const name = names.find((each) => claims[each] === undefined)
  return name === undefined ? undefined : `has no '${name}'`
}

function isStrong(alg: unknown): boolean {
  return strongAlgorithms.some((name) => name === alg)
}
