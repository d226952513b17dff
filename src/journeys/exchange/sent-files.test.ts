import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readFiles } from './read-files.ts'
import { parseExport } from './safe-json.ts'
import { readSentFiles } from './sent-files.ts'

const fixtures = join(import.meta.dirname, '..', '..', '..', 'test', 'fixtures', 'exchange')

/** A folder as a page sends it: with its name and all files below. */
function sent(folder: string) {
  return readdirSync(join(fixtures, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((full) => {
      const path = full.slice(fixtures.length + 1)
      const text = readFileSync(full, 'utf8')
      return path.endsWith('.json') ? { path, json: parseExport(text) } : { path, text }
    })
}

test.each(['fr-config-manager', 'amster', 'file-based-config', 'raw-tree', 'companies-house', 'admin-ui'])(
  'reads the folder %s as from disk',
  (folder) => {
    const fromDisk = readFiles([join(fixtures, folder)], { realm: '/alpha' })
    expect(readSentFiles(sent(folder), { realm: '/alpha' })).toEqual(fromDisk)
  },
)

test('leaves out a script whose source file was not sent', () => {
  const script = { _id: 's', name: 'Lost', script: 'file://../../secret.js', context: 'LIBRARY' }
  const files = [
    { path: 'scripts/s.json', json: { scripts: { s: script } } },
    { path: 'secret.js', text: 'leaked()' },
  ]
  expect(readSentFiles(files, { realm: '/alpha' }).scripts.map(({ source }) => source)).not.toContain(
    'leaked()',
  )
})
