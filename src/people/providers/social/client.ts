import * as openid from 'openid-client'
import { z } from 'zod'
import { type FencedSend, isSafe } from '../fenced-send.ts'
import { isOpenId, isSecretMethod, type ProviderSettings } from './provider-settings.ts'

const wellKnownSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string().exactOptional(),
  token_endpoint: z.string().exactOptional(),
  userinfo_endpoint: z.string().exactOptional(),
  jwks_uri: z.string().exactOptional(),
  id_token_signing_alg_values_supported: z.array(z.string()).exactOptional(),
})

/** Signatures by a key of the provider. Source: RFC 7518, section 3.1; RFC 8037. */
export const signatures = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

/** A client of the provider. Endpoints that are missing in its settings come from its discovery document. */
export async function clientOf(settings: ProviderSettings, send: FencedSend): Promise<openid.Configuration> {
  const found = await discovered(settings, send)
  const authorization = settings.authorizationEndpoint || found?.authorization_endpoint
  const token = settings.tokenEndpoint || found?.token_endpoint
  if (!authorization || !token)
    throw new Error('the identity provider has no authorization or token endpoint')
  const userInfo = settings.userInfoEndpoint || found?.userinfo_endpoint
  const keys = settings.jwksUriEndpoint || found?.jwks_uri
  // A token without a checked signature could name anybody.
  // rule S40: otherwise a provider without keys signs people in
  if (isOpenId(settings) && !keys)
    throw new Error('the identity provider has no keys of ID tokens (jwks_uri)')
  const offered = found?.id_token_signing_alg_values_supported ?? signatures
  const server: openid.ServerMetadata = {
    issuer: settings.issuer || found?.issuer || new URL(authorization).origin,
    authorization_endpoint: authorization,
    token_endpoint: token,
    ...(userInfo ? { userinfo_endpoint: userInfo } : {}),
    ...(keys ? { jwks_uri: keys } : {}),
    // Announced or not, providers may be set to sign the profile (application/jwt).
    userinfo_signing_alg_values_supported: signatures,
    id_token_signing_alg_values_supported: offered.filter((algorithm) => signatures.includes(algorithm)),
  }
  const client = new openid.Configuration(server, settings.clientId, undefined, authenticationOf(settings))
  client[openid.customFetch] = fetchBy(send, settings.redirectURI)
  // Checks signatures even though the token comes directly from the provider.
  // rule S40: otherwise nobody checks the signature of an ID token
  if (isOpenId(settings)) openid.enableNonRepudiationChecks(client)
  if ([authorization, token, userInfo, keys].every((url) => !url || isSafe(url))) {
    openid.allowInsecureRequests(client)
  }
  return client
}

async function discovered({ wellKnownEndpoint: url, ...settings }: ProviderSettings, send: FencedSend) {
  const isComplete =
    settings.authorizationEndpoint &&
    settings.tokenEndpoint &&
    (settings.jwksUriEndpoint || !isOpenId(settings))
  if (!url || isComplete) return undefined
  if (!isSafe(url)) throw new Error('the discovery document can only be read over https')
  const headers = { Accept: 'application/json' }
  // rule S40: otherwise a redirect replaces the discovery document
  const { status, body } = await send({ url, method: 'GET', headers, redirect: 'manual' })
  if (status !== 200) throw new Error(`the discovery document was answered with status ${status}, not 200`)
  return wellKnownSchema.parse(JSON.parse(body))
}

function authenticationOf({ clientAuthenticationMethod: method, clientSecret }: ProviderSettings) {
  if (!clientSecret && isSecretMethod(method)) return openid.None()
  if (clientSecret && method === 'CLIENT_SECRET_POST') return openid.ClientSecretPost(clientSecret)
  if (clientSecret && method === 'CLIENT_SECRET_BASIC') return openid.ClientSecretBasic(clientSecret)
  if (clientSecret && method === 'CLIENT_SECRET_JWT') return openid.ClientSecretJwt(clientSecret)
  throw new Error(`client authentication by ${method} is not available`)
}

function fetchBy(send: FencedSend, redirectUri: string): openid.CustomFetch {
  // A redirected request would take the client's secret, the code or a token to another server.
  return async (url, { method, headers, body }) => {
    // The library leaves out its query, but providers require the address of the authorization request (RFC 6749, section 4.1.3).
    if (body instanceof URLSearchParams && body.has('redirect_uri')) body.set('redirect_uri', redirectUri)
    const text = body === undefined || body === null ? {} : { body: String(body) }
    // rule S40: otherwise a redirect takes code, client secret and token to another server
    const answer = await send({ url, method, headers: { ...headers }, ...text, redirect: 'manual' })
    const pairs = Object.entries(answer.headers).flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    )
    return new Response(answer.body === '' ? null : answer.body, { status: answer.status, headers: pairs })
  }
}
