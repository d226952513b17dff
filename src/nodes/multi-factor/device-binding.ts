import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { activePerson, activePersonErrors } from '../contextual/device-profile.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import type { Person, Ports } from '../ports/ports.ts'
import {
  asBoundDevice,
  bindingKind,
  bindingSettings,
  boundDevicesOf,
  clientError,
  clientErrors,
  pendingBindingKey,
  problemOf,
  promptOf,
  storeBoundDevice,
  withClientErrors,
} from './bound-device.ts'
import { authenticatedBy, authenticationKinds } from './multi-factor.ts'

const { applicationIds, title, subtitle, description, timeout, skewAllowance } = bindingSettings

const config = () =>
  z.object({
    authenticationType: setting(
      'Authentication Type',
      'What the app requires from the person before it uses the key.',
      z
        .enum(['BIOMETRIC_ONLY', 'BIOMETRIC_ALLOW_FALLBACK', 'APPLICATION_PIN', 'NONE'])
        .default('BIOMETRIC_ALLOW_FALLBACK'),
    ),
    applicationIds,
    title,
    subtitle,
    description,
    maxSavedDevices: setting(
      'Maximum Saved Devices',
      'Maximum number of bound devices. 0 for any number.',
      z.int().min(0).default(0),
    ),
    timeout,
    attestation: flagSetting('Android Key Attestation', 'Not supported: must be disabled.'),
    postponeDeviceProfileStorage: flagSetting(
      'Store Device Data in Transient State',
      'Stores the sealed device in transient state for a Device Binding Storage node.',
    ),
    clientErrorOutcomes: setting(
      'Client Error Outcomes',
      'Outcomes that the app may choose for errors.',
      z.array(z.string()).default(['Unsupported', 'Abort', 'Timeout']),
      'outcomes',
    ),
    skewAllowance,
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> &
  Pick<Ports, 'identities' | 'devices' | 'deviceKeys' | 'secrets'>

/** Shared state key of the challenge for the new key to sign, in base64. */
const challengeKey = 'DeviceBindingNode.CHALLENGE'

/** Binds an app on a device to a person with a key created on the device. Source: "Device Binding node". */
export const deviceBinding = defineNode({
  type: 'DeviceBindingNode',
  title: 'Device Binding',
  help: 'Lets an app create a key on the person’s device and stores its public half.',
  tags: ['mfa', 'multi-factor authentication'],
  config,
  outcomes: ({ maxSavedDevices, clientErrorOutcomes }) =>
    withClientErrors(
      {
        success: 'Success',
        failure: 'Failure',
        ...(maxSavedDevices > 0 ? { exceedDeviceLimit: 'Device Limit Exceeded' } : {}),
      },
      clientErrorOutcomes,
    ),
  reads: () => ['username', challengeKey, authenticationKinds],
  writes: () => [challengeKey, pendingBindingKey, authenticationKinds],
  callbacks: { DeviceBindingCallback: 'Asks the app to create a key and sign a challenge.' },
  errors: {
    warn: {
      'Device Binding failed: ‹reason›': 'The app’s answer is invalid, or **Application Ids** names no app.',
    },
    fail: {
      ...clientErrors,
      ...activePersonErrors,
      'Android Key Attestation is not supported': '**Android Key Attestation** is enabled.',
    },
  },
  requires: () => ['username'],
  needs: ['identities', 'devices', 'deviceKeys', 'secrets'],
  reference: {
    outputs: 'the person’s bound devices, and the session property `NodeType`',
    keys: {
      [challengeKey]: 'Challenge for the new key to sign.',
      [pendingBindingKey]: 'The sealed device, for a Device Binding Storage node.',
    },
    outcomes: {
      success: 'The device is bound.',
      failure: 'The app’s response is invalid.',
      exceedDeviceLimit: 'The person has reached the maximum number of devices.',
    },
  },
  async run(context): Promise<Action> {
    const { config, state, answers, identities, devices } = context
    if (config.attestation) return fail('Android Key Attestation is not supported')
    const person = await activePerson(state, identities)
    if (typeof person === 'string') return fail(person)
    if (config.maxSavedDevices > 0) {
      const existing = await boundDevicesOf(devices, person)
      if (existing.length >= config.maxSavedDevices) return goTo('exceedDeviceLimit')
    }
    const answer = answers.find(({ type }) => type === 'DeviceBindingCallback')?.input ?? {}
    if (answer.jws && answer.deviceId) return bind(context, person, answer)
    if (typeof answer.clientError === 'string' && answer.clientError !== '') {
      return clientError(answer.clientError, config.clientErrorOutcomes)
    }
    return ask(context, person)
  },
})

function ask({ config, state, deviceKeys, request }: Context, person: Person): Action {
  const challenge = deviceKeys.newChallenge()
  state.putShared(challengeKey, challenge)
  return send([
    callback('DeviceBindingCallback', {
      userId: person._id,
      username: person.userName,
      authenticationType: config.authenticationType,
      challenge,
      ...promptOf(config, request),
      timeout: config.timeout,
    }),
  ])
}

/** The response is signed with the key it contains, which proves only that the app has the private half. */
async function bind(context: Context, person: Person, answer: JsonObject): Promise<Action> {
  const { config, state, devices, deviceKeys, secrets, now, log } = context
  const challenge = state.getText(challengeKey)
  state.remove(challengeKey)
  const jws = String(answer.jws)
  const unverified = deviceKeys.peek(jws)
  const key = unverified?.key === undefined ? undefined : { kid: unverified.keyId ?? '', ...unverified.key }
  const device = asBoundDevice({
    uuid: secrets.hex(32),
    deviceName: typeof answer.deviceName === 'string' && answer.deviceName ? answer.deviceName : 'New Device',
    recoveryCodes: [],
    deviceId: String(answer.deviceId),
    key: key ?? null,
    createdDate: now,
    lastAccessDate: now,
  })
  if (device === undefined || device.key.kid === '') {
    log.warn('Device Binding failed: the answer has no key with an id')
    return goTo('failure')
  }
  const expected = {
    subject: person._id,
    issuers: config.applicationIds,
    skewSeconds: config.skewAllowance,
    now,
  }
  const result = await deviceKeys.verify(jws, device.key, expected)
  if ('problem' in result || challenge === undefined || result.claims.challenge !== challenge) {
    const problem = 'problem' in result ? result.problem : 'another challenge was signed'
    log.warn(`Device Binding failed: ${problemOf(problem, config.applicationIds)}`)
    return goTo('failure')
  }
  if (config.postponeDeviceProfileStorage) state.putTransient(pendingBindingKey, devices.seal(device))
  else await storeBoundDevice(devices, person, device)
  return goTo('success', authenticatedBy(state, bindingKind))
}
