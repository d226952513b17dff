import { expect, test } from 'vitest'
import { stored } from '../../../test/support/passkey-fakes.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { devicesInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import type { JsonObject } from '../../engine/json.ts'
import { webauthnDeviceStorage as node } from './webauthn-device-storage.ts'

const { devices: sealing } = devicesInMemory()
const waiting = { webauthnDeviceData: sealing.seal(stored) }
const other = { ...stored, uuid: 'uuid-2', credentialId: 'other' }

function visit(config: JsonObject, transient: JsonObject = waiting, username = 'kim') {
  const { devices, saved } = devicesInMemory({ webauthn: [other] })
  const ports = { devices, identities: onlyKim }
  return { saved, run: runNode(node, { config, shared: { username }, transient, ports }) }
}

test('the passkey that waits is stored beside the others, with recovery codes to show', async () => {
  const { run, saved } = visit({})
  const { action, state } = await run
  expect(outcomeOf(action)).toBe('success')
  expect(saved.webauthn).toMatchObject([other, { uuid: 'uuid-1' }])
  expect(state.transient).toMatchObject({ recoveryCodes: { length: 10 }, recoveryCodeDeviceName: 'Key' })
})

test('recovery codes are made where they are wanted', async () => {
  const { run, saved } = visit({ generateRecoveryCodes: false })
  expect((await run).state.transient).not.toHaveProperty('recoveryCodes')
  expect(saved.webauthn?.[1]?.recoveryCodes).toEqual([])
})

test('nobody has more devices than there may be', async () => {
  const { run, saved } = visit({ maxSavedDevices: 1 })
  expect(outcomeOf((await run).action)).toBe('exceedDeviceLimit')
  expect(saved.webauthn).toEqual([other])
})

test.each([
  ['nothing waits', {}, 'kim'],
  ['something else waits', { webauthnDeviceData: 'made up' }, 'kim'],
  ['nobody is known', waiting, 'nobody'],
  ['nobody is named', waiting, ''],
])('%s: failure', async (_what, transient, username) => {
  expect(outcomeOf((await visit({}, transient, username).run).action)).toBe('failure')
})
