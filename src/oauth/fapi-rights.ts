import type { ClientRights } from './client-document.ts'
import { isKeyAddress } from './client-keys.ts'

/**
 * A client's rights under FAPI 2.0: pushed requests with PKCE, bound tokens, no tokens in addresses, and no signatures of RSA with
 * PKCS #1 (`RS256` becomes `PS256`). Source: FAPI 2.0 Security Profile, 5.3.
 * @returns undefined if the client can't prove with a key who it is.
 */
export function underFapi(rights: ClientRights): ClientRights | undefined {
  // rule S45: otherwise a client with a secret, or none, is served where only keys count
  if (rights.authMethod !== 'private_key_jwt') return undefined
  const { document } = rights
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = document
  const keys = document.signEncOAuth2ClientConfig
  const grantTypes = rights.grantTypes.filter((type) => type !== 'implicit')
  const answer = (named: 'RS256' | 'ES256' | 'PS256' = 'RS256') => (named === 'RS256' ? 'PS256' : named)
  const request = (named: string | undefined) => (named === 'RS256' ? 'PS256' : named)
  return {
    ...rights,
    grantTypes,
    document: {
      ...document,
      coreOAuth2ClientConfig: { ...core, redirectionUris: core.redirectionUris.filter(isSafe) },
      advancedOAuth2ClientConfig: {
        ...advanced,
        grantTypes,
        responseTypes: (advanced.responseTypes ?? ['code']).filter((type) => type === 'code'),
        requirePkce: true,
        require_pushed_authorization_requests: true,
        dpop_bound_access_tokens: true,
        fapi2: true,
      },
      signEncOAuth2ClientConfig: {
        ...keys,
        tokenEndpointAuthSigningAlgorithm: request(keys.tokenEndpointAuthSigningAlgorithm),
        idTokenSignedResponseAlg: answer(keys.idTokenSignedResponseAlg),
        userinfoSignedResponseAlg: answer(keys.userinfoSignedResponseAlg),
        tokenIntrospectionSignedResponseAlg: answer(keys.tokenIntrospectionSignedResponseAlg),
        requestParameterSignedAlg:
          keys.requestParameterSignedAlg === 'RS256' ? 'PS256' : keys.requestParameterSignedAlg,
      },
    },
  }
}

/** Why a client can't be configured for FAPI 2.0. */
export function faultUnderFapi({
  coreOAuth2ClientConfig: core,
  advancedOAuth2ClientConfig: advanced,
}: ClientRights['document']): string | undefined {
  if (core.clientType === 'Public' || advanced.tokenEndpointAuthMethod !== 'private_key_jwt')
    return 'needs a confidential client with private_key_jwt'
  const unsafe = core.redirectionUris.find((uri) => !isSafe(uri))
  return unsafe === undefined ? undefined : `needs redirection URIs with https: ${unsafe}`
}

/** Plain http only leads to the person's own machine. */
function isSafe(uri: string): boolean {
  return !/^http:/i.test(uri) || isKeyAddress(uri)
}
