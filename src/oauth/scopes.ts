import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { type JsonObject, jsonObjectSchema } from '../base/json.ts'
import { ownMetadataOf } from './client-metadata.ts'

/**
 * Rejects scopes that are not configured for the client, as AM does; `oidc-provider` drops unknown scopes silently. A request
 * without scopes gets the client's default scopes.
 */
export function requireOwnScopes(InvalidScope: typeof errors.InvalidScope) {
  return (ctx: KoaContextWithOIDC): void => {
    const { params, client, requestParamScopes } = ctx.oidc
    const { allowed_scopes, default_scopes } = ownMetadataOf(client)
    const requested = [...requestParamScopes].filter((scope) => scope !== '')
    // The library drops the scope unless the request asks for consent too; AM grants it like any other.
    const isOffline = sentScopes(ctx).includes(offline) && !requested.includes(offline)
    const named = isOffline ? [...requested, offline] : requested
    const granted = named.length === 0 ? default_scopes : named
    const foreign = granted.filter((scope) => !allowed_scopes.includes(scope))
    if (foreign.length > 0) {
      throw new InvalidScope(`Unknown/invalid scope(s): [${foreign.join(', ')}]`, foreign.join(' '))
    }
    if (granted.length === 0)
      throw new InvalidScope('The request names no scope, and the client has no default scopes', '')
    if (params !== undefined) params.scope = granted.join(' ')
  }
}

const offline = 'offline_access'

/** The scopes of the request as it was sent: pushed, in a request object, or as a parameter. */
function sentScopes(ctx: KoaContextWithOIDC): string[] {
  const { body, entities } = ctx.oidc
  const pushed = entities.PushedAuthorizationRequest?.request
  const sent: Readonly<Record<string, unknown>> = { ...ctx.query, ...body }
  const token = pushed ?? sent.request
  const { scope = '' } = typeof token === 'string' ? claimsIn(token) : sent
  return typeof scope === 'string' ? scope.split(' ') : []
}

/** The claims of a token that the library has checked. */
function claimsIn(token: string): JsonObject {
  return jsonObjectSchema.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()))
}

/**
 * Makes `oidc-provider` treat all requested scopes as its own. It would otherwise ignore scopes that are configured for one
 * client only. `requireOwnScopes` has already checked them.
 */
export function countEveryScope({ OIDCContext }: Provider): void {
  Object.defineProperty(OIDCContext.prototype, 'requestParamOIDCScopes', {
    get(this: KoaContextWithOIDC['oidc']) {
      return this.requestParamScopes
    },
  })
}
