import { isJsonObject } from '../../base/json.ts'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode } from '../define-node.ts'
import type { NewPasskey } from '../ports/device-ports.ts'
import type { Person, Ports } from '../ports/ports.ts'
import {
  authenticatedBy,
  authenticationKinds,
  personWithFactor,
  recoveryCodesToShow,
} from './multi-factor.ts'
import { newWebauthnDevice, passkeysOf, pendingDeviceKey, storePasskey } from './webauthn-device.ts'
import { readOutcome, type WebauthnOutcome } from './webauthn-outcome.ts'
import {
  acceptedAlgorithms,
  registrationData,
  type WebauthnRegistrationConfig,
  webauthnRegistrationConfig,
  webauthnRegistrationConfigV2,
} from './webauthn-registration-data.ts'
import {
  attestationInfo,
  browserErrorKey,
  challengeKey,
  extensionsKey,
  relyingParty,
  webauthnCallbackKinds,
  webauthnCallbacks,
  webauthnKind,
} from './webauthn-request.ts'

const outcomes = {
  unsupported: 'Unsupported',
  success: 'Success',
  failure: 'Failure',
  error: 'Client Error',
  exceedDeviceLimit: 'Exceed Device Limit',
} as const

type Outcome = keyof typeof outcomes
type Context = NodeContext<WebauthnRegistrationConfig> &
  Pick<Ports, 'identities' | 'devices' | 'passkeys' | 'secrets'>
type Credential = Extract<WebauthnOutcome, { kind: 'credential' }>

/** Transient state keys for later nodes: the response, and details of the attestation. */
const resultKeys = {
  answer: 'webauthnData',
  attestationType: 'webauthnAttestationType',
  attestationInfo: 'webauthnAttestationInfo',
} as const

const shared = {
  type: 'WebAuthnRegistrationNode',
  title: 'WebAuthn Registration Node',
  help: 'Registers a passkey or security key for the person in the browser.',
  tags: ['mfa', 'multi-factor authentication'],
  outcomes: {
    all: outcomes,
    offered: ({ maxSavedDevices, postponeDeviceProfileStorage }: WebauthnRegistrationConfig): Outcome[] => [
      'unsupported',
      'success',
      'failure',
      'error',
      ...(maxSavedDevices > 0 && !postponeDeviceProfileStorage ? (['exceedDeviceLimit'] as const) : []),
    ],
  },
  reads: ({ displayNameSharedState }: WebauthnRegistrationConfig) => [
    'username',
    challengeKey,
    extensionsKey,
    authenticationKinds,
    ...(displayNameSharedState ? [displayNameSharedState] : []),
  ],
  writes: () => [
    challengeKey,
    browserErrorKey,
    pendingDeviceKey,
    authenticationKinds,
    ...Object.values(resultKeys),
    ...Object.values(recoveryCodesToShow),
  ],
  callbacks: {
    MetadataCallback: 'The data for the call.',
    HiddenValueCallback: webauthnCallbackKinds.HiddenValueCallback,
  },
  errors: {
    warn: {
      'passkey registration without a person: ‹reason›': 'State has no username, or no person has it.',
      'the passkey is registered already': '**Limit registrations** is on.',
      'passkey registration rejected': 'The browser’s response is invalid. The log line says why.',
    },
    fail: {
      'Extensions must be a map': 'State has no object under `webAuthnExtensions`.',
      'Enforce revocation check is not supported': '**Enforce revocation check** is enabled.',
      'FIDO Certification Level is not supported': '**FIDO Certification Level** is not `OFF`.',
    },
  },
  requires: () => ['username'],
  needs: ['identities', 'devices', 'passkeys', 'secrets'],
  reference: {
    inputs: 'the `Origin` of the request',
    outputs: 'the person’s passkeys, and the session property `NodeType`',
    keys: {
      [challengeKey]: 'Challenge for the device to sign.',
      [extensionsKey]: 'Extensions to request from the device, by name.',
      [browserErrorKey]: 'The browser’s error.',
      [pendingDeviceKey]: 'The sealed passkey until it is stored.',
      [resultKeys.answer]: 'The browser’s response.',
      [resultKeys.attestationType]: 'Type of the attestation: `NONE`, `SELF` or `BASIC`.',
      [resultKeys.attestationInfo]: 'The authenticator flags, and whether the authenticator is built in.',
    },
    outcomes: {
      success: 'The passkey is registered.',
      failure: 'The browser’s response is invalid, or the person is unknown.',
      exceedDeviceLimit: 'The person has reached the maximum number of passkeys.',
      unsupported: 'The browser does not support passkeys.',
      error: 'The browser reported an error, or the person cancelled.',
    },
  },
} as const

