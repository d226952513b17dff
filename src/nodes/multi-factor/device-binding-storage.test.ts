import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { devicesInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import { deviceBindingStorage as node } from './device-binding-storage.ts'

const phone = { uuid: '1', deviceName: 'Phone', recoveryCodes: [], deviceId: 'phone', key: { kid: 'one' } }
const waiting = { 'DeviceBinding.DEVICE': devicesInMemory().devices.seal(phone) }

test('stores the pending device and replaces its earlier entry', async () => {
  const tablet = { ...phone, uuid: '2', deviceId: 'tablet' }
  const { devices, saved } = devicesInMemory({ binding: [{ ...phone, key: { kid: 'old' } }, tablet] })
  const ports = { devices, identities: onlyKim }
  const { action } = await runNode(node, { shared: { username: 'kim' }, transient: waiting, ports })
  expect(outcomeOf(action)).toBe('true')
  expect(saved.binding).toEqual([tablet, phone])
})

test.each([
  ['no device is pending', {}, 'kim'],
  ['the state value is not a device', { 'DeviceBinding.DEVICE': 'made up' }, 'kim'],
  ['the person is unknown', waiting, 'nobody'],
])('takes the outcome false if %s', async (_what, transient, username) => {
  const ports = { devices: devicesInMemory().devices, identities: onlyKim }
  const { action } = await runNode(node, { shared: { username }, transient, ports })
  expect(outcomeOf(action)).toBe('false')
})
