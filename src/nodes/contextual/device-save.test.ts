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

test('a new device is kept, named as it names itself', async () => {
  const { saved, given } = collected({ metadata, location: vienna }, [])
  expect(outcomeOf((await runNode(node, given)).action)).toBe('outcome')
  expect(saved.profile).toEqual([{ ...laptop, lastSelectedDate: now }])
})

test('a known one is kept anew, and what it did not tell stays', async () => {
  const { saved, given } = collected({ location: berlin })
  await runNode(node, given)
  expect(saved.profile).toEqual([{ ...laptop, location: berlin, lastSelectedDate: now }])
})

test('what is not wanted is not kept, and people may name it', async () => {
  const { saved, given } = collected({ metadata, location: vienna }, [])
  const config = { saveDeviceLocation: false, saveDeviceMetadata: false, variableName: 'deviceName' }
  await runNode(node, { ...given, config, shared: { ...given.shared, deviceName: 'Mine' } })
  expect(saved.profile).toEqual([
    { uuid: 'device-1', deviceName: 'Mine', recoveryCodes: [], lastSelectedDate: now },
  ])
})

test('the one that was not seen for the longest time goes first', async () => {
  const others = [3, 9, 5].map((days) => ({
    ...laptop,
    uuid: `device-${days}-days`,
    lastSelectedDate: now - days * dayMs,
  }))
  const { saved, given } = collected({ metadata }, others)
  await runNode(node, { ...given, config: { maxSavedProfiles: 3 } })
  expect(saved.profile?.map(({ uuid }) => uuid)).toEqual(['device-5-days', 'device-3-days', 'device-1'])
})

test('it needs a person who may sign in, and what was collected', async () => {
  const { given } = collected({})
  const inactive = await runNode(node, { ...given, ports: { ...given.ports, identities: inactiveKim } })
  expect(inactive.action).toEqual({ kind: 'error', message: 'User does not exist or inactive' })
  const nothing = await runNode(node, { ...given, shared: { username: 'kim' } })
  expect(nothing.action).toEqual(notCollected('identifier'))
})

test('a device without an identifier is none', async () => {
  const { given } = collected({ identifier: 7, metadata })
  const message = 'Device Identifier is not captured'
  expect((await runNode(node, given)).action).toEqual({ kind: 'error', message })
})