/** Registers a passkey or security key. Source: "WebAuthn Registration node". */
export const webauthnRegistration = defineNode({
  ...shared,
  version: '1.0',
  config: () => webauthnRegistrationConfig,
  callbacks: webauthnCallbackKinds,
  run,
})

/** Version 2.0 always sends data. Source: "WebAuthn Registration node", version 2.0. */
export const webauthnRegistrationV2 = defineNode({
  ...shared,
  version: '2.0',
  config: () => webauthnRegistrationConfigV2,
  reference: {
    ...shared.reference,
    example:
      'After a sign-in with a password, with **Username to device**: a later journey can then ask for a passkey alone.',
  },
  run,
})

async function run(context: Context): Promise<Action<Outcome>> {
  const { config, state, answers, identities, log } = context
  if (config.enforceRevocationCheck) return fail('Enforce revocation check is not supported')
  if (config.fidoCertificationLevel !== 'OFF') return fail('FIDO Certification Level is not supported')
  const person = await personWithFactor(state, identities)
  if (typeof person === 'string') {
    log.warn(`passkey registration without a person: ${person}`)
    return goTo('failure')
  }
  const sent = textAnswer(answers, 'HiddenValueCallback')
  if (sent === undefined) return ask(context, person)
  const outcome = readOutcome(sent)
  if (outcome.kind === 'unsupported') return goTo('unsupported')
  if (outcome.kind === 'error') {
    state.putShared(browserErrorKey, outcome.error)
    return goTo('error')
  }
  return register(context, person, outcome, sent)
}

async function ask({ config, state, devices, passkeys }: Context, person: Person): Promise<Action<Outcome>> {
  const existing = await passkeysOf(devices, person)
  if (!config.postponeDeviceProfileStorage && config.maxSavedDevices > 0) {
    if (existing.length >= config.maxSavedDevices) return goTo('exceedDeviceLimit')
  }
  const extensions = state.getObject(extensionsKey)
  if (extensions !== null && !isJsonObject(extensions)) return fail('Extensions must be a map')
  const challenge = passkeys.newChallenge()
  state.putShared(challengeKey, challenge)
  const data = registrationData(config, {
    challenge,
    person,
    displayName: config.displayNameSharedState ? state.getText(config.displayNameSharedState) : undefined,
    excluded: config.excludeCredentials ? existing.map(({ credentialId }) => credentialId) : [],
    extensions: extensions ?? {},
  })
  return send(webauthnCallbacks('register', data, { asScript: config.asScript ?? false }))
}

async function register(
  context: Context,
  person: Person,
  { parts, authenticatorAttachment }: Credential,
  sent: string,
): Promise<Action<Outcome>> {
  const { config, state, devices, passkeys, request, log } = context
  const [clientData = '', attestation = '', credentialId = '', name] = parts
  const challenge = state.getText(challengeKey)
  state.remove(challengeKey)
  if (challenge === undefined) return goTo('failure')
  const result = await passkeys.register({
    ...relyingParty(config, request),
    challenge,
    isUserVerificationRequired: config.userVerificationRequirement === 'REQUIRED',
    algorithms: acceptedAlgorithms(config),
    clientData,
    attestation,
    credentialId,
  })
  if ('problem' in result) {
    log.warn('passkey registration rejected', result.problem)
    return goTo('failure')
  }
  const isKnown = (await passkeysOf(devices, person)).some((each) => each.credentialId === credentialId)
  if (config.excludeCredentials && isKnown) {
    log.warn('the passkey is registered already')
    return goTo('failure')
  }
  if (config.storeAttestationDataInTransientState) {
    state.putTransient(resultKeys.answer, sent)
    state.putTransient(resultKeys.attestationType, result.attestationType)
  }
  state.putTransient(resultKeys.attestationInfo, attestationInfo(result.flags, authenticatorAttachment))
  return keep(context, person, { credentialId, name }, result)
}

async function keep(
  { config, state, devices, secrets, now }: Context,
  person: Person,
  given: { credentialId: string; name: string | undefined },
  passkey: NewPasskey,
): Promise<Action<Outcome>> {
  const device = newWebauthnDevice({ ...given, uuid: secrets.hex(32), now }, passkey)
  const { credentialId, deviceName, uuid } = device
  if (config.postponeDeviceProfileStorage) {
    state.putTransient(pendingDeviceKey, devices.seal(device))
  } else {
    const options = { limit: config.maxSavedDevices, hasRecoveryCodes: config.generateRecoveryCodes }
    if (!(await storePasskey({ devices, state }, person, device, options))) return goTo('exceedDeviceLimit')
  }
  return goTo('success', {
    ...authenticatedBy(state, webauthnKind),
    auditDetail: {
      registeredDeviceUuid: uuid,
      registeredAaguid: passkey.aaguid,
      attestationType: passkey.attestationType,
      credentialId,
      deviceName,
    },
  })
}
