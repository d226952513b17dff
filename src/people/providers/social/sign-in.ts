import * as openid from 'openid-client'
import { z } from 'zod'
import { defined } from '../../../base/defined.ts'
import { type JsonObject, jsonObjectSchema } from '../../../base/json.ts'
import type { SocialProfile } from '../../../nodes/ports/outside-ports.ts'
import type { FencedSend } from '../fenced-send.ts'
import { clientOf } from './client.ts'
import { isOpenId, type ProviderSettings } from './provider-settings.ts'

const pendingSchema = z.object({
  state: z.string(),
  nonce: z.string().exactOptional(),
  verifier: z.string().exactOptional(),
})

type Pending = z.infer<typeof pendingSchema>

/** Starts a sign-in with an authorization code. Sources: RFC 6749, RFC 7636, and OpenID Connect Core 3.1. */
export async function beginSignIn(settings: ProviderSettings, send: FencedSend) {
  const client = await clientOf(settings, send)
  const pending: Pending = {
    state: openid.randomState(),
    ...(isOpenId(settings) ? { nonce: openid.randomNonce() } : {}),
    ...(settings.pkceMethod === 'NONE' ? {} : { verifier: openid.randomPKCECodeVerifier() }),
  }
  const url = openid.buildAuthorizationUrl(client, {
    redirect_uri: settings.redirectURI,
    scope: settings.scopes.join(settings.scopeDelimiter),
    state: pending.state,
    ...defined({ nonce: pending.nonce }),
    ...(await challengeOf(settings, pending)),
    ...(settings.acrValues.length > 0 ? { acr_values: settings.acrValues.join(' ') } : {}),
  })
  return { url: url.href, pending }
}

async function challengeOf({ pkceMethod }: ProviderSettings, { verifier }: Pending) {
  if (verifier === undefined) return {}
  if (pkceMethod === 'PLAIN') return { code_challenge: verifier, code_challenge_method: 'plain' }
  const code_challenge = await openid.calculatePKCECodeChallenge(verifier)
  return { code_challenge, code_challenge_method: 'S256' }
}

/** Exchanges the code for tokens, checks state, nonce and id token, and reads the profile. */
export async function finishSignIn(
  settings: ProviderSettings,
  send: FencedSend,
  kept: JsonObject,
  parameters: Readonly<Record<string, string>>,
): Promise<SocialProfile> {
  const { state, nonce, verifier } = pendingSchema.parse(kept)
  const client = await clientOf(settings, send)
  const answer = new URL(settings.redirectURI)
  answer.search = new URLSearchParams(parameters).toString()
  const tokens = await openid.authorizationCodeGrant(client, answer, {
    expectedState: state,
    ...defined({ expectedNonce: nonce, pkceCodeVerifier: verifier }),
    idTokenExpected: isOpenId(settings),
  })
  // Without keys, nobody checked the signature of an ID token that came along.
  // rule S40: otherwise an ID token that nobody checked names a person
  const idClaims = isOpenId(settings) ? tokens.claims() : undefined
  const claims = withoutUnverifiedAddress(
    jsonObjectSchema.parse({
      ...idClaims,
      ...(await userInfo(client, settings, tokens.access_token, idClaims?.sub)),
    }),
  )
  const subject = claims[isOpenId(settings) ? 'sub' : settings.authenticationIdKey]
  if (typeof subject !== 'string' && typeof subject !== 'number') {
    throw new Error('the identity provider returned no subject')
  }
  // Drops the methods that the library adds.
  const sent = jsonObjectSchema.parse(JSON.parse(JSON.stringify(tokens)))
  return { subject: String(subject), claims, tokens: sent, transform: settings.transform }
}

/**
 * Leaves out an address that the provider says nobody has verified, so that it neither names nor finds an account. Some providers
 * send the word instead of the boolean.
 */
export function withoutUnverifiedAddress(claims: JsonObject): JsonObject {
  // rule S80: otherwise an unverified address names an account
  if (claims.email_verified !== false && claims.email_verified !== 'false') return claims
  const { email: _unverified, ...others } = claims
  return others
}

/**
 * Reads the userinfo.
 * @param subject from the id token: userinfo about another subject is rejected.
 */
async function userInfo(
  client: openid.Configuration,
  settings: ProviderSettings,
  accessToken: string,
  subject: string | undefined,
): Promise<JsonObject> {
  const { userinfo_endpoint: url } = client.serverMetadata()
  if (url === undefined) return {}
  if (isOpenId(settings) && subject !== undefined) {
    return jsonObjectSchema.parse(await openid.fetchUserInfo(client, accessToken, subject))
  }
  const response = await openid.fetchProtectedResource(client, accessToken, new URL(url), 'GET')
  if (!response.ok) throw new Error(`the userinfo endpoint responded with status ${response.status}`)
  return jsonObjectSchema.parse(await response.json())
}
