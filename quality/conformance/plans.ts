import type { ConfigurationName } from './configurations.ts'

/** A plan of the suite, with the choices that fit this server. */
export type Plan = {
  name: string
  /** The suite's name. */
  plan: string
  configuration: ConfigurationName
  variant: Readonly<Record<string, string>>
  only?: readonly string[]
  except?: readonly string[]
}

const fixed = { server_metadata: 'discovery', client_registration: 'static_client' }
const fixedCode = { client_registration: 'static_client', response_type: 'code' }

const byKey = { client_auth_type: 'private_key_jwt' }
const ciba = { ...byKey, fapi_ciba_profile: 'plain_fapi', client_registration: 'static_client' }

/** "This is not me" pauses requests to the person, so its module asks another one. */
const rejection = 'fapi-ciba-id1-user-rejects-authentication'

/** Modules of FAPI-CIBA that ask for more than CIBA Core: certificates of clients, signed requests only, and their times. */
const ofFapi = [
  'fapi-ciba-id1',
  'fapi-ciba-id1-discovery-end-point-verification',
  'fapi-ciba-id1-ensure-mtls-holder-of-key-required',
  'fapi-ciba-id1-ensure-request-object-exp-is-70-minutes-in-future-fails',
  'fapi-ciba-id1-ensure-request-object-nbf-is-70-minutes-in-past-fails',
  'fapi-ciba-id1-ensure-unsigned-backchannel-authorization-request-fails',
]

const fapi = {
  ...byKey,
  sender_constrain: 'dpop',
  openid: 'openid_connect',
  fapi_profile: 'plain_fapi',
  authorization_request_type: 'simple',
}

/** In the order in which they run. */
export const plans: readonly Plan[] = [
  { name: 'config', plan: 'oidcc-config-certification-test-plan', configuration: 'secret', variant: {} },
  { name: 'basic', plan: 'oidcc-basic-certification-test-plan', configuration: 'secret', variant: fixed },
  {
    name: 'form-post',
    plan: 'oidcc-formpost-basic-certification-test-plan',
    configuration: 'secret',
    variant: fixed,
  },
  {
    name: 'logout',
    plan: 'oidcc-rp-initiated-logout-certification-test-plan',
    configuration: 'secret',
    variant: fixedCode,
  },
  {
    name: 'backchannel-logout',
    plan: 'oidcc-backchannel-rp-initiated-logout-certification-test-plan',
    configuration: 'logout',
    variant: fixedCode,
  },
  {
    name: 'third-party-login',
    plan: 'oidcc-3rdparty-init-login-certification-test-plan',
    configuration: 'registered',
    variant: { response_type: 'code' },
  },
  {
    name: 'ciba-poll',
    plan: 'fapi-ciba-id1-test-plan',
    configuration: 'poll',
    variant: { ciba_mode: 'poll', ...ciba },
    except: [rejection, ...ofFapi],
  },
  {
    name: 'ciba-rejection',
    plan: 'fapi-ciba-id1-test-plan',
    configuration: 'rejection',
    variant: { ciba_mode: 'poll', ...ciba },
    only: [rejection],
  },
  {
    name: 'ciba-ping',
    plan: 'fapi-ciba-id1-test-plan',
    configuration: 'ping',
    variant: { ciba_mode: 'ping', ...ciba },
    except: [rejection, ...ofFapi],
  },
  {
    name: 'fapi2',
    plan: 'fapi2-security-profile-final-test-plan',
    configuration: 'fapi2',
    variant: fapi,
  },
  {
    name: 'fapi2-signed-requests',
    plan: 'fapi2-message-signing-final-test-plan',
    configuration: 'fapi2Signed',
    variant: {
      ...fapi,
      fapi_request_method: 'signed_non_repudiation',
      fapi_response_mode: 'plain_response',
    },
  },
]
