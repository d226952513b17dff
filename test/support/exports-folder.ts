import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bundle } from '../../src/journeys/exchange/bundle.ts'
import { readFiles } from '../../src/journeys/exchange/read-files.ts'

// Real exports, if there are any: in SIDEGATE_JOURNEYS, or in a folder next to the checkout.

/** This folder may be missing. */
export const exportsFolder =
  process.env.SIDEGATE_JOURNEYS ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'journeys')

/** An index, and parts of journeys in other files. */
const noExports = ['companions', 'index.json']

const companiesHouse = 'companions/companieshouse'

/** Content that some exports keep in other files. */
const companions: Readonly<Record<string, string>> = {
  'ch-manage-email-consent.json': companiesHouse,
  'ch-multi-factor-generic.json': companiesHouse,
  'ch-registration-verify.json': companiesHouse,
  'custom-nodes-all-property-types.journey.json': 'companions/custom-node-types',
  'iot-raw-tree.json': 'companions/iot-raw-tree',
}

/** Files and folders with one export each; empty if the folder is missing. */
export const exportNames = existsSync(exportsFolder)
  ? readdirSync(exportsFolder).filter((name) => !noExports.includes(name))
  : []

/** An export with its companion files. */
export function pathsOfExport(name: string): string[] {
  const companion = companions[name]
  return [name, ...(companion === undefined ? [] : [companion])].map((path) => join(exportsFolder, path))
}

export function readExport(name: string): Bundle {
  const bundle = readFiles(pathsOfExport(name), { realm: '/alpha' })
  return companions[name] === companiesHouse
    ? { ...bundle, scripts: bundle.scripts.map(withLibrary) }
    : bundle
}

/** Companies House inserts its library into every script, between two comments, when it deploys them. */
function withLibrary<Script extends { source: string }>(script: Script): Script {
  const library = ['ch-config-functions.js', 'ch-library-functions.js']
    .map((name) => readFileSync(join(exportsFolder, companiesHouse, 'scripts-library', name), 'utf8'))
    .join('\n')
  const source = script.source.replace(
    /\/\/ LIBRARY START\s+\/\/ LIBRARY END/,
    () => `// LIBRARY START\n${library}\n// LIBRARY END`,
  )
  return { ...script, source }
}
