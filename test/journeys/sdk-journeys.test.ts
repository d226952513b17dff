import { expect, test } from 'vitest'
import { sdkClients } from '../support/sdk-clients.ts'
import { countEnds, rowsOf, walking } from '../support/sdk-walking.ts'
import { walks } from '../support/sdk-walks.ts'
import { walksOfNodes } from '../support/sdk-walks-of-nodes.ts'
import { walksOfSamples } from '../support/sdk-walks-of-samples.ts'

const rows = rowsOf([...walksOfSamples, ...walks, ...walksOfNodes])
const run = walking()

test.each(rows)('$journey $does ($client)', run)

const { succeeding, failing } = countEnds(rows)

test(`${succeeding} journeys end in success and ${failing} in failure`, () => {
  expect(succeeding).toBeGreaterThanOrEqual(25)
  expect(failing).toBeGreaterThanOrEqual(15)
})

test.each(Object.keys(sdkClients))('%s reaches both ends', (client) => {
  const ends = countEnds(rows.filter((row) => row.client === client))
  expect(Math.min(ends.succeeding, ends.failing)).toBeGreaterThan(5)
})
