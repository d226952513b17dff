import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { ownMetadataOf } from './client-metadata.ts'

/**
 * Lets a client ask for scopes of its own and for no others, with AM's rules, which `oidc-provider` does not have: it
 * drops what it does not know in silence. Who asks for none gets the client's default ones.
 */
export function requireOwnScopes(InvalidScope: typeof errors.InvalidScope) {
  return (ctx: KoaContextWithOIDC): void => {
    const { params, client, requestParamScopes } = ctx.oidc
    const { allowed_scopes, default_scopes } = ownMetadataOf(client)
    const wanted = [...requestParamScopes].filter((scope) => scope !== '')
    const granted = wanted.length === 0 ? default_scopes : wanted
    const foreign = granted.filter((scope) => !allowed_scopes.includes(scope))
    if (foreign.length > 0) {
      throw new InvalidScope(`Unknown/invalid scope(s): [${foreign.join(', ')}]`, foreign.join(' '))
    }
    if (granted.length === 0)
      throw new InvalidScope('No scope was asked for, and the client has no default', '')
    if (params !== undefined) params.scope = granted.join(' ')
  }
}

/**
 * What `oidc-provider` takes for a scope of its own. It would count those alone that every client may have; the clients'
 * own were checked before, one by one.
 */
export function countEveryScope({ OIDCContext }: Provider): void {
  Object.defineProperty(OIDCContext.prototype, 'requestParamOIDCScopes', {
    get(this: KoaContextWithOIDC['oidc']) {
      return this.requestParamScopes
    },
  })
}
