import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { isAdminClient, serviceAccountClient } from './admin-clients.ts'
import { ownMetadataOf } from './client-metadata.ts'

/** What Koa gives to a route that `oidc-provider` doesn't know. */
export type OwnRouteContext = Pick<
  KoaContextWithOIDC,
  | 'req'
  | 'method'
  | 'path'
  | 'query'
  | 'get'
  | 'is'
  | 'acceptsLanguages'
  | 'set'
  | 'remove'
  | 'status'
  | 'type'
  | 'body'
  | 'redirect'
>

const invalid = {
  error: 'invalid_token',
  error_description:
    'The access token provided is expired, revoked, malformed, or invalid for other reasons.',
}

type Found = InstanceType<Provider['AccessToken']> | InstanceType<Provider['ClientCredentials']>

/**
 * Describes an access token to its bearer. Source: "/oauth2/tokeninfo". Each scope is a member with an empty value, because
 * the endpoint never gives attributes of people.
 */
export function tokenInfo(
  provider: Provider,
  realm: string,
  mayUseToken: (id: string, issuedAt: number) => Promise<boolean>,
  subjectOf: (sector: string | undefined, id: string) => Promise<string>,
): (ctx: OwnRouteContext) => Promise<void> {
  return async (ctx) => {
    ctx.set('Cache-Control', 'no-store')
    const sent = sentToken(ctx)
    if (sent === undefined) {
      answer(ctx, 400, {
        error: 'invalid_request',
        error_description: 'Send the token as access_token, once',
      })
      return
    }
    const found = await findToken(provider, sent)
    // rule S45: otherwise a bound token is described to a thief
    const token = found?.jkt === undefined ? found : undefined
    const client = token && (await validClient(provider, realm, token, mayUseToken))
    if (token === undefined || client === undefined) return answer(ctx, 401, invalid)
    const { allowed_scopes: allowed, sector } = ownMetadataOf(client)
    const scopes = [...token.scopes].filter((scope) => allowed.includes(scope))
    answer(ctx, 200, {
      ...Object.fromEntries(scopes.map((scope) => [scope, ''])),
      ...token.extra,
      access_token: sent,
      client_id: token.clientId,
      grant_type: grantTypeOf(token),
      realm,
      scope: scopes,
      token_type: 'Bearer',
      expires_in: token.remainingTTL,
      ...('accountId' in token ? { sub: await subjectOf(sector, token.accountId) } : {}),
    })
  }
}

function answer(ctx: OwnRouteContext, status: number, body: object): void {
  ctx.status = status
  ctx.body = body
}

/** The token of the header or the query, but not of both. */
function sentToken(ctx: OwnRouteContext): string | undefined {
  const [, inHeader] = /^Bearer ([\w.~+/=-]+)$/i.exec(ctx.get('authorization')) ?? []
  const { access_token: inQuery } = ctx.query
  const sent = [inHeader ?? [], inQuery ?? []].flat()
  return sent.length === 1 && sent[0] !== '' ? sent[0] : undefined
}

async function findToken(provider: Provider, value: string): Promise<Found | undefined> {
  return (await provider.AccessToken.find(value)) ?? (await provider.ClientCredentials.find(value))
}

/**
 * The token's client, if it is active, and if the person may still sign in and the grant still exists. Tokens of administration
 * are not described: they end with a session or a service account, and the admin interface says whether they are valid.
 */
async function validClient(
  provider: Provider,
  realm: string,
  token: Found,
  mayUseToken: (id: string, issuedAt: number) => Promise<boolean>,
) {
  if (isAdminClient(realm, token.clientId) || token.clientId === serviceAccountClient) return undefined
  const client = token.clientId === undefined ? undefined : await provider.Client.find(token.clientId)
  if (client === undefined || !('accountId' in token)) return client
  const grant = await provider.Grant.find(token.grantId ?? '')
  if (grant?.clientId !== token.clientId || grant?.accountId !== token.accountId) return undefined
  return (await mayUseToken(token.accountId, token.iat)) ? client : undefined
}

function grantTypeOf(token: Found): string {
  if (!('accountId' in token)) return 'client_credentials'
  return token.gty?.split(' ')[0] ?? 'authorization_code'
}
