import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Comparison } from '../journeys/compare/difference.ts'
import { diffCommand } from './diff-command.ts'
import { UsageError } from './usage-error.ts'

const fixtures = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'exchange')
const single = join(fixtures, 'frodo-single.journey.json')
const name = 'Verify – 確認'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidegate-diff-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function diff(...args: string[]) {
  const printed: string[] = []
  const warned: string[] = []
  const status = await diffCommand(args, {
    print: (text) => void printed.push(text),
    warn: (text) => void warned.push(text),
    environment: {},
  })
  return { status, printed: printed.join('\n'), warned: warned.join('\n') }
}

function file(path: string, content: string | object): string {
  const full = join(folder, path)
  mkdirSync(join(full, '..'), { recursive: true })
  writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content))
  return full
}

/** The fixture with another outcome, another line in its script, and without its theme. */
function changedExport() {
  const json = JSON.parse(readFileSync(single, 'utf8'))
  json.nodes['decide-1'].outcomes.push('later')
  json.scripts['script-1'].script = 'outcome = "later"'
  json.themes = []
  return json
}

describe('finds no difference between the same journey', () => {
  test.each([
    'admin-ui',
    'amster',
    'amtree.json',
    'companies-house',
    'file-based-config',
    'fr-config-manager',
    'frodo-multi.journey.json',
    'full-config.json',
    'raw-tree',
  ])('in a file of frodo and in %s', async (layout) => {
    const same = await diff(single, join(fixtures, layout))
    expect(same).toEqual({ status: 0, printed: 'No differences.', warned: '' })
  })
})

test('shows what differs, and ends with 1', async () => {
  const other = file('other.json', changedExport())
  const { status, printed, warned } = await diff(single, other)
  expect(printed.split('\n')).toEqual([
    `From ${single} to ${other}:`,
    `journey '${name}'`,
    '  \'Decide\', Outcomes: added "later"',
    "script 'Check risk' +1 −2",
    "theme 'Dark' removed",
  ])
  expect({ status, warned }).toEqual({ status: 1, warned: '' })
  expect((await diff(single, other, '--lines')).printed).toContain('    +outcome = "later"')
})

test('shows only the journeys that are named, with everything that they need', async () => {
  const json = changedExport()
  json.scripts.unused = { ...json.scripts['script-1'], _id: 'unused', name: 'Unused' }
  const other = file('one.json', json)
  expect((await diff(single, other)).printed).toContain("script 'Unused' added")
  const { printed } = await diff(single, other, '--journey', name)
  expect(printed).toContain("script 'Check risk' +1 −2")
  expect(printed).not.toContain('Unused')
  await expect(diff(single, other, '--journey', 'Nobody')).rejects.toThrow(
    'Neither side has a journey Nobody',
  )
})

test('prints differences as JSON', async () => {
  const { status, printed } = await diff(single, file('json.json', changedExport()), '--json')
  const { differences, unknown }: Comparison = JSON.parse(printed)
  expect(status).toBe(1)
  expect(unknown).toEqual([])
  expect(differences).toMatchObject([
    { item: { kind: 'journey', name }, kind: 'setting', node: { before: 'decide-1', after: 'decide-1' } },
    {
      item: { kind: 'script' },
      kind: 'source',
      lines: { added: 1, removed: 2, hunks: [{ before: 1, after: 1 }] },
    },
    { item: { kind: 'theme' }, kind: 'removed', words: 'removed' },
  ])
})

test('compares the realm that is named, of files with several', async () => {
  const full = join(fixtures, 'full-config.json')
  expect((await diff(full, full, '--from', 'bravo')).status).toBe(0)
  await expect(diff(full, full, '--from', 'charlie')).rejects.toThrow('The files contain no realm charlie')
})

describe('rejects what it can’t read, by name', () => {
  test.each<[string, () => string, RegExp]>([
    ['a missing file', () => join(folder, 'nowhere.json'), /nowhere\.json: file or folder not found/],
    ['broken JSON', () => file('broken.json', '{"trees": {'), /broken\.json: This JSON ends in the middle/],
    [
      'another file',
      () => file('package.json', { name: 'x' }),
      /package\.json: This is not an export of journeys/,
    ],
    [
      'broken JSON in a folder',
      () => join(file('some/broken.json', '{"trees": {'), '..'),
      /some\/broken\.json: This JSON ends in the middle/,
    ],
    [
      'a folder without exports',
      () => join(file('none/package.json', { name: 'x' }), '..'),
      /none: contains no export of journeys or scripts\n.*package\.json is not an export/,
    ],
    ['a server without password', () => 'server', /Set SIDEGATE_ADMIN_PASSWORD/],
  ])('%s', async (_what, path, message) => {
    await expect(diff(single, path())).rejects.toThrow(message)
    await expect(diff(path(), single)).rejects.toThrow(UsageError)
  })

  test.each([[], [single], [single, single, single], ['server', 'server'], [single, single, '--what']])(
    'the arguments %j',
    async (...args) => {
      await expect(diff(...args)).rejects.toThrow(UsageError)
    },
  )

  test('and ends with 2 if a part is unreadable or contradicts another', async () => {
    const json = changedExport()
    json.nodes['decide-1']._type._id = ''
    json.tree.nodes['decide-1'].nodeType = ''
    const { status, warned } = await diff(single, file('part.json', json))
    expect(status).toBe(2)
    expect(warned).toMatch(
      /part\.json was read only in part:\n {2}unreadable +\S+part\.json:\d+: Node 'decide-1': type/,
    )
    const folder = join(file('two/a.json', changedExport()), '..')
    writeFileSync(join(folder, 'b.json'), readFileSync(single))
    const two = await diff(single, folder)
    expect(two.status).toBe(2)
    expect(two.warned).toMatch(/conflict +Script 'Check risk' exists twice/)
  })
})
