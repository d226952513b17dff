import { createHash } from 'node:crypto'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readFiles } from '../../src/journeys/exchange/read-files.ts'
import { nodeTypeNamed } from '../../src/nodes/catalogue.ts'
import { readJourneyExport } from '../support/journey-export.ts'

const samples = join(import.meta.dirname, '..', '..', 'samples')
const scriptFiles = globSync(join(samples, 'alpha', 'scripts', '*.js'))

test.each([
  ['alpha/scripts/in-progress-wait.js', '386b23888b1fb1f576dcf58dae1b3210aa75bc1e21ec77c153d191fc5589a864'],
  [
    'custom-nodes/set-backchannel-state-properties/script.js',
    '6c8360351baa7959dc88ea64d09e1edf62e331588a81aaef6e1427b72d8a9521',
  ],
  [
    'custom-nodes/set-front-channel-status/script.js',
    '5945e031ab370fc516438723cb2146958ca939faf8b6c433cb2da6b101e8c276',
  ],
  [
    'custom-nodes/user-message-to-display/script.js',
    '3ff4226ac894dc1d58597bc8b3c6f3f97ed5597019ce43625b0b15be4624de77',
  ],
])("%s is byte-identical to the script in the vendor's documentation", (file, hash) => {
  expect(
    createHash('sha256')
      .update(readFileSync(join(samples, file)))
      .digest('hex'),
  ).toBe(hash)
})

test('an import reads the folders of realm alpha completely', () => {
  const bundle = readFiles([join(samples, 'alpha'), join(samples, 'custom-nodes')], { realm: '/alpha' })

  expect(bundle.findings.filter(({ kind }) => kind !== 'note')).toEqual([])
  expect(bundle.journeys).toHaveLength(readdirSync(join(samples, 'alpha', 'journeys')).length)
  expect(bundle.scripts.map(({ source }) => source).toSorted()).toEqual(
    scriptFiles.map((file) => readFileSync(file, 'utf8')).toSorted(),
  )
  expect(bundle.customNodeTypes).toHaveLength(readdirSync(join(samples, 'custom-nodes')).length)
})

const journeyFiles = ['root', 'alpha'].flatMap((realm) =>
  readdirSync(join(samples, realm, 'journeys')).map((file) => join(realm, 'journeys', file)),
)

test.each(journeyFiles)('the types of the nodes in %s accept their settings', (file) => {
  const { nodes } = readJourneyExport(JSON.parse(readFileSync(join(samples, file), 'utf8')))
  for (const { type, version, config } of nodes) {
    if (type.startsWith('designer-')) continue
    expect(nodeTypeNamed(type, version)?.config.safeParse(config).error, type).toBeUndefined()
  }
})
