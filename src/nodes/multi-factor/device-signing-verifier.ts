import { z } from 'zod'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { defineNode, flagSetting, setting, textSetting } from '../define-node.ts'
import { type Person, type Ports, tooManyAttempts } from '../ports/ports.ts'
import {
  type BoundDevice,
  bindingKind,
  bindingSettings,
  boundDevicesOf,
  clientError,
  clientErrors,
  problemOf,
  promptOf,
  withClientErrors,
} from './bound-device.ts'
import { authenticatedBy, authenticationKinds } from './multi-factor.ts'

const { applicationIds, title, subtitle, description, timeout, skewAllowance } = bindingSettings

const config = () =>
  z.object({
    challenge: flagSetting(
      'Sign Random Challenge.',
      'Lets the device sign a random challenge instead of the text under the state key below.',
      true,
    ),
    sharedStateAttribute: textSetting(
      'Shared State Attribute As Challenge.',
      'State key of a text to sign, such as an order.',
      '',
      'stateKey',
    ),
    applicationIds,
    title,
    subtitle,
    description,
    timeout,
    captureFailure: flagSetting(
      'Capture Failure',
      'Takes the outcome `failure` for errors, with the reason in shared state. Otherwise errors end the journey.',
    ),
    clientErrorOutcomes: setting(
      'Client Error Outcomes',
      'Outcomes that the app may choose for errors.',
      z.array(z.string()).default(['Unsupported', 'Abort', 'Timeout', 'ClientNotRegistered']),
      'outcomes',
    ),
    skewAllowance,
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> &
  Pick<Ports, 'identities' | 'devices' | 'deviceKeys' | 'attempts'>

/** State keys of the challenge, the reason of a failure, and the signed text. */
const keys = {
  challenge: 'DeviceSigningVerifierNode.CHALLENGE',
  reason: 'DeviceSigningVerifierNode.FAILURE',
  jwt: 'DeviceSigningVerifierNode.JWT',
} as const

type Reason = 'INVALID_CLAIM' | 'INVALID_USER' | 'NOT_ACTIVE_USER' | 'INVALID_SUBJECT' | 'INVALID_SIGNATURE'
type Refusal = { reason: Reason; message: string }
type Refused = { refusal: Refusal }

/** Authenticates a person by a bound device's signature. Source: "Device Signing Verifier node". */
export const deviceSigningVerifier = defineNode({
  type: 'DeviceSigningVerifierNode',
  title: 'Device Signing Verifier',
  help: 'Authenticates the person by the signature of an app on a bound device.',
  tags: ['mfa', 'multi-factor authentication'],
  config,
  outcomes: ({ clientErrorOutcomes }) =>
    withClientErrors(
      {
        success: 'Success',
        failure: 'Failure',
        noDeviceRegistered: 'No Device Registered',
        keyNotFound: 'Key Not Found',
      },
      clientErrorOutcomes,
    ),
  reads: ({ challenge, sharedStateAttribute }) => [
    'username',
    keys.challenge,
    authenticationKinds,
    ...(challenge || sharedStateAttribute === '' ? [] : [sharedStateAttribute]),
  ],
  writes: () => ['username', authenticationKinds, ...Object.values(keys)],
  callbacks: { DeviceSigningVerifierCallback: 'Asks the app to sign the challenge.' },
  errors: {
    warn: {
      'Device Signing failed: ‹reason›': 'The app’s answer is invalid, or **Application Ids** names no app.',
    },
    fail: {
      ...clientErrors,
      '‹sharedStateAttribute› missing from shared state': 'State has no text to sign.',
      'Failed to get the identity object': 'No person has the username in state.',
      'User status is not active.': 'The person may not sign in.',
      'Invalid Subject': 'The text was signed for another person.',
      'User does not exist.': 'The text was signed for an unknown person.',
      '‹reason›': 'The signature or the signed text is invalid.',
    },
  },
  requires: ({ challenge, sharedStateAttribute }) => (challenge ? [] : [sharedStateAttribute]),
  proves: { success: 'hwk' },
  needs: ['identities', 'devices', 'deviceKeys', 'attempts'],
  reference: {
    outputs: 'the identified person, the time the device was last used, and the session property `NodeType`',
    keys: {
      [keys.challenge]: 'Challenge for the device to sign.',
      [keys.reason]:
        'Reason of the outcome `failure`: `INVALID_CLAIM`, `INVALID_USER`, `NOT_ACTIVE_USER`, `INVALID_SUBJECT` or `INVALID_SIGNATURE`.',
      [keys.jwt]: 'The text that the device signed.',
    },
    outcomes: {
      success: 'A bound device of the person signed the challenge.',
      failure: 'The app’s response is invalid. Without **Capture Failure**, the journey ends instead.',
      noDeviceRegistered: 'The person has no bound device.',
      keyNotFound: 'The person has no bound device with this key.',
    },
  },
  async run(context): Promise<Action> {
    const { config, answers, devices } = context
    const { jws, clientError: error } =
      answers.find(({ type }) => type === 'DeviceSigningVerifierCallback')?.input ?? {}
    if (typeof jws === 'string' && jws !== '') return verify(context, jws)
    if (typeof error === 'string' && error !== '') return clientError(error, config.clientErrorOutcomes)
    const named = await personNamed(context)
    if ('refusal' in named) return refuse(context, named.refusal)
    const { person } = named
    const isUnbound = person !== undefined && (await boundDevicesOf(devices, person)).length === 0
    return isUnbound ? goTo('noDeviceRegistered') : ask(context, person)
  },
})

function ask({ config, state, deviceKeys, request }: Context, person: Person | undefined): Action {
  const isRandom = config.challenge
  const challenge = isRandom ? deviceKeys.newChallenge() : state.getText(config.sharedStateAttribute)
  if (challenge === undefined) return fail(`${config.sharedStateAttribute} missing from shared state`)
  if (isRandom) state.putShared(keys.challenge, challenge)
  // Without a person in state, the app tells whose device it is.
  const output = {
    userId: person?._id ?? '',
    challenge,
    ...promptOf(config, request),
    timeout: config.timeout,
  }
  return send([callback('DeviceSigningVerifierCallback', output)])
}

async function verify(context: Context, jws: string): Promise<Action> {
  const { state, devices, deviceKeys } = context
  const unverified = deviceKeys.peek(jws)
  const found = await personOfSubject(context, unverified?.subject)
  if ('refusal' in found) return refuse(context, found.refusal)
  const { person } = found
  const existing = await boundDevicesOf(devices, person)
  if (existing.length === 0) return goTo('noDeviceRegistered')
  const device = existing.find(({ key }) => key.kid === unverified?.keyId)
  if (device === undefined) return goTo('keyNotFound')
  let refusal: Refusal = { reason: 'INVALID_SIGNATURE', message: tooManyAttempts }
  // rule S05: otherwise signatures of bound devices can be tried without limit
  const tried = await context.attempts.check('binding', person._id, async () => {
    const found = await refusalOf(context, jws, person, device)
    if (found === undefined) return { kind: 'right', value: true }
    refusal = found
    return { kind: 'wrong', reason: found.message }
  })
  if (tried.kind === 'wrong') return refuse(context, refusal)
  const used = { ...device, lastAccessDate: context.now }
  await devices.save(
    person._id,
    'binding',
    existing.map((each) => (each === device ? used : each)),
  )
  state.putShared('username', person.userName).putTransient(keys.jwt, jws)
  return goTo('success', {
    ...authenticatedBy(state, bindingKind),
    identified: { kind: 'user', name: person.userName },
  })
}

async function refusalOf(
  { config, state, deviceKeys, now }: Context,
  jws: string,
  person: Person,
  device: BoundDevice,
): Promise<Refusal | undefined> {
  const challenge = state.getText(config.challenge ? keys.challenge : config.sharedStateAttribute)
  if (config.challenge) state.remove(keys.challenge)
  const result = await deviceKeys.verify(jws, device.key, {
    subject: person._id,
    issuers: config.applicationIds,
    skewSeconds: config.skewAllowance,
    now,
  })
  if ('problem' in result) {
    const reason = result.isSignature ? 'INVALID_SIGNATURE' : 'INVALID_CLAIM'
    return { reason, message: problemOf(result.problem, config.applicationIds) }
  }
  const isAsked = challenge !== undefined && result.claims.challenge === challenge
  return isAsked ? undefined : { reason: 'INVALID_CLAIM', message: 'another challenge was signed' }
}

function refuse({ config, state, log }: Context, { reason, message }: Refusal): Action {
  log.warn(`Device Signing failed: ${message}`)
  if (!config.captureFailure) return fail(message)
  state.putShared(keys.reason, reason)
  return goTo('failure')
}

/** The person under `username` in state; undefined without a username. */
async function personNamed({
  state,
  identities,
}: Context): Promise<{ person: Person | undefined } | Refused> {
  const username = state.getText('username')
  if (username === undefined) return { person: undefined }
  const person = await identities.find(username)
  return person === undefined
    ? refused('INVALID_USER', 'Failed to get the identity object')
    : activeOnly(person)
}

/** The person named in the signed text. If state names a person, both must be the same. */
async function personOfSubject(
  context: Context,
  subject: string | undefined,
): Promise<{ person: Person } | Refused> {
  const named = await personNamed(context)
  if ('refusal' in named) return named
  const expected = named.person?._id ?? subject
  if (subject === undefined || subject !== expected) return refused('INVALID_SUBJECT', 'Invalid Subject')
  const person = named.person ?? (await context.identities.find(subject))
  // A subject is an object id. A username in it is rejected.
  return person?._id === subject ? activeOnly(person) : refused('INVALID_USER', 'User does not exist.')
}

function activeOnly(person: Person): { person: Person } | Refused {
  const isInactive = person.accountStatus === 'inactive'
  return isInactive ? refused('NOT_ACTIVE_USER', 'User status is not active.') : { person }
}

function refused(reason: Reason, message: string): Refused {
  return { refusal: { reason, message } }
}
