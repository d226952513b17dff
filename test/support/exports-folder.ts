import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bundle } from '../../src/journeys/exchange/bundle.ts'
import { readFiles } from '../../src/journeys/exchange/read-files.ts'

// Real exports, where there are some: SIDEGATE_JOURNEYS, or a folder beside the checkout.

/** There may be none. */
export const exportsFolder =
  process.env.SIDEGATE_JOURNEYS ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'journeys')

/** A table of contents, and parts of journeys that stand in other files. */
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

/** Files and folders that hold an export each; none where there is no such folder. */
export const exportNames = existsSync(exportsFolder)
  ? readdirSync(exportsFolder).filter((name) => !noExports.includes(name))
  : []

/** An export together with what belongs to it. */
export function readExport(name: string): Bundle {
  const beside = companions[name]
  const bundle = readFiles(
    [name, ...(beside === undefined ? [] : [beside])].map((path) => join(exportsFolder, path)),
    { realm: '/alpha' },
  )
  return beside === companiesHouse ? { ...bundle, scripts: bundle.scripts.map(withLibrary) } : bundle
}

/** Companies House writes its library into every script between two comments when it deploys them. */
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
