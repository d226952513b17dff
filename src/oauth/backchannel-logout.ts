import { isJsonObject } from '../base/json.ts'
import type { LogoutToken, OutgoingCall } from '../outbox/call.ts'
import type { Session } from '../sessions/session.ts'
import { clientMetadata, ownMetadataSchema } from './client-metadata.ts'
import type { OauthClientStore } from './oauth-store.ts'
import type { SigningKeyStore } from './signing-keys.ts'
import type { PairwiseSubjects } from './subjects.ts'

/**
 * The server tells applications when a session ends that they know, however it ends. They are in the session's list of webhooks, with the
 * issuer that they know, because most sessions end without a request. Source: OpenID Connect Back-Channel Logout 1.0.
 */
const entryPattern = /^openid-logout (\S+) (.+)$/

export function logoutEntry(issuer: string, clientId: string): string {
  return `openid-logout ${issuer} ${clientId}`
}

/** The call for an entry of a session that ends. `undefined`: it is another webhook. `null`: the client wants none any longer. */
export type ApplicationCall = (session: Session, entry: string) => Promise<OutgoingCall | null | undefined>

export function applicationCall({
  clients,
  subjects,
}: {
  clients: Pick<OauthClientStore, 'read'>
  subjects: Pick<PairwiseSubjects, 'subjectOf'>
}): ApplicationCall {
  return async ({ realm, handle, identityId }, entry) => {
    const [, iss, aud] = entryPattern.exec(entry) ?? []
    if (iss === undefined || aud === undefined) return undefined
    const client = await clients.read(realm, aud)
    // The secret doesn't matter here: without one, the client would have no metadata.
    const made = client && clientMetadata(aud, client.document, 'none')
    const own = ownMetadataSchema.safeParse(made).data
    if (own?.backchannel_logout_uri === undefined) return null
    const alg = String(made?.id_token_signed_response_alg ?? 'RS256')
    return {
      url: own.backchannel_logout_uri,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '',
      logoutToken: {
        alg,
        iss,
        aud,
        sub: await subjects.subjectOf(realm, own.sector, identityId),
        sid: handle,
      },
    }
  }
}

/** Seconds. Short, because it is made when it is sent. */
const lifeSeconds = 120

/**
 * Signs a logout token with the realm's current key, each time it is sent. Loads the library at the first one.
 * @param id the same for all attempts, so that the application recognises a repeated one.
 */
export function logoutTokenSigner({
  signingKeys,
  now,
}: {
  signingKeys: Pick<SigningKeyStore, 'published'>
  now(): number
}): (realm: string, token: LogoutToken, id: string) => Promise<string> {
  return async (realm, { alg, iss, aud, sub, sid }, id) => {
    const { importJWK, SignJWT } = await import('jose')
    const [newest] = await signingKeys.published(realm)
    const key = newest?.keys.find((each) => each.alg === alg)
    if (key === undefined || !isJsonObject(key)) throw new Error(`the realm has no key for ${alg}`)
    const issuedAt = Math.floor(now() / 1000)
    return new SignJWT({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, sub, sid })
      .setProtectedHeader({ alg, typ: 'logout+jwt', ...(key.kid === undefined ? {} : { kid: key.kid }) })
      .setIssuer(iss)
      .setAudience(aud)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifeSeconds)
      .setJti(id)
      .sign(await importJWK(key, alg))
  }
}
