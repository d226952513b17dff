import { z } from 'zod'
import type { JsonObject } from '../../engine/json.ts'
import { setting } from '../define-node.ts'
import {
  credentialList,
  credentialScript,
  relyingPartyData,
  toBase64url,
  webauthnSettings,
} from './webauthn-request.ts'

/** Numbers of the COSE registry, by AM's names. */
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
  relyingPartyName: setting(
    'Relying party',
    'Who asks, as the browser shows it.',
    z.string().default('ForgeRock'),
  ),
  relyingPartyDomain,
  origins,
  userVerificationRequirement,
  attestationPreference: setting(
    'Preferred mode of attestation',
    'Whether the device says what it is. The signature is checked, not who issued its certificate.',
    z.enum(['NONE', 'INDIRECT', 'DIRECT']).default('NONE'),
  ),
  acceptedSigningAlgorithms: setting(
    'Accepted signing algorithms',
    'What the device may sign with.',
    z.array(algorithm).default(['ES256', 'RS256']),
  ),
  authenticatorAttachment: setting(
    'Authentication attachment',
    'Whether the device is part of the computer, or another one.',
    z.enum(['UNSPECIFIED', 'PLATFORM', 'CROSS_PLATFORM']).default('UNSPECIFIED'),
  ),
  trustStoreAlias: setting('Trust Store alias', 'Kept for exports.', z.string().nullish()),
  enforceRevocationCheck: setting(
    'Enforce revocation check',
    'Not supported: must be off.',
    z.boolean().default(false),
  ),
  timeout,
  excludeCredentials: setting(
    'Limit registrations',
    'Whether a device that is registered may not be registered again.',
    z.boolean().default(false),
  ),
  generateRecoveryCodes: setting(
    'Generate recovery codes',
    'Whether codes are made for the day the device is lost. A Recovery Code Display node shows them.',
    z.boolean().default(true),
  ),
  storeAttestationDataInTransientState: setting(
    'Store data in transient state',
    'Whether what the browser answered is left for the nodes after.',
    z.boolean().default(false),
  ),
  postponeDeviceProfileStorage: setting(
    'Store device data in transient state',
    'Whether the device waits in transient state, sealed, for a WebAuthn Device Storage node.',
    z.boolean().default(false),
  ),
  requiresResidentKey: setting(
    'Username to device',
    'Whether the device keeps who it is for, so that nobody need type a user name.',
    z.boolean().default(false),
  ),
  displayNameSharedState: setting(
    'Shared state attribute for display name',
    'State key of the name that the browser shows; unset or empty means the user name.',
    z.string().nullish(),
    'stateKey',
  ),
  asScript,
  maxSavedDevices: setting(
    'Maximum Saved Devices',
    'How many devices somebody may have; 0 for any number.',
    z.int().min(0).default(0),
  ),
  validateFidoU2fAaguid: setting(
    'Validate FIDO-U2F attestation AAGUID',
    'Kept for exports; it is always validated.',
    z.boolean().default(true),
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

export type WebauthnRegistrationConfig = z.infer<typeof webauthnRegistrationConfig>

/** The numbers of the accepted algorithms. */
export function acceptedAlgorithms({ acceptedSigningAlgorithms }: WebauthnRegistrationConfig): number[] {
  return acceptedSigningAlgorithms.map((name) => coseNumbers[name])
}

/** What the browser is asked to make a passkey with. */
export function registrationData(
  config: WebauthnRegistrationConfig,
  given: {
    challenge: string
    person: { _id: string; userName: string }
    displayName: string | undefined
    /** Credential ids that may not be registered again. */
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
    // The object id: it outlives a change of the user name, and the device that keeps it learns no name.
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
