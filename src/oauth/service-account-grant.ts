import type { Adapter, AdapterPayload, errors, Provider } from 'oidc-provider'
import { digest } from '../secrets/digest.ts'
import { adminRealm, adminTokenSeconds, exchangeClient, serviceAccountClient } from './admin-clients.ts'
import type { Assertion } from './assertion.ts'
import type { OwnMetadata } from './client-metadata.ts'
import { issue } from './issued-token.ts'
import type { OauthStore } from './oauth-store.ts'
import type { ServiceAccountStore } from './service-account.ts'
import { exchangeGrant } from './token-exchange.ts'

const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

const own: OwnMetadata = {
  allowed_scopes: [],
  scope_lines: [],
  default_scopes: [],
  is_consent_implied: false,
  requires_pkce: true,
  access_token_seconds: adminTokenSeconds,
  refresh_token_seconds: 0,
  code_seconds: 0,
  custom_properties: [],
}

/** Clients with a grant type that no other client has. */
const grantTypes = new Map([
  [serviceAccountClient, jwtBearerGrant],
  [exchangeClient, exchangeGrant],
])

/** Adds the clients of service accounts and of token exchange to the root realm. Stored clients of the same names have no effect. */
export function withServiceAccounts(realm: string, clients: Adapter): Adapter {
  if (realm !== adminRealm) return clients
  return {
    ...clients,
    async find(id) {
      const grantType = grantTypes.get(id)
      return grantType === undefined ? clients.find(id) : metadataOf(id, grantType)
    },
  }
}

function metadataOf(id: string, grantType: string): AdapterPayload {
  return {
    client_id: id,
    token_endpoint_auth_method: 'none',
    grant_types: [grantType],
    response_types: [],
    redirect_uris: [],
    ...own,
  }
}

type Needs = {
  baseUrl: string
  serviceAccounts: Pick<ServiceAccountStore, 'read'>
  store: Pick<OauthStore, 'create'>
  now(): number
}

type Given = Pick<Needs, 'serviceAccounts' | 'baseUrl'> & { now: number }

type Library = { errors: typeof errors }

/** Gives service accounts tokens for an assertion that they sign. */
export function grantServiceAccounts(provider: Provider, needs: Needs, { errors }: Library): void {
  provider.registerGrantType<{ assertion?: string; scope?: string }>(
    jwtBearerGrant,
    async (ctx) => {
      const { client, params } = ctx.oidc
      const now = needs.now()
      const assertion = await checked(params.assertion, { ...needs, now }, errors)
      const scope = scopeFor(assertion, params.scope, errors)
      // Last, so that a tool can ask for other scopes with the same assertion.
      // rule S34: otherwise an assertion works more than once
      if (!(await useUp(assertion, needs.store))) throw refused(errors, 'The assertion was used before')
      const token = new provider.ClientCredentials({
        client,
        scope,
        expiresIn: adminTokenSeconds,
        // The library keeps authorization details (RFC 9396) with a token as they are.
        rar: [
          {
            type: serviceAccountClient,
            serviceAccount: assertion.account.id,
            key: assertion.key,
            accountCreatedAt: assertion.account.createdAt,
            checkedAt: now,
          },
        ],
      })
      await issue(ctx, token)
    },
    ['assertion', 'scope'],
  )
}

async function checked(
  text: string | undefined,
  { serviceAccounts, baseUrl, now }: Given,
  library: typeof errors,
): Promise<Assertion> {
  if (text === undefined || text === '') throw new library.InvalidRequest('assertion is missing')
  const { audiencesOf, checkAssertion, RefusedAssertion } = await import('./assertion.ts')
  const audiences = audiencesOf(baseUrl)
  try {
    return await checkAssertion(text, { readAccount: (id) => serviceAccounts.read(id), audiences, now })
  } catch (error) {
    if (error instanceof RefusedAssertion) throw refused(library, error.message)
    throw error
  }
}

/** With a text for the client. The library's own error has none. */
function refused({ CustomOIDCProviderError }: typeof errors, description: string): Error {
  return new CustomOIDCProviderError('invalid_grant', description)
}

/** @throws errors.CustomOIDCProviderError with the vendor's text, after which its tools leave out the unsupported scopes. */
function scopeFor(
  { account }: Assertion,
  requested: string | undefined,
  { CustomOIDCProviderError }: typeof errors,
): string {
  const scopes = [...new Set((requested ?? '').split(' ').filter((scope) => scope !== ''))]
  if (scopes.length === 0) throw new CustomOIDCProviderError('invalid_scope', 'The request must name a scope')
  const foreign = scopes.filter((scope) => !account.scopes.includes(scope))
  if (foreign.length === 0) return scopes.join(' ')
  throw new CustomOIDCProviderError(
    'invalid_scope',
    `Unsupported scope for service account: ${foreign.join(',')}`,
  )
}

/** @returns false if the assertion was used before. Of concurrent requests, one uses it. */
function useUp({ account, id, expiresAt }: Assertion, store: Needs['store']): Promise<boolean> {
  return store.create({
    realm: adminRealm,
    model: 'ServiceAccountAssertion',
    idHash: digest(JSON.stringify([account.id, id])),
    payload: {},
    expiresAt: Math.ceil(expiresAt * 1000),
    clientId: serviceAccountClient,
  })
}
