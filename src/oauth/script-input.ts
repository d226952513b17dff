import type { KoaContextWithOIDC } from 'oidc-provider'
import type { JsonObject } from '../base/json.ts'
import type { Realm } from '../realms/realm.ts'
import type { OauthScriptInput } from '../sandbox/script-engine.ts'
import type { Session } from '../sessions/session.ts'
import { ownMetadataOf } from './client-metadata.ts'

/** Parameters that scripts never see: with them, a script could act as the client or the person. */
const secretParameters: ReadonlySet<string> = new Set([
  'client_secret',
  'client_assertion',
  'code',
  'code_verifier',
  'refresh_token',
  'access_token',
  'device_code',
  'auth_req_id',
  'user_code',
  'csrf',
  'id_token_hint',
  'password',
  'assertion',
  'request',
  'token',
])

/** Headers without secrets, which scripts can use to tell applications apart. */
const visibleHeaders = ['user-agent', 'accept-language', 'content-type', 'x-forwarded-for', 'host'] as const

/** What scripts read about the person, the client and the request. */
export function scriptInputOf(
  ctx: KoaContextWithOIDC,
  { realm, sessionOf }: { realm: Realm; sessionOf(ctx: KoaContextWithOIDC): Session | undefined },
  scopes: readonly string[],
  accountId: string | undefined,
): OauthScriptInput {
  const { params = {} } = ctx.oidc
  return {
    scopes,
    userName: accountId ?? null,
    session: sessionOf(ctx)?.properties ?? null,
    clientProperties: clientProperties(ctx),
    requestProperties: requestProperties(ctx, realm.path),
    claimsLocales: String(params.claims_locales ?? '')
      .split(' ')
      .filter(Boolean),
  }
}

function clientProperties({ oidc }: KoaContextWithOIDC): JsonObject {
  const { client } = oidc
  const { allowed_scopes, custom_properties } = ownMetadataOf(client)
  return {
    clientId: client?.clientId ?? '',
    // As the vendor's enumeration writes them.
    allowedGrantTypes: (client?.grantTypes ?? []).map((type) => type.split(':').at(-1)?.toUpperCase() ?? ''),
    allowedResponseTypes: [...(client?.responseTypes ?? [])],
    allowedScopes: allowed_scopes,
    customProperties: Object.fromEntries(
      custom_properties.map((line): [string, string] => {
        const [name = '', ...value] = line.split('=')
        return [name, value.join('=')]
      }),
    ),
  }
}

function requestProperties(ctx: KoaContextWithOIDC, realm: string): JsonObject {
  const { params = {}, issuer } = ctx.oidc
  // rule S46: otherwise scripts read the parameters that prove a client
  const visible = Object.entries(params).flatMap(([name, value]): [string, string[]][] =>
    typeof value === 'string' && !secretParameters.has(name) ? [[name, [value]]] : [],
  )
  const headers = visibleHeaders.flatMap((name): [string, string[]][] =>
    ctx.get(name) === '' ? [] : [[name, [ctx.get(name)]]],
  )
  return {
    requestUri: issuer + ctx.path,
    realm,
    requestParams: Object.fromEntries(visible),
    requestHeaders: Object.fromEntries(headers),
  }
}
