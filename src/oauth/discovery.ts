import type { JsonObject } from '../base/json.ts'
import type { OauthSettings } from '../realms/oauth-settings.ts'
import { claimsByScope } from './claims.ts'
import {
  assertionAlgorithms,
  backchannelLogoutMembers,
  cibaGrantType,
  clientAuthMethods,
  deviceGrantType,
  ownRoutes,
  responseTypes,
  routes,
  scopesAnnounced,
  signingAlgorithms,
} from './endpoints.ts'

const signatures: JsonObject = {
  id_token_signing_alg_values_supported: [...signingAlgorithms],
  userinfo_signing_alg_values_supported: [...signingAlgorithms],
  introspection_signing_alg_values_supported: [...signingAlgorithms],
  token_endpoint_auth_signing_alg_values_supported: [...assertionAlgorithms],
  request_object_signing_alg_values_supported: [...assertionAlgorithms],
  backchannel_authentication_request_signing_alg_values_supported: assertionAlgorithms.filter(
    (algorithm) => !algorithm.startsWith('HS'),
  ),
}

/**
 * The discovery document of a realm, equal to the response of `oidc-provider` (a test compares them). Built here because every
 * SDK requests it, but most never request a token, so that the library doesn't have to be loaded.
 */
export function discoveryDocument(
  issuer: string,
  settings: Pick<OauthSettings, 'contexts' | 'requirePushedRequests' | 'supportedScopes' | 'registration'>,
): JsonObject {
  const { contexts, requirePushedRequests } = settings
  const acrs = contexts.map(({ acr }) => acr)
  const hasContexts = acrs.length > 0
  return {
    ...(hasContexts ? { acr_values_supported: acrs } : {}),
    authorization_endpoint: issuer + routes.authorization,
    claims_parameter_supported: true,
    claims_supported: [...Object.values(claimsByScope).flat(), ...(hasContexts ? ['acr'] : []), 'iss'],
    code_challenge_methods_supported: ['S256'],
    end_session_endpoint: issuer + routes.end_session,
    grant_types_supported: [
      'authorization_code',
      'implicit',
      'refresh_token',
      'client_credentials',
      deviceGrantType,
      cibaGrantType,
    ],
    issuer,
    jwks_uri: issuer + routes.jwks,
    authorization_response_iss_parameter_supported: true,
    response_modes_supported: ['form_post', 'fragment', 'query'],
    response_types_supported: [...responseTypes],
    scopes_supported: scopesAnnounced(settings),
    subject_types_supported: ['public', 'pairwise'],
    token_endpoint_auth_methods_supported: [...clientAuthMethods],
    pushed_authorization_request_endpoint: issuer + routes.pushed_authorization_request,
    ...(requirePushedRequests ? { require_pushed_authorization_requests: true } : {}),
    ...(settings.registration.access === 'off'
      ? {}
      : { registration_endpoint: issuer + ownRoutes.registration }),
    token_endpoint: issuer + routes.token,
    request_uri_parameter_supported: false,
    request_parameter_supported: true,
    userinfo_endpoint: issuer + routes.userinfo,
    device_authorization_endpoint: issuer + routes.device_authorization,
    introspection_endpoint: issuer + routes.introspection,
    revocation_endpoint: issuer + routes.revocation,
    backchannel_authentication_endpoint: issuer + routes.backchannel_authentication,
    backchannel_token_delivery_modes_supported: ['poll', 'ping'],
    backchannel_user_code_parameter_supported: true,
    ...signatures,
    ...backchannelLogoutMembers,
    claim_types_supported: ['normal'],
  }
}
