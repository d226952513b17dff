import { afterAll, expect, test } from 'vitest'
import { aroundExports } from '../support/around-exports.ts'
import { distinct, ScriptsThatRan, scriptsOf } from '../support/exported-scripts.ts'
import { exportNames, readExport } from '../support/exports-folder.ts'
import { type Outside, startServicesOf } from '../support/exports-world.ts'
import { countEnds, rowsOf, walking } from '../support/sdk-walking.ts'
import { walksOfExports } from '../support/sdk-walks-of-exports.ts'
import { walksOfScripts } from '../support/sdk-walks-of-scripts.ts'

/** Scripts that no walk can run. */
const cannotRun: Readonly<Record<string, string>> = {
  'iot-raw-tree.json: thing claims check': 'it is in Groovy',
  'scripted-confirmation.json: QA - Journey Decision Node Script with ConfirmationCallbacks':
    'the export contains a placeholder',
}

const present = [...walksOfExports, ...walksOfScripts].filter(({ file }) => exportNames.includes(file))
const rows = rowsOf(present)
const scripts = distinct(exportNames.flatMap((name) => scriptsOf(name, readExport(name))))
const ran = new ScriptsThatRan()

if (present.length > 0) {
  let outside: Outside

  const run = walking(
    async (world) => {
      outside = await startServicesOf(world)
      const names = new Set(present.map(({ file }) => file))
      for (const bundle of [...[...names].map(readExport), aroundExports]) {
        ran.add(bundle)
        await world.administration.importJourneys({ sidegateBundle: outside.near(bundle) })
      }
    },
    (steps) => ran.note(steps),
  )
  afterAll(() => outside.stop())

  test.each(rows)('$journey $does ($client)', run)
}

const { succeeding, failing } = countEnds(rows)

test(`${succeeding} exported journeys end in success and ${failing} in failure`, () => {
  expect([succeeding > 0, failing > 0]).toEqual(present.length > 0 ? [true, true] : [false, false])
})

test(`the walks run all of ${scripts.length} scripts that can run`, () => {
  const left = scripts.filter((script) => !ran.has(script)).map(({ name }) => name)
  expect(left.toSorted()).toEqual(exportNames.length === 0 ? [] : Object.keys(cannotRun).toSorted())
})
