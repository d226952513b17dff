import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { countEnds, rowsOf, walking } from './sdk-walking.ts'
import { walksOfExports } from './sdk-walks-of-exports.ts'

// Real exports, where there are some: SIDEGATE_JOURNEYS, or a folder beside the checkout.

const folder = process.env.SIDEGATE_JOURNEYS ?? join(import.meta.dirname, '..', '..', 'shared', 'journeys')
const there = walksOfExports.filter(({ file }) => existsSync(join(folder, file)))
const rows = rowsOf(there)

if (there.length > 0) {
  const run = walking(async ({ importJourneys }) => {
    for (const file of new Set(there.map((one) => one.file))) {
      await importJourneys(JSON.parse(readFileSync(join(folder, file), 'utf8')))
    }
  })
  test.each(rows)('$journey $does ($client)', run)
}

const { succeeding, failing } = countEnds(rows)

test(`${succeeding} exported journeys end in a success and ${failing} in a failure`, () => {
  expect([succeeding > 0, failing > 0]).toEqual(there.length > 0 ? [true, true] : [false, false])
})
