import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { chosenIndex, textAnswer } from '../answers.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import type { AuthenticatorFlags } from '../ports/device-ports.ts'
import type { AttemptResult, Person, Ports } from '../ports/ports.ts'
import { attemptErrors, authenticatedBy, authenticationKinds, personWithFactor } from './multi-factor.ts'
import { passkeysOf, type WebauthnDevice } from './webauthn-device.ts'
import { readOutcome, type WebauthnOutcome } from './webauthn-outcome.ts'
import {
  attestationInfo,
  browserErrorKey,
  challengeKey,
  credentialList,
  credentialScript,
  extensionsKey,
  fromBase64url,
  relyingParty,
  relyingPartyData,
  webauthnCallbackKinds,
  webauthnCallbacks,
  webauthnKind,
  webauthnSettings,
} from './webauthn-request.ts'

const common = z.object({
  relyingPartyDomain: webauthnSettings.relyingPartyDomain,
  origins: webauthnSettings.origins,
  userVerificationRequirement: webauthnSettings.userVerificationRequirement,
  isRecoveryCodeAllowed: flagSetting('Allow recovery codes', 'Shows a button for recovery codes.'),
  timeout: webauthnSettings.timeout,
  requiresResidentKey: flagSetting(
    'Username from device',
    'Identifies the person from the passkey, so that no username is needed.',
  ),
  detectSignCountMismatch: flagSetting(
    'Detect sign count mismatch',
    'Takes a separate outcome if the device’s signature counter did not increase: it may be a copy.',
  ),
})

const { detectSignCountMismatch, ...before } = common.shape
const config = () => z.object({ ...before, asScript: webauthnSettings.asScript, detectSignCountMismatch })

const configV2 = () =>
  common.extend({
    mediation: setting(
      'Mediation',
      '`CONDITIONAL` offers passkeys in the autofill of a field on the same page. It needs **Username from device**.',
      z
        .string()
        .regex(/^(optional|conditional|required|silent|default)$/i, {
          error: 'expected OPTIONAL, CONDITIONAL, REQUIRED or SILENT',
        })
        .default('OPTIONAL')
        .meta({ enum: ['OPTIONAL', 'CONDITIONAL', 'REQUIRED', 'SILENT'] }),
    ),
    conditionalManualButton: flagSetting(
      'Authentication Button',
      'Shows a button for passkeys besides autofill. Only with the mediation `CONDITIONAL`.',
    ),
  })

const outcomes = {
  unsupported: 'Unsupported',
  noDevice: 'No Device Registered',
  success: 'Success',
  failure: 'Failure',
  error: 'Client Error',
  recoveryCode: 'Recovery Code',
  successSignCountMismatch: 'Sign Count Mismatch',
} as const

type Outcome = keyof typeof outcomes
type Config = z.infer<typeof common> &
  Partial<z.infer<ReturnType<typeof config>> & z.infer<ReturnType<typeof configV2>>>
type Context = NodeContext<Config> & Pick<Ports, 'identities' | 'devices' | 'passkeys' | 'attempts'>
type Credential = Extract<WebauthnOutcome, { kind: 'credential' }>

/** State keys for later nodes: the device, and details of its assertion. */
const resultKeys = {
  uuid: 'webauthnDeviceUuid',
  name: 'webauthnDeviceName',
  assertion: 'webauthnAssertionInfo',
} as const

/** Index of the recovery button, and the value if it is not pressed. */
const recovery = { pressed: 0, notPressed: 100 } as const

/** The hidden value if the person did not use a passkey: empty, or as clients initialise it. */
const unused: ReadonlySet<string> = new Set(['', 'false', 'webAuthnOutcome'])

const shared = {
  type: 'WebAuthnAuthenticationNode',
  title: 'WebAuthn Authentication Node',
  help: 'Authenticates the person in the browser by a registered passkey or security key.',
  tags: ['mfa', 'multi-factor authentication'],
  outcomes: {
    all: outcomes,
    offered: ({ isRecoveryCodeAllowed, detectSignCountMismatch }: Config): Outcome[] => [
      'unsupported',
      'noDevice',
      'success',
      'failure',
      'error',
      ...(isRecoveryCodeAllowed ? (['recoveryCode'] as const) : []),
      ...(detectSignCountMismatch ? (['successSignCountMismatch'] as const) : []),
    ],
  },
  reads: () => ['username', challengeKey, extensionsKey, authenticationKinds],
  writes: () => [
    'username',
    challengeKey,
    browserErrorKey,
    authenticationKinds,
    ...Object.values(resultKeys),
  ],
  callbacks: {
    MetadataCallback: 'The data for the call.',
    HiddenValueCallback: webauthnCallbackKinds.HiddenValueCallback,
    ConfirmationCallback: 'With **Allow recovery codes**, a button for them.',
  },
  errors: {
    warn: {
      'passkey sign-in without a person: ‹reason›': 'State has no username, or no person has it.',
      'the passkey does not belong to the person':
        'The browser used a passkey of another person, or answered an outdated challenge.',
      'passkey rejected': 'The browser’s response is invalid. The log line says why.',
      ...attemptErrors,
    },
    fail: { 'Extensions must be a map': 'State has no object under `webAuthnExtensions`.' },
  },
  proves: { success: 'pop' },
  requires: ({ requiresResidentKey }: Config) => (requiresResidentKey ? [] : ['username']),
  needs: ['identities', 'devices', 'passkeys', 'attempts'],
  reference: {
    inputs: 'the `Origin` of the request',
    outputs: 'the identified person, the time the passkey was last used, and the session property `NodeType`',
    keys: {
      [resultKeys.uuid]: 'ID of the device.',
      [resultKeys.name]: 'Name of the device.',
      [resultKeys.assertion]: 'The authenticator flags, and whether the authenticator is built in.',
    },
    outcomes: {
      success: 'The passkey belongs to the person.',
      failure: 'The response is invalid, or the person is unknown.',
      unsupported: 'The browser does not support passkeys.',
      noDevice: 'The person has no passkey.',
      error: 'The browser reported an error, or the person cancelled.',
      recoveryCode: 'The person chose to use a recovery code.',
      successSignCountMismatch: 'The passkey is right, but may have been copied.',
    },
  },
} as const

