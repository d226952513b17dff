import { basename, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Bundle } from '../../src/journeys/exchange/bundle.ts'
import { placesOf } from '../../src/journeys/exchange/places.ts'
import { type Project, projectSchema } from '../../src/testing/project/project.ts'
import { aroundExports } from '../support/around-exports.ts'
import { countEnds, rowsIn, testBothWays } from '../support/both-ways.ts'
import { exportServices, startExportServices } from '../support/export-services.ts'
import { distinct, ScriptsThatRan, scriptsOf } from '../support/exported-scripts.ts'
import { exportNames, exportsFolder, readExport } from '../support/exports-folder.ts'
import { joined } from '../support/small-bundle.ts'

/** Scripts that no walk can run. */
const cannotRun: Readonly<Record<string, string>> = {
  'iot-raw-tree.json: thing claims check': 'it is in Groovy',
  'scripted-confirmation.json: QA - Journey Decision Node Script with ConfirmationCallbacks':
    'the export contains a placeholder',
}

const folder = join(import.meta.dirname, 'exports')

/** The export that a walk file is named after; undefined if it is missing. */
function exportOf(file: string): string | undefined {
  const name = basename(file).replace(/\.walk\.\w+$/, '')
  return exportNames.find((each) => each === `${name}.json` || each === `${name}.journey.json`)
}

const all = await rowsIn(folder)
const rows = all.filter(({ file }) => exportOf(file.file) !== undefined)
const names = [...new Set(rows.flatMap(({ file }) => exportOf(file.file) ?? []))]
const scripts = distinct(exportNames.flatMap((name) => scriptsOf(name, readExport(name))))
const ran = new ScriptsThatRan()

/** Of things with the same id, the last: exports that are imported later replace it. */
function withoutOlder(bundle: Bundle): Bundle {
  const lastOf = <Thing>(things: Thing[], idOf: (thing: Thing) => string) => [
    ...new Map(things.map((thing) => [idOf(thing), thing])).values(),
  ]
  return {
    ...bundle,
    journeys: lastOf(bundle.journeys, ({ _id }) => _id),
    nodes: lastOf(bundle.nodes, ({ id }) => id),
    scripts: lastOf(bundle.scripts, ({ id }) => id),
    customNodeTypes: lastOf(bundle.customNodeTypes, ({ serviceName }) => serviceName),
    documents: lastOf(bundle.documents, ({ kind, id }) => `${kind} ${id}`),
  }
}

/** The exports with walks, with the services that they call. */
async function openExports(): Promise<Project> {
  const { near, variables, hosts } = await startExportServices()
  const bundles = [...names.map(readExport), aroundExports]
  for (const bundle of bundles) ran.add(bundle)
  return {
    folder,
    realm: '/alpha',
    bundle: withoutOlder(joined(...bundles.map(near))),
    settings: {
      ...projectSchema.parse({ esv: variables, allow: hosts }),
      settings: { passwordPolicy: { minLength: 8 } },
    },
    places: placesOf([], { realm: '/alpha' }),
  }
}

if (rows.length > 0) {
  testBothWays(rows, openExports, {
    note: (steps) => ran.note(steps),
    enter: (world) => exportServices().enter(world),
    environment: async () => ({ REGISTRATION_TOKEN: await exportServices().registrationToken() }),
  })
  afterAll(() => exportServices().stop())
}

test('there is an export for each walk', ({ skip }) => {
  skip(exportNames.length === 0, `${exportsFolder} is missing, so its walks don't run`)
  expect(all.filter((row) => !rows.includes(row)).map(({ file }) => file.file)).toEqual([])
})

test('all walks are there', () => {
  expect(all).toHaveLength(51)
})

const { succeeding, failing } = countEnds(rows)

test(`${succeeding} exported journeys end in success and ${failing} in failure`, () => {
  expect([succeeding > 0, failing > 0]).toEqual(rows.length > 0 ? [true, true] : [false, false])
})

test(`the walks run all of ${scripts.length} scripts that can run`, () => {
  const left = scripts.filter((script) => !ran.has(script)).map(({ name }) => name)
  expect(left.toSorted()).toEqual(exportNames.length === 0 ? [] : Object.keys(cannotRun).toSorted())
})
