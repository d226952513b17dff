import { expect, test } from 'vitest'
import {
  berlin,
  collected,
  inactiveKim,
  laptop,
  notCollected,
  now,
  vienna,
} from '../../../test/support/device-profile-fakes.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { deviceLocationMatch as node } from './device-location-match.ts'

test.each([
  ['true', vienna, '10', laptop],
  ['true', { latitude: 48.25, longitude: 16.37 }, '10', laptop],
  ['false', { latitude: 48.25, longitude: 16.37 }, '5.5', laptop],
  ['false', berlin, '10', laptop],
  ['unknownDevice', vienna, '10', { ...laptop, uuid: 'device-2' }],
])('takes the outcome %s', async (outcome, location, distance, profile) => {
  const { saved, given } = collected({ location }, [profile])
  expect(outcomeOf((await runNode(node, { ...given, config: { distance } })).action)).toBe(outcome)
  if (outcome !== 'unknownDevice') expect(saved.profile?.[0]).toMatchObject({ lastSelectedDate: now })
})

test('requires a location and an active person', async () => {
  expect((await runNode(node, collected({}).given)).action).toEqual(notCollected('location'))
  expect((await runNode(node, collected({ location: {} }).given)).action).toMatchObject({ kind: 'error' })
  const { given } = collected({ location: vienna })
  const ports = { ...given.ports, identities: inactiveKim }
  expect((await runNode(node, { ...given, ports })).action).toMatchObject({ kind: 'error' })
})

test('rejects a device without an identifier', async () => {
  const { given } = collected({ identifier: 7, location: vienna })
  const message = 'Device Identifier is not captured'
  expect((await runNode(node, given)).action).toEqual({ kind: 'error', message })
})
