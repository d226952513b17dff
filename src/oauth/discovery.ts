import type { JsonObject } from '../base/json.ts'
import type { OauthSettings } from '../realms/oauth-settings.ts'
import { claimsByScope } from './claims.ts'
import {
  assertionAlgorithms,
  backchannelLogoutMembers,
  cibaGrantType,
  clientAuthMethods,
  contextsAnnounced,
  deviceGrantType,
  ownRoutes,
  responseTypes,
  routes,
  scopesAnnounced,
  signingAlgorithms,
  strongAlgorithms,
} from './endpoints.ts'

/** The same in every realm. */
const always: JsonObject = {
  claims_parameter_supported: true,
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  response_modes_supported: ['form_post', 'fragment', 'query'],
  subject_types_supported: ['public', 'pairwise'],
  request_uri_parameter_supported: false,
  request_parameter_supported: true,
  backchannel_token_delivery_modes_supported: ['poll', 'ping'],
  backchannel_user_code_parameter_supported: true,
  claim_types_supported: ['normal'],
  id_token_signing_alg_values_supported: [...signingAlgorithms],
  userinfo_signing_alg_values_supported: [...signingAlgorithms],
  introspection_signing_alg_values_supported: [...signingAlgorithms],
  dpop_signing_alg_values_supported: [...strongAlgorithms],
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
  settings: Pick<
    OauthSettings,
    'contexts' | 'requirePushedRequests' | 'fapi2' | 'supportedScopes' | 'registration'
  >,
): JsonObject {
  const { contexts, requirePushedRequests, fapi2 } = settings
  return {
    acr_values_supported: contextsAnnounced(contexts),
    authorization_endpoint: issuer + routes.authorization,
    claims_supported: [...Object.values(claimsByScope).flat(), 'acr', 'iss'],
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
    response_types_supported: [...responseTypes],
    scopes_supported: scopesAnnounced(settings),
    token_endpoint_auth_methods_supported: [...clientAuthMethods],
    pushed_authorization_request_endpoint: issuer + routes.pushed_authorization_request,
    ...(requirePushedRequests || fapi2 ? { require_pushed_authorization_requests: true } : {}),
    ...(settings.registration.access === 'off'
      ? {}
      : { registration_endpoint: issuer + ownRoutes.registration }),
    token_endpoint: issuer + routes.token,
    userinfo_endpoint: issuer + routes.userinfo,
    device_authorization_endpoint: issuer + routes.device_authorization,
    introspection_endpoint: issuer + routes.introspection,
    revocation_endpoint: issuer + routes.revocation,
    backchannel_authentication_endpoint: issuer + routes.backchannel_authentication,
    ...always,
    ...backchannelLogoutMembers,
  }
}
