import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { exportNames, exportsFolder } from '../../../test/support/exports-folder.ts'
import { realmWith } from '../../../test/support/small-bundle.ts'
import type { Bundle } from '../exchange/bundle.ts'
import { planImport } from '../exchange/plan.ts'
import { readBundle } from '../exchange/read-bundle.ts'
import { readFiles } from '../exchange/read-files.ts'
import { mergedContent } from '../exchange/realm-content.ts'
import { parseExport } from '../exchange/safe-json.ts'
import { wholeRealm } from '../exchange/whole-realm.ts'
import { wholeFile } from '../exchange/write-export.ts'
import { differencesOf } from './differences.ts'

// The journeys of the tests and samples, and real exports if a folder with some exists.

const root = join(import.meta.dirname, '..', '..', '..')
const files = [
  ...globSync('{samples/*/journeys,test/fixtures/journeys}/*.json', { cwd: root }).map((file) =>
    join(root, file),
  ),
  ...exportNames.map((name) => join(exportsFolder, name)),
]

/** The bundle as a realm has it after an import. */
function imported(bundle: Bundle): Bundle {
  const { change } = planImport(bundle, realmWith(), { dependencies: true, existing: 'replace' })
  return wholeRealm(mergedContent(change, realmWith()))
}

/** Ids that can't be part of another text. */
const minLength = 20

function recreated(bundle: Bundle): Bundle {
  const ids = [...bundle.nodes, ...bundle.scripts]
    .map(({ id }) => id)
    .filter(({ length }) => length >= minLength)
  const json = ids.reduce(
    (text, id, at) => text.replaceAll(id, `${ids.length - at}-created-again`),
    JSON.stringify(bundle),
  )
  return JSON.parse(json)
}

test.each(files.map((file) => [basename(file), file]))(
  '%s: no difference after an import, an export and new ids',
  (_name, file) => {
    const bundle = readFiles([file], { realm: '/alpha' })
    const none = { differences: [], unknown: [] }
    expect(differencesOf(bundle, imported(bundle)), 'an import').toEqual(none)
    const written = readBundle(parseExport(wholeFile(bundle)), { realm: '/alpha' })
    expect(differencesOf(bundle, written), 'an export').toEqual(none)
    expect(differencesOf(bundle, recreated(bundle)), 'it was created again').toEqual(none)
  },
)
