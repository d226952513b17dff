import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Device, DevicePort } from '../ports/ports.ts'
import { optOutMultiFactorAuthentication } from './opt-out-multi-factor-authentication.ts'

const device: Device = { uuid: 'd-1', deviceName: 'Phone', recoveryCodes: [] }

async function optOut(
  shared: JsonObject,
  who: JsonObject = {},
  registeredDevices: Device[] = [],
  patch = {},
) {
  const { ports, patches } = onePerson({ ...alex, ...who }, patch)
  const devices = { registered: async () => registeredDevices } as Partial<DevicePort> as DevicePort
  const ran = await runNode(optOutMultiFactorAuthentication, { shared, ports: { ...ports, devices } })
  return { ...ran, patches }
}

test.each(['oath', 'push', 'webauthn'])('records an opt-out of %s', async (mfaMethod) => {
  const { action, patches } = await optOut({ username: 'alex', mfaMethod })
  expect(action).toEqual({ kind: 'goTo', outcome: 'outcome' })
  expect(patches).toEqual([['u-1', { [`${mfaMethod}2faEnabled`]: '1' }]])
})

test.each([
  ['has opted out before', '1', [device], 0],
  ['must not skip the factor and has no device', '2', [], 0],
  ['has a device', '2', [device], 1],
])('saves the choice if the person %s', async (_case, oath2faEnabled, registeredDevices, count) => {
  const { action, patches } = await optOut(
    { username: 'alex', mfaMethod: 'oath' },
    { oath2faEnabled },
    registeredDevices,
  )
  expect(action).toEqual({ kind: 'goTo', outcome: 'outcome' })
  expect(patches).toHaveLength(count)
})

test('continues if the choice cannot be saved', async () => {
  const away = { patch: () => Promise.reject(new Error('away')) }
  const { action, log } = await optOut({ username: 'alex', mfaMethod: 'oath' }, {}, [], away)
  expect(action).toEqual({ kind: 'goTo', outcome: 'outcome' })
  expect(log).toEqual([{ level: 'debug', message: 'Unable to set user attribute as skippable.' }])
})

test.each([
  [{}, 'Expected username to be set.'],
  [{ username: 'alex' }, 'Expected MFA method to be set.'],
  [{ username: 'alex', mfaMethod: 'sms' }, 'Unsupported MFA method has been set.'],
  [{ username: 'kim', mfaMethod: 'oath' }, 'Failed to get the identity object'],
])('fails with %j in state', async (shared, message) => {
  expect((await optOut(shared)).action).toEqual({ kind: 'error', message })
})
