import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { isJsonObject } from '../../engine/json.ts'
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

/** Transient state for the nodes after: what was registered, and how. */
const told = {
  answer: 'webauthnData',
  attestationType: 'webauthnAttestationType',
  attestationInfo: 'webauthnAttestationInfo',
} as const

/** Registers a passkey or security key. Source: "WebAuthn Registration node". */
export const webauthnRegistration = defineNode({
  type: 'WebAuthnRegistrationNode',
  version: '1.0',
  title: 'WebAuthn Registration Node',
  help: 'Registers a passkey or security key of the person, in the browser.',
  tags: ['mfa', 'multi-factor authentication'],
  config: webauthnRegistrationConfig,
  outcomes: {
    all: outcomes,
    offered: ({ maxSavedDevices, postponeDeviceProfileStorage }): Outcome[] => [
      'unsupported',
      'success',
      'failure',
      'error',
      ...(maxSavedDevices > 0 && !postponeDeviceProfileStorage ? (['exceedDeviceLimit'] as const) : []),
    ],
  },
  reads: ({ displayNameSharedState }) => [
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
    ...Object.values(told),
    ...Object.values(recoveryCodesToShow),
  ],
  callbacks: webauthnCallbackKinds,
  errors: {
    warn: {
      "a passkey can't be registered: ‹reason›": 'State has no user name, or nobody has it.',
      'a passkey was not registered': 'What the browser answered does not hold; the line says why.',
    },
    fail: {
      'Extensions must be a map': 'State holds no object under `webAuthnExtensions`.',
      'Enforce revocation check is not supported': '**Enforce revocation check** is on.',
      'FIDO Certification Level is not supported': '**FIDO Certification Level** is not `OFF`.',
    },
  },
  requires: () => ['username'],
  needs: ['identities', 'devices', 'passkeys', 'secrets'],
  reference: {
    inputs: 'the `Origin` of the request',
    outputs: 'the passkeys of the person; the session property `NodeType`',
    keys: {
      [challengeKey]: 'Challenge that the device has to sign.',
      [extensionsKey]: 'Extensions to ask the device for, by name.',
      [browserErrorKey]: 'What the browser said when it failed.',
      [pendingDeviceKey]: 'The passkey until it is stored, sealed.',
      [told.answer]: 'What the browser answered.',
      [told.attestationType]: 'How the device vouched for itself: `NONE`, `SELF` or `BASIC`.',
      [told.attestationInfo]: 'How the device answered: its flags, and whether it is part of the computer.',
    },
    outcomes: {
      success: 'It is registered.',
      failure: 'What the browser answered does not hold, or nobody is known whose it could be.',
      exceedDeviceLimit: 'The person has as many as may be.',
      unsupported: 'The browser knows no passkeys.',
      error: 'The browser failed, or the person gave up.',
    },
  },
  async run(context): Promise<Action<Outcome>> {
    const { config, state, answers, identities, log } = context
    if (config.enforceRevocationCheck) return fail('Enforce revocation check is not supported')
    if (config.fidoCertificationLevel !== 'OFF') return fail('FIDO Certification Level is not supported')
    const person = await personWithFactor(state, identities)
    if (typeof person === 'string') {
      log.warn(`a passkey can't be registered: ${person}`)
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
  },
})

async function ask({ config, state, devices, passkeys }: Context, person: Person): Promise<Action<Outcome>> {
  const held = await passkeysOf(devices, person)
  if (!config.postponeDeviceProfileStorage && config.maxSavedDevices > 0) {
    if (held.length >= config.maxSavedDevices) return goTo('exceedDeviceLimit')
  }
  const extensions = state.getObject(extensionsKey)
  if (extensions !== null && !isJsonObject(extensions)) return fail('Extensions must be a map')
  const challenge = passkeys.newChallenge()
  state.putShared(challengeKey, challenge)
  const data = registrationData(config, {
    challenge,
    person,
    displayName: config.displayNameSharedState ? state.getText(config.displayNameSharedState) : undefined,
    excluded: config.excludeCredentials ? held.map(({ credentialId }) => credentialId) : [],
    extensions: extensions ?? {},
  })
  return send(webauthnCallbacks('register', data, config))
}

async function register(
  context: Context,
  person: Person,
  { parts, authenticatorAttachment }: Credential,
  sent: string,
): Promise<Action<Outcome>> {
  const { config, state, passkeys, request, log } = context
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
    log.warn('a passkey was not registered', result.problem)
    return goTo('failure')
  }
  if (config.storeAttestationDataInTransientState) {
    state.putTransient(told.answer, sent)
    state.putTransient(told.attestationType, result.attestationType)
  }
  state.putTransient(told.attestationInfo, attestationInfo(result.flags, authenticatorAttachment))
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
    const wanted = { limit: config.maxSavedDevices, hasRecoveryCodes: config.generateRecoveryCodes }
    if (!(await storePasskey({ devices, state }, person, device, wanted))) return goTo('exceedDeviceLimit')
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
