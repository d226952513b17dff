import { expect, test } from 'vitest'
import { berlin, collected, notCollected, vienna } from '../../../test/support/device-profile-fakes.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { deviceGeoFencing as node } from './device-geo-fencing.ts'

const locations = ['-33.86, 151.2', '48.21,16.37']

test.each([
  ['true', vienna, { locations }],
  ['false', berlin, { locations }],
  ['false', vienna, { locations, distance: '1' }],
  ['false', vienna, {}],
])('takes the outcome %s', async (outcome, location, config) => {
  const { action } = await runNode(node, { ...collected({ location }).given, config })
  expect(outcomeOf(action)).toBe(outcome)
})

test('requires a location', async () => {
  expect((await runNode(node, collected({}).given)).action).toEqual(notCollected('location'))
  expect((await runNode(node, collected({ location: 'here' }).given)).action).toMatchObject({ kind: 'error' })
})

test('rejects an invalid location', async () => {
  await expect(runNode(node, { config: { locations: ['Vienna'] } })).rejects.toThrow()
})
