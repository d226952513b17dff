import type { errors, Provider, TokenEndpointGrantContext } from 'oidc-provider'
import { ownMetadataOf } from './client-metadata.ts'
import { issue } from './issued-token.ts'

/**
 * Handles the client credentials grant type with AM's rules, which the built-in handler lacks: only the client's own scopes are
 * allowed, others are an error, its default scopes apply if it requests none, and it can have its own token lifetime.
 */
export function grantClientCredentials(provider: Provider, InvalidScope: typeof errors.InvalidScope): void {
  provider.registerGrantType<{ scope?: string }>(
    'client_credentials',
    async (ctx) => {
      const { client } = ctx.oidc
      const granted = ownMetadataOf(client)
      const scopes = requestedScopes(ctx) ?? granted.default_scopes
      // RFC 6749, section 3.3.
      if (scopes.length === 0)
        throw new InvalidScope('No scope requested and no default scope configured', '')
      const refused = scopes.filter((scope) => !granted.allowed_scopes.includes(scope))
      if (refused.length > 0) {
        throw new InvalidScope(`Unknown/invalid scope(s): [${refused.join(', ')}]`, refused.join(' '))
      }
      const token = new provider.ClientCredentials({
        client,
        scope: scopes.join(' ') || undefined,
        expiresIn: granted.access_token_seconds || undefined,
      })
      await issue(ctx, token)
    },
    ['scope'],
  )
}

function requestedScopes(ctx: TokenEndpointGrantContext<{ scope?: string }>): string[] | undefined {
  const { scope } = ctx.oidc.params
  return scope === undefined ? undefined : [...new Set(scope.split(' '))]
}
