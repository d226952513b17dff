import { z } from 'zod'
import { localise } from '../../base/locale.ts'
import { type Action, fail, goTo } from '../../engine/action.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { collectedKey } from '../contextual/device-profile.ts'
import { defineNode, flagSetting, localisedSetting, setting } from '../define-node.ts'
import type { Person, Ports } from '../ports/ports.ts'
import type { PushType } from '../ports/push-port.ts'
import { factorErrors, mfaMethod, personWithFactor } from './multi-factor.ts'
import { optedOut, type PushDevice, pushDevicesOf, pushKeys } from './push-device.ts'

const config = () =>
  z.object({
    messageTimeout: setting(
      'Message Timeout',
      'Milliseconds in which the person must answer, at most ten minutes.',
      z.int().positive().default(120_000),
    ),
    userMessage: localisedSetting(
      'User Message',
      'Text in the app by locale. {{user}} and {{issuer}} are replaced.',
    ),
    mandatory: flagSetting("Remove 'skip' option", 'Asks also people who opted out.'),
    contextInfo: flagSetting(
      'Share Context Info',
      'Tells the app the address, the browser and, if a Device Profile Collector node knows it, the location.',
    ),
    customPayload: setting(
      'Custom Payload Attributes',
      'State keys whose values the app gets.',
      z.array(z.string()).default([]),
      'stateKeys',
    ),
    pushType: setting(
      'Push Type',
      'How the person approves: `DEFAULT` with a tap, `CHALLENGE` by choosing the number that the page shows, `BIOMETRIC` with the device’s biometrics.',
      z.enum(['DEFAULT', 'CHALLENGE', 'BIOMETRIC']).default('DEFAULT'),
    ),
    captureFailure: flagSetting(
      'Capture failure',
      'Takes the outcome `FAILURE` if nothing can be sent. Otherwise the journey fails.',
    ),
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> &
  Pick<Ports, 'identities' | 'devices' | 'push'>

const types = { DEFAULT: 'default', CHALLENGE: 'challenge', BIOMETRIC: 'biometric' } as const

/** Reasons under the state key of failures, in AM's words, and what the log says. */
const failures = {
  MISSING_USERNAME: 'Expected username to be set.',
  SENDER_ALREADY_USED:
    'Message ID is already set! Must finish one push authentication before starting a new one.',
  TRANSMISSION_FAILURE: 'The push notification was not sent.',
} as const

const maxLifeMs = 600_000

/** The vendor's limit of the payload. */
const maxPayloadBytes = 3 * 1024

/** Asks the app on the person's device to approve the sign-in. Source: "Push Sender node". */
export const pushAuthenticationSender = defineNode({
  type: 'PushAuthenticationSenderNode',
  title: 'Push Sender',
  help: 'Sends a push notification to the authenticator app of the person.',
  tags: ['mfa', 'multi-factor authentication'],
  config,
  outcomes: {
    all: { SENT: 'Sent', NOT_REGISTERED: 'Not Registered', SKIPPED: 'Skipped', FAILURE: 'Failure' },
    offered: ({ mandatory, captureFailure }) => [
      'SENT',
      'NOT_REGISTERED',
      ...(mandatory ? [] : (['SKIPPED'] as const)),
      ...(captureFailure ? (['FAILURE'] as const) : []),
    ],
  },
  reads: ({ contextInfo, customPayload }) => [
    'username',
    pushKeys.messageId,
    ...(contextInfo ? [collectedKey] : []),
    ...customPayload,
  ],
  writes: () => [mfaMethod, pushKeys.messageId, pushKeys.mechanismUid, pushKeys.number, pushKeys.failure],
  errors: {
    warn: {
      [failures.TRANSMISSION_FAILURE]:
        'The line says why: no gateway, a device of another gateway, too many notifications, or too much payload.',
    },
    fail: {
      ...factorErrors,
      [failures.SENDER_ALREADY_USED]: 'An earlier notification was not verified yet.',
      [failures.TRANSMISSION_FAILURE]: 'Nothing can be sent.',
    },
  },
  requires: () => ['username'],
  needs: ['identities', 'devices', 'push'],
  reference: {
    inputs: 'with **Share Context Info**, the client’s address and browser',
    outputs: 'a push notification, once the step is saved',
    keys: {
      [pushKeys.messageId]: 'Id of the notification that waits for an answer.',
      [pushKeys.mechanismUid]: 'Id that the app gave itself.',
      [pushKeys.number]: 'The number that the person must choose in the app.',
      [pushKeys.failure]:
        'Reason of the outcome `FAILURE`: `MISSING_USERNAME`, `SENDER_ALREADY_USED` or `TRANSMISSION_FAILURE`.',
    },
    outcomes: {
      SENT: 'The notification is queued.',
      NOT_REGISTERED: 'The person has no push device.',
      SKIPPED: 'The person opted out.',
      FAILURE: 'Nothing can be sent: the realm has no gateway, or the person got too many notifications.',
    },
    example: 'Before Push Wait and Push Result Verifier, which loops back to Push Wait with `WAITING`.',
  },
  async run(context) {
    const { state, identities, devices, config } = context
    const person = await personWithFactor(state, identities)
    if (person === failures.MISSING_USERNAME) return refuse(context, 'MISSING_USERNAME')
    if (typeof person === 'string') return fail(person)
    if (state.getText(pushKeys.messageId) !== undefined) return refuse(context, 'SENDER_ALREADY_USED')
    if (!config.mandatory && person[optedOut.attribute] === optedOut.mayBeSkipped) return goTo('SKIPPED')
    const [device] = await pushDevicesOf(devices, person)
    if (device === undefined) {
      state.putShared(mfaMethod, 'push')
      return goTo('NOT_REGISTERED')
    }
    return ask(context, person, device)
  },
})

async function ask(
  context: Context,
  person: Person,
  device: PushDevice,
): Promise<Action<'SENT' | 'FAILURE'>> {
  const { config, state, request, push } = context
  const type: PushType = types[config.pushType]
  const payload = payloadOf(context)
  if (Buffer.byteLength(payload) > maxPayloadBytes)
    return refuse(context, 'TRANSMISSION_FAILURE', 'too much payload')
  const text = localise(
    config.userMessage,
    request.messageLocales,
    'Login attempt from {{user}} at {{issuer}}',
  )
  const asked = await push.ask({
    personId: person._id,
    device: { ...device, mechanismUid: device.deviceMechanismUID, secret: device.sharedSecret },
    type,
    text: text.replaceAll('{{user}}', () => person.userName).replaceAll('{{issuer}}', () => device.issuer),
    lifeMs: Math.min(config.messageTimeout, maxLifeMs),
    ...(payload === '{}' ? {} : { payload }),
    ...(config.contextInfo ? { context: contextOf(context) } : {}),
  })
  if (typeof asked === 'string') return refuse(context, 'TRANSMISSION_FAILURE', asked)
  state.putShared(pushKeys.messageId, asked.messageId)
  state.putShared(pushKeys.mechanismUid, device.deviceMechanismUID)
  if (asked.number === undefined) state.remove(pushKeys.number)
  else state.putShared(pushKeys.number, asked.number)
  return goTo('SENT')
}

function refuse(
  { config, state, log }: Context,
  reason: keyof typeof failures,
  cause?: string,
): Action<'FAILURE'> {
  if (cause !== undefined) log.warn(failures[reason], { cause })
  if (!config.captureFailure) return fail(failures[reason])
  state.putShared(pushKeys.failure, reason)
  return goTo('FAILURE')
}

function payloadOf({ config, state }: Context): string {
  const entries = config.customPayload.flatMap((key) => {
    // The app gets it in a JWT that isn't encrypted, so that secure and transient state stay here.
    const value = state.getShared(key)
    return value === null || value === undefined ? [] : [[key, value] as const]
  })
  return JSON.stringify(Object.fromEntries(entries))
}

function contextOf({ state, request }: Context): string {
  const profile = state.get(collectedKey)
  const location =
    typeof profile === 'object' && profile !== null && !Array.isArray(profile) ? profile.location : undefined
  const [userAgent] = request.headers['user-agent'] ?? []
  return JSON.stringify({ location, remoteIp: request.clientIp, userAgent })
}
