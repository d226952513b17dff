import { expect, test } from 'vitest'
import {
  berlin,
  collected,
  dayMs,
  inactiveKim,
  laptop,
  metadata,
  notCollected,
  now,
  vienna,
} from '../../../test/support/device-profile-fakes.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { deviceSave as node } from './device-save.ts'

test('saves a new device under its own name', async () => {
  const { saved, given } = collected({ metadata, location: vienna }, [])
  expect(outcomeOf((await runNode(node, given)).action)).toBe('outcome')
  expect(saved.profile).toEqual([{ ...laptop, lastSelectedDate: now }])
})

test('updates a saved device and keeps parts that were not collected', async () => {
  const { saved, given } = collected({ location: berlin })
  await runNode(node, given)
  expect(saved.profile).toEqual([{ ...laptop, location: berlin, lastSelectedDate: now }])
})

test('skips disabled parts and uses the configured name', async () => {
  const { saved, given } = collected({ metadata, location: vienna }, [])
  const config = { saveDeviceLocation: false, saveDeviceMetadata: false, variableName: 'deviceName' }
  await runNode(node, { ...given, config, shared: { ...given.shared, deviceName: 'Mine' } })
  expect(saved.profile).toEqual([
    { uuid: 'device-1', deviceName: 'Mine', recoveryCodes: [], lastSelectedDate: now },
  ])
})

test('removes the device that was unseen for the longest time', async () => {
  const others = [3, 9, 5].map((days) => ({
    ...laptop,
    uuid: `device-${days}-days`,
    lastSelectedDate: now - days * dayMs,
  }))
  const { saved, given } = collected({ metadata }, others)
  await runNode(node, { ...given, config: { maxSavedProfiles: 3 } })
  expect(saved.profile?.map(({ uuid }) => uuid)).toEqual(['device-5-days', 'device-3-days', 'device-1'])
})

test('requires an active person and a profile', async () => {
  const { given } = collected({})
  const inactive = await runNode(node, { ...given, ports: { ...given.ports, identities: inactiveKim } })
  expect(inactive.action).toEqual({ kind: 'error', message: 'User does not exist or inactive' })
  const nothing = await runNode(node, { ...given, shared: { username: 'kim' } })
  expect(nothing.action).toEqual(notCollected('identifier'))
})

test('rejects a device without an identifier', async () => {
  const { given } = collected({ identifier: 7, metadata })
  const message = 'Device Identifier is not captured'
  expect((await runNode(node, given)).action).toEqual({ kind: 'error', message })
})
