import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Measured, measure } from '../../tools/journey-coverage.ts'
import { exportNames, exportsFolder } from '../support/exports-folder.ts'

// Runs only if a folder with real exports exists.

let scratch: string
const measured: Measured[] = []
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sidegate-corpus-'))
  for (const [i, name] of exportNames.entries()) {
    measured.push(await measure(join(exportsFolder, name), join(scratch, String(i))))
  }
}, 120_000)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test(`${exportNames.length} real exports survive an import and export byte for byte`, () => {
  expect(measured).toHaveLength(exportNames.length)
  expect(measured.filter((one) => one.error || !one.isImported || !one.isRoundTrip)).toEqual([])
  expect(measured.every(({ journeys }) => journeys > 0)).toBe(true)
  // An existing folder must contain exports.
  expect(exportNames.length > 0).toBe(existsSync(exportsFolder))
})

test('85 % of real exports use only supported node types, and lint finds only missing references in them', () => {
  const running = measured.filter(({ unsupported }) => unsupported.length === 0)
  expect(running.length).toBeGreaterThanOrEqual(0.85 * exportNames.length)
  const faults = running.flatMap(({ faults }) => faults.error)
  expect(faults.filter((fault) => !/ (missing-[\w-]+|invalid-settings): /.test(fault))).toEqual([])
})
