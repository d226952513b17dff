import type { errors, TokenEndpointGrantContext } from 'oidc-provider'
import { ownMetadataOf } from './client-metadata.ts'

/**
 * Checks the scopes of a request for client credentials by AM's rules: only the client's own are allowed, others are an error,
 * and its default scopes apply if it requests none.
 */
export function allowOwnScopes(
  { oidc: { client, params } }: TokenEndpointGrantContext<{ scope?: string | undefined }>,
  InvalidScope: typeof errors.InvalidScope,
): void {
  const granted = ownMetadataOf(client)
  const scopes = params.scope === undefined ? granted.default_scopes : [...new Set(params.scope.split(' '))]
  // RFC 6749, section 3.3.
  if (scopes.length === 0) throw new InvalidScope('No scope requested and no default scope configured', '')
  const refused = scopes.filter((scope) => !granted.allowed_scopes.includes(scope))
  if (refused.length > 0) {
    throw new InvalidScope(`Unknown/invalid scope(s): [${refused.join(', ')}]`, refused.join(' '))
  }
  params.scope = scopes.join(' ')
}
