import { z } from 'zod'
import { localise } from '../../base/locale.ts'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { setting } from '../define-node.ts'
import type { Person, Ports } from '../ports/ports.ts'
import { appSettings, qrCallbacks } from './app-registration.ts'
import { factorErrors, personWithFactor, recoveryCodesToShow } from './multi-factor.ts'
import {
  answeredDevice,
  asPushDevice,
  newPushDevice,
  pendingPush,
  pushDevicesOf,
  storePushDevice,
} from './push-device.ts'
import { type PushRegistration, pushParameters } from './push-registration-uri.ts'

/** Settings of nodes that register an app for push notifications. */
export const pushSettings = {
  ...appSettings,
  timeout: setting(
    'Registration Response Timeout',
    'Seconds in which the app must answer, at most ten minutes.',
    z.int().positive().default(60),
  ),
}

const settingsSchema = z.object(pushSettings)

export type PushContext = NodeContext<z.infer<typeof settingsSchema>> &
  Pick<Ports, 'identities' | 'devices' | 'secrets' | 'push'>

export const enrolmentOutcomes = {
  successOutcome: 'Success',
  failureOutcome: 'Failure',
  timeoutOutcome: 'Time Out',
} as const

type Outcome = keyof typeof enrolmentOutcomes

export const enrolmentKeys = {
  reads: ['username', ...Object.values(pendingPush)],
  writes: [...Object.values(pendingPush), ...Object.values(recoveryCodesToShow)],
}

export const enrolmentErrors = {
  error: { 'No device profile found on shared state': 'The device is missing from state.' },
  fail: {
    ...factorErrors,
    'Unable to initialise push notification service.': 'The realm has no push gateway.',
  },
}

export const enrolmentCallbacks = {
  TextOutputCallback: 'The text, and a script that draws the QR code.',
  HiddenValueCallback: 'The URI in the QR code, as `mfaDeviceRegistration`.',
  PollingWaitCallback: 'Asks again every few seconds.',
}

export const enrolmentReference = {
  keys: {
    [pendingPush.device]: 'The sealed device until its app answers.',
    [pendingPush.challenge]: 'What the app must sign.',
  },
  outcomes: {
    successOutcome: 'The app has registered, or the person has a device already.',
    failureOutcome: 'The app refused, or the device is missing from state.',
    timeoutOutcome: 'The app didn’t answer in time.',
  },
}

/** What differs between the nodes: the QR code, and what else is stored. */
export type Enrolment = {
  isRegistered(person: Person): Promise<boolean>
  /** Called at the start, before the QR code is shown. */
  prepare?(person: Person): void
  uri(person: Person, parameters: ReturnType<typeof pushParameters>): Promise<string> | string
  /** Stores more once the app has answered. @returns false if it can't. */
  finish?(person: Person, recoveryCodes: string[]): Promise<boolean>
  cleanUp?(): void
}

const pollMs = 5000
const maxLifeMs = 600_000

/** Shows a QR code until an app has answered it. The key waits sealed in shared state. */
export async function enrol(context: PushContext, enrolment: Enrolment): Promise<Action<Outcome>> {
  const { state, identities, answers } = context
  const person = await personWithFactor(state, identities)
  if (typeof person === 'string') return fail(person)
  const isPolling = answers.some(({ type }) => type === 'PollingWaitCallback')
  if (isPolling) return poll(context, enrolment, person)
  if (await enrolment.isRegistered(person)) return goTo('successOutcome')
  return begin(context, enrolment, person)
}

async function begin(context: PushContext, enrolment: Enrolment, person: Person): Promise<Action<never>> {
  const { config, state, devices, secrets, push, now } = context
  const secret = Buffer.from(secrets.hex(64), 'hex').toString('base64')
  const device = newPushDevice(secrets.hex(32), secret, config.issuer, now)
  const expected = push.expect(person._id, secret, Math.min(config.timeout * 1000, maxLifeMs))
  if (expected === undefined) return fail('Unable to initialise push notification service.')
  state.putShared(pendingPush.device, devices.seal(device))
  state.putShared(pendingPush.messageId, expected.messageId)
  state.putShared(pendingPush.challenge, expected.challenge)
  enrolment.prepare?.(person)
  return show(context, enrolment, person, { ...expected, secret, addresses: push.addresses })
}

async function show(
  { config, request }: PushContext,
  enrolment: Enrolment,
  person: Person,
  registration: PushRegistration,
): Promise<Action<never>> {
  const uri = await enrolment.uri(person, pushParameters(config, registration))
  const text = localise(config.scanQRCodeMessage, request.locales, scanText)
  const waiting = callback('PollingWaitCallback', {
    waitTime: String(pollMs),
    message: 'Waiting for response...',
  })
  // While the app hasn't answered, a poll changes nothing that is worth saving.
  return send([...qrCallbacks(uri, text), waiting], { volatileKeys: [] })
}

async function poll(context: PushContext, enrolment: Enrolment, person: Person): Promise<Action<Outcome>> {
  const { config, state, devices, push, log } = context
  const device = asPushDevice(devices.open(state.getText(pendingPush.device) ?? ''))
  const messageId = state.getText(pendingPush.messageId)
  const challenge = state.getText(pendingPush.challenge)
  if (device === undefined || messageId === undefined || challenge === undefined) {
    log.error('No device profile found on shared state')
    return end(context, enrolment, 'failureOutcome')
  }
  const result = await push.take('register', messageId, person._id)
  if (result.kind === 'waiting') {
    const registration = { messageId, challenge, secret: device.sharedSecret, addresses: push.addresses }
    return show(context, enrolment, person, registration)
  }
  if (result.kind !== 'approved') {
    return end(context, enrolment, result.kind === 'denied' ? 'failureOutcome' : 'timeoutOutcome')
  }
  const answered = answeredDevice(device, result)
  const codes = await storePushDevice(context, person, answered, config.generateRecoveryCodes)
  const isFinished = (await enrolment.finish?.(person, codes)) ?? true
  return end(context, enrolment, isFinished ? 'successOutcome' : 'failureOutcome')
}

function end({ state }: PushContext, enrolment: Enrolment, outcome: Outcome): Action<Outcome> {
  for (const key of Object.values(pendingPush)) state.remove(key)
  enrolment.cleanUp?.()
  return goTo(outcome)
}

export async function hasPushDevice(
  { devices }: Pick<PushContext, 'devices'>,
  person: Person,
): Promise<boolean> {
  return (await pushDevicesOf(devices, person)).length > 0
}

const scanText =
  'Scan the QR code image below with the ForgeRock Authenticator app to register your device with your login.'
