import type { errors, Provider, TokenEndpointGrantContext } from 'oidc-provider'
import { ownMetadataOf } from './client-metadata.ts'

/**
 * Answers the client credentials grant with AM's rules, which the built-in handler lacks: scopes are the client's own,
 * its defaults count when it asks for none, one that it may not have is an error, and it has its own token lifetime.
 */
export function grantClientCredentials(provider: Provider, InvalidScope: typeof errors.InvalidScope): void {
  provider.registerGrantType<{ scope?: string }>(
    'client_credentials',
    async (ctx) => {
      const { client } = ctx.oidc
      const granted = ownMetadataOf(client)
      const wanted = wantedScopes(ctx) ?? granted.default_scopes
      const refused = wanted.filter((scope) => !granted.allowed_scopes.includes(scope))
      if (refused.length > 0) {
        throw new InvalidScope(`Unknown/invalid scope(s): [${refused.join(', ')}]`, refused.join(' '))
      }
      const token = new provider.ClientCredentials({
        client,
        scope: wanted.join(' ') || undefined,
        expiresIn: granted.access_token_seconds || undefined,
      })
      ctx.oidc.entity('ClientCredentials', token)
      const value = await token.save()
      ctx.body = {
        access_token: value,
        expires_in: token.expiration,
        token_type: token.tokenType,
        scope: token.scope,
      }
    },
    ['scope'],
  )
}

function wantedScopes(ctx: TokenEndpointGrantContext<{ scope?: string }>): string[] | undefined {
  const { scope } = ctx.oidc.params
  return scope === undefined ? undefined : [...new Set(scope.split(' '))]
}