/** Authenticates a person by a registered passkey or security key. Source: "WebAuthn Authentication node". */
export const webauthnAuthentication = defineNode({
  ...shared,
  version: '1.0',
  config,
  callbacks: { ...shared.callbacks, ...webauthnCallbackKinds },
  standalone: { isOptional: false },
  run: (context): Promise<Action<Outcome>> =>
    run(context, textAnswer(context.answers, 'HiddenValueCallback')),
})

/**
 * Version 2.0 always sends data, and can offer passkeys in autofill. An unused request counts as nothing. Source: "WebAuthn
 * Authentication node", version 2.0.
 */
export const webauthnAuthenticationV2 = defineNode({
  ...shared,
  version: '2.0',
  config: configV2,
  // A browser without passkeys must not keep the person from a password that they typed on the same page.
  // rule S41: otherwise a refused passkey is ignored if a password is typed beside it
  standalone: { isOptional: true, yields: ['unsupported', 'error'] },
  reference: {
    ...shared.reference,
    example:
      'On a Page Node 2.0 after Username Collector and Password Collector, with **Mediation** `CONDITIONAL` and **Username from device**: the browser offers passkeys in the autofill of the username, and people without one type their password.',
  },
  run(context): Promise<Action<Outcome>> {
    const sent = textAnswer(context.answers, 'HiddenValueCallback')
    return run(
      context,
      // rule S41: otherwise an unused offer of a passkey counts as an attempt
      sent === undefined || unused.has(sent) ? undefined : sent,
    )
  },
})

async function run(context: Context, sent: string | undefined): Promise<Action<Outcome>> {
  const { config, state, answers } = context
  const isRecovering = chosenIndex(answers, 'ConfirmationCallback') === recovery.pressed
  if (config.isRecoveryCodeAllowed && isRecovering) return goTo('recoveryCode')
  if (sent === undefined) return ask(context)
  const outcome = readOutcome(sent)
  if (outcome.kind === 'unsupported') return goTo('unsupported')
  if (outcome.kind === 'error') {
    state.putShared(browserErrorKey, outcome.error)
    return goTo('error')
  }
  return signIn(context, outcome)
}

async function ask(context: Context): Promise<Action<Outcome>> {
  const { config, state, devices, passkeys, log, identities } = context
  let allowed: readonly WebauthnDevice[] = []
  if (!config.requiresResidentKey) {
    const person = await personWithFactor(state, identities)
    if (typeof person === 'string') {
      log.warn(`passkey sign-in without a person: ${person}`)
      return goTo('failure')
    }
    allowed = await passkeysOf(devices, person)
    if (allowed.length === 0) return goTo('noDevice')
  }
  const extensions = state.getObject(extensionsKey)
  if (extensions !== null && !isJsonObject(extensions)) return fail('Extensions must be a map')
  const challenge = passkeys.newChallenge()
  state.putShared(challengeKey, challenge)
  const credentialIds = allowed.map(({ credentialId }) => credentialId)
  const data = signInData(context, challenge, credentialIds, extensions ?? {})
  const { asScript = false } = config
  return send(webauthnCallbacks('signIn', data, { asScript, others: recoveryButton(config) }))
}

function signInData(
  { config }: Context,
  challenge: string,
  credentialIds: readonly string[],
  extensions: JsonObject,
): JsonObject {
  return {
    _action: 'webauthn_authentication',
    _type: 'WebAuthn',
    challenge,
    allowCredentials:
      credentialIds.length === 0 ? '' : `allowCredentials: [${credentialScript(credentialIds)}]`,
    _allowCredentials: credentialList(credentialIds),
    timeout: String(config.timeout * 1000),
    userVerification: config.userVerificationRequirement.toLowerCase(),
    ...(config.asScript && config.isRecoveryCodeAllowed ? { allowRecoveryCode: 'true' } : {}),
    ...relyingPartyData('rpId', config.relyingPartyDomain),
    extensions,
    ...mediationData(config),
  }
}

