import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { flagSetting, setting, textSetting } from '../define-node.ts'
import {
  credentialList,
  credentialScript,
  relyingPartyData,
  toBase64url,
  webauthnSettings,
} from './webauthn-request.ts'

/** COSE algorithm numbers by AM's names. */
const coseNumbers = {
  ES256: -7,
  ES384: -35,
  ES512: -36,
  EDDSA: -8,
  RS256: -257,
  RS384: -258,
  RS512: -259,
} as const

const algorithm = z.enum(['ES256', 'ES384', 'ES512', 'EDDSA', 'RS256', 'RS384', 'RS512'])
const { relyingPartyDomain, origins, userVerificationRequirement, timeout, asScript } = webauthnSettings

export const webauthnRegistrationConfig = z.object({
  relyingPartyName: textSetting(
    'Relying party',
    'Name of the relying party that the browser shows.',
    'ForgeRock',
  ),
  relyingPartyDomain,
  origins,
  userVerificationRequirement,
  attestationPreference: setting(
    'Preferred mode of attestation',
    'Whether the device sends an attestation. Its signature is verified, but not the issuer of its certificate.',
    z.enum(['NONE', 'INDIRECT', 'DIRECT']).default('NONE'),
  ),
  acceptedSigningAlgorithms: setting(
    'Accepted signing algorithms',
    'Algorithms that the device may use.',
    z.array(algorithm).default(['ES256', 'RS256']),
  ),
  authenticatorAttachment: setting(
    'Authentication attachment',
    'Whether the device is built in or roaming.',
    z.enum(['UNSPECIFIED', 'PLATFORM', 'CROSS_PLATFORM']).default('UNSPECIFIED'),
  ),
  trustStoreAlias: setting(
    'Trust Store alias',
    'Not used. Kept so that exports stay complete.',
    z.string().nullish(),
  ),
  enforceRevocationCheck: flagSetting('Enforce revocation check', 'Not supported: must be disabled.'),
  timeout,
  excludeCredentials: flagSetting('Limit registrations', 'Rejects devices that are already registered.'),
  generateRecoveryCodes: flagSetting(
    'Generate recovery codes',
    'Creates recovery codes for a lost device. A Recovery Code Display node shows them.',
    true,
  ),
  storeAttestationDataInTransientState: flagSetting(
    'Store data in transient state',
    'Stores the browser’s response in transient state for later nodes.',
  ),
  postponeDeviceProfileStorage: flagSetting(
    'Store device data in transient state',
    'Stores the sealed device in transient state for a WebAuthn Device Storage node.',
  ),
  requiresResidentKey: flagSetting(
    'Username to device',
    'Stores the person’s ID on the device, so that no username is needed to sign in.',
  ),
  displayNameSharedState: setting(
    'Shared state attribute for display name',
    'State key of the display name in the browser. Unset or empty: the username.',
    z.string().nullish(),
    'stateKey',
  ),
  asScript,
  maxSavedDevices: setting(
    'Maximum Saved Devices',
    'Maximum number of passkeys. 0 for any number.',
    z.int().min(0).default(0),
  ),
  validateFidoU2fAaguid: flagSetting(
    'Validate FIDO-U2F attestation AAGUID',
    'Not used: the AAGUID is always validated. Kept so that exports stay complete.',
    true,
  ),
  fidoCertificationLevel: setting(
    'FIDO Certification Level',
    'Not supported: must be OFF.',
    z
      .enum([
        'OFF',
        'SELF_ASSERTION_SUBMITTED',
        'FIDO_CERTIFIED_L1',
        'FIDO_CERTIFIED_L1plus',
        'FIDO_CERTIFIED_L2',
        'FIDO_CERTIFIED_L2plus',
        'FIDO_CERTIFIED_L3',
        'FIDO_CERTIFIED_L3plus',
      ])
      .default('OFF'),
  ),
})

/** Version 2.0 always sends data. */
export const webauthnRegistrationConfigV2 = webauthnRegistrationConfig.omit({ asScript: true })

export type WebauthnRegistrationConfig = z.infer<typeof webauthnRegistrationConfigV2> & {
  asScript?: boolean
}

export function acceptedAlgorithms({ acceptedSigningAlgorithms }: WebauthnRegistrationConfig): number[] {
  return acceptedSigningAlgorithms.map((name) => coseNumbers[name])
}

/** The data with which the browser creates a passkey. */
export function registrationData(
  config: WebauthnRegistrationConfig,
  given: {
    challenge: string
    person: { _id: string; userName: string }
    displayName: string | undefined
    /** Credential ids that can't be registered again. */
    excluded: readonly string[]
    extensions: JsonObject
  },
): JsonObject {
  const { person, displayName, challenge, excluded, extensions } = given
  const parameters = acceptedAlgorithms(config).map((alg) => ({ type: 'public-key', alg }))
  const selection = authenticatorSelection(config)
  return {
    _action: 'webauthn_registration',
    _type: 'WebAuthn',
    challenge,
    attestationPreference: config.attestationPreference.toLowerCase(),
    userName: person.userName,
    // The object id: it doesn't change with the username, and doesn't reveal a name.
    userId: toBase64url(person._id),
    displayName: displayName || person.userName,
    relyingPartyName: config.relyingPartyName,
    ...relyingPartyData('id', config.relyingPartyDomain),
    authenticatorSelection: JSON.stringify(selection),
    _authenticatorSelection: selection,
    pubKeyCredParams: JSON.stringify(parameters),
    _pubKeyCredParams: parameters,
    excludeCredentials: credentialScript(excluded),
    _excludeCredentials: credentialList(excluded),
    timeout: String(config.timeout * 1000),
    extensions,
  }
}

function authenticatorSelection(config: WebauthnRegistrationConfig): JsonObject {
  const { authenticatorAttachment, userVerificationRequirement, requiresResidentKey } = config
  return {
    userVerification: userVerificationRequirement.toLowerCase(),
    ...(authenticatorAttachment === 'UNSPECIFIED'
      ? {}
      : { authenticatorAttachment: authenticatorAttachment.toLowerCase().replace('_', '-') }),
    ...(requiresResidentKey ? { requireResidentKey: true, residentKey: 'required' } : {}),
  }
}
