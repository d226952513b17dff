import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { type KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { JsonObject } from '../../src/base/json.ts'
import type { SocialClientPort, SocialPort } from '../../src/nodes/ports/outside-ports.ts'
import { socialProviders } from '../../src/people/providers/social/social-providers.ts'
import { createHttpClient } from '../../src/sandbox/hosts/http-client.ts'

const clientSecret = 'the client secret at the provider'
const usualRedirect = 'https://app.example.com/signed-in'

/**
 * A real OpenID Connect provider on this machine, which signs everyone in as Ann unless a test changes that.
 * @param redirectURI the return address
 * @param algorithm signs ID tokens
 * @param client other metadata of its client
 */
export async function startIdentityProvider(
  redirectURI = usualRedirect,
  algorithm: 'RS256' | 'ES256' = 'RS256',
  client: Record<string, string> = {},
) {
  const person = { sub: 'ann-1', email: 'ann@example.com', given_name: 'Ann', family_name: 'Lee' }
  /** The same values under the names of other providers. */
  const otherNames = { id: 'ann-1', first_name: 'Ann', userPrincipalName: 'ann@example.com' }
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // The address of a TCP server is never a string.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const issuer = `http://${host}`
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'sidegate',
        client_secret: clientSecret,
        redirect_uris: [redirectURI],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: algorithm,
        ...client,
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: algorithm, use: 'sig' }] },
    cookies: { keys: ['for this test'] },
    pkce: { required: () => true },
    claims: {
      openid: ['sub', ...Object.keys(otherNames)],
      email: ['email', 'email_verified'],
      profile: ['given_name', 'family_name'],
    },
    features: { devInteractions: { enabled: false }, jwtUserinfo: { enabled: true } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({ ...otherNames, ...person, sub: accountId }),
    }),
    loadExistingGrant: grantAll,
  })
  const handle = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void handle(request, response)
    const login = { accountId: person.sub }
    void provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
  })

  return {
    host,
    person,
    clientSecret,
    /** The realm's settings for this provider. */
    document: {
      enabled: true,
      clientId: 'sidegate',
      clientSecret,
      clientAuthenticationMethod: 'CLIENT_SECRET_POST',
      scopes: ['openid', 'email', 'profile'],
      scopeDelimiter: ' ',
      redirectURI,
      pkceMethod: 'S256',
      issuer,
      authorizationEndpoint: `${issuer}/auth`,
      tokenEndpoint: `${issuer}/token`,
      userInfoEndpoint: `${issuer}/me`,
      jwksUriEndpoint: `${issuer}/jwks`,
      authenticationIdKey: 'sub',
      uiConfig: { buttonDisplayName: 'Ours' },
      _type: { _id: 'oidcConfig', name: 'Client configuration for providers', collection: true },
    } satisfies JsonObject,
    signIn: (url: string) => signInAtProvider(url, redirectURI),
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** The port of a realm with one provider, `ours`. @param allowedHosts can be reached besides public hosts */
export function realmWithProvider(
  document: () => JsonObject,
  allowedHosts: string[],
): SocialPort & SocialClientPort {
  const kind = 'socialIdentityProvider'
  const documents = {
    all: async () => [{ kind, id: 'ours', document: document() }],
    read: async (_realm: string, _kind: string, id: string) =>
      id === 'ours' ? { kind, id, document: document() } : undefined,
  }
  return socialProviders({ documents, send: createHttpClient({ allowedHosts }) }, '/alpha')
}

/**
 * Follows the provider's redirects with cookies like a browser. @returns the parameters of the return
 * address.
 */
export async function signInAtProvider(
  start: string,
  redirectURI = usualRedirect,
): Promise<Record<string, string>> {
  const cookies = new Map<string, string>()
  let url = start
  for (let hop = 0; hop < 10; hop++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null)
      throw new Error(`expected a redirect, got ${response.status}: ${await response.text()}`)
    url = new URL(location, url).href
    if (url.startsWith(redirectURI)) return Object.fromEntries(new URL(url).searchParams)
  }
  throw new Error('too many redirects')
}

/** The provider asks for no consent. */
async function grantAll({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc
  if (client === undefined || session?.accountId === undefined) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope('openid email profile')
  await grant.save()
  return grant
}
