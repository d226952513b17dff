import { expect, test } from 'vitest'
import { stored } from '../../../test/support/passkey-fakes.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { devicesInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import type { JsonObject } from '../../base/json.ts'
import { webauthnDeviceStorage as node } from './webauthn-device-storage.ts'

const { devices: sealing } = devicesInMemory()
const waiting = { webauthnDeviceData: sealing.seal(stored) }
const other = { ...stored, uuid: 'uuid-2', credentialId: 'other' }

function visit(config: JsonObject, transient: JsonObject = waiting, username = 'kim') {
  const { devices, saved } = devicesInMemory({ webauthn: [other] })
  const ports = { devices, identities: onlyKim }
  return { saved, run: runNode(node, { config, shared: { username }, transient, ports }) }
}

test('stores the pending passkey beside others and leaves recovery codes to show', async () => {
  const { run, saved } = visit({})
  const { action, state } = await run
  expect(outcomeOf(action)).toBe('success')
  expect(saved.webauthn).toMatchObject([other, { uuid: 'uuid-1' }])
  expect(state.transient).toMatchObject({ recoveryCodes: { length: 10 }, recoveryCodeDeviceName: 'Key' })
})

test('creates recovery codes if enabled', async () => {
  const { run, saved } = visit({ generateRecoveryCodes: false })
  expect((await run).state.transient).not.toHaveProperty('recoveryCodes')
  expect(saved.webauthn?.[1]?.recoveryCodes).toEqual([])
})

test('enforces the maximum number of devices', async () => {
  const { run, saved } = visit({ maxSavedDevices: 1 })
  expect(outcomeOf((await run).action)).toBe('exceedDeviceLimit')
  expect(saved.webauthn).toEqual([other])
})

test.each([
  ['no passkey is pending', {}, 'kim'],
  ['the state value is not a passkey', { webauthnDeviceData: 'made up' }, 'kim'],
  ['the person is unknown', waiting, 'nobody'],
  ['the username is empty', waiting, ''],
])('takes the outcome failure if %s', async (_what, transient, username) => {
  expect(outcomeOf((await visit({}, transient, username).run).action)).toBe('failure')
})
