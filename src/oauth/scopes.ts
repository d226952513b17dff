import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider'
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
    const granted = requested.length === 0 ? default_scopes : requested
    const foreign = granted.filter((scope) => !allowed_scopes.includes(scope))
    if (foreign.length > 0) {
      throw new InvalidScope(`Unknown/invalid scope(s): [${foreign.join(', ')}]`, foreign.join(' '))
    }
    if (granted.length === 0)
      throw new InvalidScope('The request names no scope, and the client has no default scopes', '')
    if (params !== undefined) params.scope = granted.join(' ')
  }
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
