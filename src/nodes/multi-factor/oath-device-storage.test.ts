import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { devicesInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import { newOathDevice } from './oath-device.ts'
import { oathDeviceStorage } from './oath-device-storage.ts'

const device = newOathDevice('one', 'ab12', 0)
const oathDeviceProfile = `sealed:${JSON.stringify(device)}`

function storage(shared: Record<string, string | boolean>) {
  const { devices, saved } = devicesInMemory()
  return { saved, run: runNode(oathDeviceStorage, { shared, ports: { devices, identities: onlyKim } }) }
}

test('stores the device in state and leaves recovery codes to show', async () => {
  const { run, saved } = storage({ username: 'kim', oathDeviceProfile, oathEnableRecoveryCode: true })
  const { action, state } = await run
  expect(outcomeOf(action)).toBe('successOutcome')
  expect(saved.oath).toEqual([{ ...device, recoveryCodes: expect.objectContaining({ length: 10 }) }])
  expect(state.shared).toEqual({ username: 'kim' })
  expect(state.transient.recoveryCodeDeviceName).toBe('OATH Device')
})

test.each([false, undefined])('creates no recovery codes for %s', async (isEnabled) => {
  const flag = isEnabled === undefined ? {} : { oathEnableRecoveryCode: isEnabled }
  const { run, saved } = storage({ username: 'kim', oathDeviceProfile, ...flag })
  expect((await run).state.transient).toEqual({})
  expect(saved.oath).toEqual([device])
})

test('takes the outcome failure without a device in state', async () => {
  const { run, saved } = storage({ username: 'kim' })
  const { action, log } = await run
  expect(outcomeOf(action)).toBe('failureOutcome')
  expect(saved).toEqual({})
  expect(log).toEqual([{ level: 'error', message: 'No device profile found on shared state' }])
})

test.each([
  ['Expected username to be set.', { oathDeviceProfile }],
  ['Failed to get the identity object', { oathDeviceProfile, username: 'nobody' }],
])('fails: %s', async (message, shared) => {
  expect((await storage(shared).run).action).toEqual({ kind: 'error', message })
})