/** How the browser offers passkeys, for clients of version 2.0. Without `mediation`, it asks at once. */
function mediationData({ mediation, conditionalManualButton }: Config): JsonObject {
  if (mediation === undefined) return {}
  const asked = mediation.toLowerCase()
  return {
    ...(asked === 'optional' || asked === 'default' ? {} : { mediation: asked }),
    manualButtonEnabled: asked === 'conditional' && conditionalManualButton === true,
  }
}

function recoveryButton({ isRecoveryCodeAllowed }: Context['config']) {
  if (!isRecoveryCodeAllowed) return []
  const { pressed, notPressed } = recovery
  const output = {
    prompt: '',
    messageType: 0,
    options: ['Use Recovery Code'],
    optionType: -1,
    defaultOption: pressed,
  }
  return [callback('ConfirmationCallback', output, { '': notPressed })]
}

async function signIn(context: Context, credential: Credential): Promise<Action<Outcome>> {
  const { config, state, devices, attempts, log, identities } = context
  const handle = credential.parts[4] ?? ''
  const challenge = state.getText(challengeKey)
  // rule S41: otherwise a challenge can be answered twice
  state.remove(challengeKey)
  const person = await personOfAnswer(context, handle)
  const registered = person === undefined ? [] : await passkeysOf(devices, person)
  if (person !== undefined && registered.length === 0) return goTo('noDevice')
  const named = fromBase64url(handle)
  const owner = config.requiresResidentKey || !named ? person : await identities.find(named)
  // rule S41: otherwise a passkey that names another person as its owner signs in
  const usable = owner === undefined || owner._id === person?._id ? registered : []
  // rule S05: otherwise signatures of passkeys can be tried without limit
  const tried = await attempts.check('webauthn', person?._id, () =>
    verify(context, credential, challenge, usable),
  )
  if (tried.kind === 'wrong') log.warn(tried.reason, tried.detail)
  // Without a person there are no passkeys, so no attempt was right.
  if (tried.kind === 'wrong' || person === undefined) return goTo('failure')
  const { device, flags, signCount } = tried.value
  state.putTransient(resultKeys.assertion, attestationInfo(flags, credential.authenticatorAttachment))
  return succeed(context, person, { registered, device }, signCount)
}

type Verified = { device: WebauthnDevice; flags: AuthenticatorFlags; signCount: number }

async function verify(
  { config, passkeys, request }: Context,
  { parts }: Credential,
  challenge: string | undefined,
  registered: readonly WebauthnDevice[],
): Promise<AttemptResult<Verified>> {
  const [clientData = '', authenticatorData = '', signature = '', credentialId = ''] = parts
  const device = registered.find((each) => each.credentialId === credentialId)
  if (device === undefined || challenge === undefined) {
    return { kind: 'wrong', reason: 'the passkey does not belong to the person' }
  }
  const result = await passkeys.verify({
    ...relyingParty(config, request),
    challenge,
    isUserVerificationRequired: config.userVerificationRequirement === 'REQUIRED',
    publicKey: device.publicKey,
    clientData,
    authenticatorData,
    signature,
    credentialId,
  })
  if ('problem' in result) return { kind: 'wrong', reason: 'passkey rejected', detail: result.problem }
  return { kind: 'right', value: { device, flags: result.flags, signCount: result.signCount } }
}

async function succeed(
  { config, state, devices, now }: Context,
  person: Person,
  { registered, device }: { registered: readonly WebauthnDevice[]; device: WebauthnDevice },
  signCount: number,
): Promise<Action<Outcome>> {
  const { uuid, deviceName, credentialId } = device
  const used = { ...device, signCount, lastAccessDate: now }
  await devices.save(
    person._id,
    'webauthn',
    registered.map((each) => (each === device ? used : each)),
  )
  state.putShared(resultKeys.uuid, uuid).putShared(resultKeys.name, deviceName)
  // rule S41: otherwise a passkey signs in the person whose name was typed
  if (config.requiresResidentKey) state.putShared('username', person.userName)
  // Two zeros mean that the device has no counter (Web Authentication Level 2, section 7.2).
  const hasCounter = signCount !== 0 || device.signCount !== 0
  const isMismatch = config.detectSignCountMismatch && hasCounter && signCount <= device.signCount
  return goTo(isMismatch ? 'successSignCountMismatch' : 'success', {
    ...authenticatedBy(state, webauthnKind),
    identified: { kind: 'user', name: person.userName },
    auditDetail: { registeredDeviceUuid: uuid, credentialId, deviceName, userHandle: person._id },
  })
}

/** The person under `username`, or the person stored in the passkey. */
async function personOfAnswer(
  { config, state, identities }: Context,
  handle: string,
): Promise<Person | undefined> {
  if (!config.requiresResidentKey) {
    const person = await personWithFactor(state, identities)
    return typeof person === 'string' ? undefined : person
  }
  const id = fromBase64url(handle)
  const person = id ? await identities.find(id) : undefined
  // A user handle is an object id. A username in it is rejected.
  return person?._id === id ? person : undefined
}
