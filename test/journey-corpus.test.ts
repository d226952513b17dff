import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Measured, measure } from '../tools/journey-coverage.ts'

// Real exports, where there are some: SIDEGATE_JOURNEYS, or a folder beside the checkout.

const folder = process.env.SIDEGATE_JOURNEYS ?? join(import.meta.dirname, '..', '..', 'shared', 'journeys')
const isThere = existsSync(folder)

/** A table of contents, and parts of journeys that stand in other files. */
const noJourneys = ['companions', 'index.json']
const names = isThere ? readdirSync(folder).filter((name) => !noJourneys.includes(name)) : []

let scratch: string
const measured: Measured[] = []
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sidegate-corpus-'))
  for (const [i, name] of names.entries()) {
    measured.push(await measure(join(folder, name), join(scratch, String(i))))
  }
}, 120_000)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test(`${names.length} real exports are read, imported, and exported byte for byte as before`, () => {
  expect(measured).toHaveLength(names.length)
  expect(measured.filter((one) => one.error || !one.isImported || !one.isRoundTrip)).toEqual([])
  expect(measured.every(({ journeys }) => journeys > 0)).toBe(true)
  // None is right where there is no such folder, and wrong where there is.
  expect(names.length > 0).toBe(isThere)
})

test('nearly all of them run here by type, and no fault is found in them but what they lack', () => {
  const running = measured.filter(({ unsupported }) => unsupported.length === 0)
  expect(running.length).toBeGreaterThanOrEqual(0.85 * names.length)
  const faults = running.flatMap(({ faults }) => faults.error)
  expect(faults.filter((fault) => !/ (missing-[\w-]+|invalid-settings): /.test(fault))).toEqual([])
})
