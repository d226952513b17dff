import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealer } from '../../secrets/seal.ts'
import { openDevice, sealDevice } from './sealed-devices.ts'

const sealer = createSealer(randomBytes(32))
const device = { uuid: 'one', deviceName: 'Phone', recoveryCodes: [], sharedSecret: 'ab12' }

test('opens a device for its owner, and reveals nothing while sealed', () => {
  const sealed = sealDevice(sealer, 'kim', device)
  expect(openDevice(sealer, 'kim', sealed)).toEqual(device)
  expect(sealed).not.toContain('ab12')
  expect(sealed).not.toContain('Phone')
})

test('does not open a device copied to another person', () => {
  expect(openDevice(sealer, 'alex', sealDevice(sealer, 'kim', device))).toBeUndefined()
})

test.each([
  ['altered', `${sealDevice(sealer, 'kim', device)}x`],
  ['sealed with another key', sealDevice(createSealer(randomBytes(32)), 'kim', device)],
  ['no device', sealer.seal(JSON.stringify({ owner: 'kim', device: { uuid: 'one' } }))],
  ['readable', JSON.stringify({ owner: 'kim', device })],
  ['no text', { owner: 'kim', device }],
])('does not open a value that is %s', (_what, sealed) => {
  expect(openDevice(sealer, 'kim', sealed)).toBeUndefined()
})
