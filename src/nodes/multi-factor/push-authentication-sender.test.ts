import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Device, DevicePort } from '../ports/ports.ts'
import type { PushPort, PushQuestion } from '../ports/push-port.ts'
import { pushAuthenticationSender } from './push-authentication-sender.ts'
import { newPushDevice } from './push-device.ts'

const device = {
  ...newPushDevice('d-1', 'a2V5', 'Larkfield', 0),
  deviceMechanismUID: 'm-1',
  communicationId: 'address',
  communicationType: 'gcm',
  deviceId: 'token',
}

type Given = {
  config?: JsonObject
  shared?: JsonObject
  secure?: JsonObject
  transient?: JsonObject
  person?: JsonObject
  devices?: Device[]
  answer?: Awaited<ReturnType<PushPort['ask']>>
}

async function send({ config = {}, person = {}, devices = [device], answer, ...given }: Given = {}) {
  const asked: PushQuestion[] = []
  const push: Partial<PushPort> = {
    async ask(question) {
      asked.push(question)
      return answer ?? { messageId: 'id-1', number: undefined }
    },
  }
  const ports = {
    ...onePerson({ ...alex, ...person }).ports,
    devices: { registered: async () => devices } as Partial<DevicePort> as DevicePort,
    push: push as PushPort,
  }
  const request = { headers: { 'user-agent': ['Chrome'] }, clientIp: '203.0.113.7', locales: ['de', 'en'] }
  return {
    ...(await runNode(pushAuthenticationSender, {
      config,
      ...given,
      shared: { username: 'alex', ...given.shared },
      ports,
      request,
    })),
    asked,
  }
}

test('asks the device of the person, and remembers the message', async () => {
  const { action, state, asked } = await send()
  expect(outcomeOf(action)).toBe('SENT')
  expect(asked).toMatchObject([
    {
      personId: 'u-1',
      type: 'default',
      text: 'Login attempt from alex at Larkfield',
      lifeMs: 120_000,
      device: {
        mechanismUid: 'm-1',
        secret: 'a2V5',
        communicationId: 'address',
        communicationType: 'gcm',
        deviceId: 'token',
      },
    },
  ])
  expect(asked[0]).not.toHaveProperty('payload')
  expect(asked[0]).not.toHaveProperty('context')
  expect(state.shared).toEqual({ username: 'alex', pushMessageId: 'id-1', pushMechanismUid: 'm-1' })
})

test('sends text, payload and context as set, and keeps the number to show', async () => {
  const config = {
    pushType: 'CHALLENGE',
    messageTimeout: 3_600_000,
    userMessage: { de: '{{user}} bei {{issuer}}: $&' },
    customPayload: ['order', 'none'],
    contextInfo: true,
  }
  const shared = { order: { id: 7 }, 'forgeRock.device.profile': { location: { latitude: 1 } } }
  const { state, asked } = await send({ config, shared, answer: { messageId: 'id', number: '42' } })
  expect(asked).toMatchObject([
    { type: 'challenge', text: 'alex bei Larkfield: $&', lifeMs: 600_000, payload: '{"order":{"id":7}}' },
  ])
  expect(JSON.parse(asked[0]?.context ?? '')).toEqual({
    location: { latitude: 1 },
    remoteIp: '203.0.113.7',
    userAgent: 'Chrome',
  })
  expect(state.shared).toMatchObject({ pushNumberChallengeKey: '42' })
})

test('sends no secure or transient state to the app, also not under the name of shared state', async () => {
  const config = { customPayload: ['order', 'password', 'token'] }
  const shared = { order: 'open' }
  const { asked } = await send({
    config,
    shared,
    secure: { token: 'x' },
    transient: { password: 'x', order: 'x' },
  })
  expect(asked[0]?.payload).toBe('{"order":"open"}')
})

test.each([
  ['SKIPPED', 'the person opted out', { person: { push2faEnabled: '1' } }],
  ['SENT', 'the factor is mandatory', { person: { push2faEnabled: '1' }, config: { mandatory: true } }],
  ['SENT', 'the person took the opt-out back', { person: { push2faEnabled: '2' } }],
  ['NOT_REGISTERED', 'there is no device', { devices: [] }],
  [
    'NOT_REGISTERED',
    'a device is of another form',
    { devices: [{ uuid: 'x', deviceName: 'x', recoveryCodes: [] }] },
  ],
])('goes on with %s if %s', async (expected, _case, given: Given) => {
  expect(outcomeOf((await send(given)).action)).toBe(expected)
})

const sent = 'The push notification was not sent.'
test.each([
  ['MISSING_USERNAME', 'Expected username to be set.', { shared: { username: '' } }],
  [
    'SENDER_ALREADY_USED',
    'Message ID is already set! Must finish one push authentication before starting a new one.',
    { shared: { pushMessageId: 'id' } },
  ],
  ['TRANSMISSION_FAILURE', sent, { answer: 'noGateway' }],
  ['TRANSMISSION_FAILURE', sent, { answer: 'tooMany' }],
  ['TRANSMISSION_FAILURE', sent, { config: { customPayload: ['long'] }, shared: { long: 'x'.repeat(4000) } }],
])('fails, or captures the reason %s', async (reason, message, given) => {
  const failed = await send(given as Given)
  expect(failed.action).toEqual({ kind: 'error', message })
  const config = { ...(given as Given).config, captureFailure: true }
  const captured = await send({ ...(given as Given), config })
  expect(outcomeOf(captured.action)).toBe('FAILURE')
  expect(captured.state.shared.PushAuthFailureReason).toBe(reason)
})

test('fails for a person who does not exist', async () => {
  const { action, asked } = await send({ shared: { username: 'nobody' } })
  expect(action).toEqual({ kind: 'error', message: 'Failed to get the identity object' })
  expect(asked).toEqual([])
})
