import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readFiles } from './read-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-files-'))
  write('login.json', JSON.stringify({ tree: { _id: 'Login', entryNodeId: 'x', nodes: {} } }))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const choice = { realm: '/alpha' }

test('leaves out unreadable files if they are received', () => {
  write('a.json', '{\n"tree" {} }')
  write('b.json', `"${' '.repeat(21 * 1_048_576)}"`)
  write('c.json', '{ "tree": { "_id": "Cut')
  const broken: unknown[] = []
  const { journeys } = readFiles([folder], choice, (path, { message, detail }) =>
    broken.push([basename(path), message, detail?.line]),
  )
  expect(journeys.map(({ _id }) => _id)).toEqual(['Login'])
  expect(broken).toEqual([
    ['a.json', 'This is not JSON: colon expected in line 2', 2],
    ['b.json', 'larger than 20 MB', undefined],
    ['c.json', 'This JSON ends in the middle: the file is cut off', 1],
  ])
  expect(() => readFiles([folder], choice)).toThrow(/a\.json: This is not JSON/)
})

test('receives a named file that is not an export', () => {
  write('other.json', '{ "name": "x" }')
  const broken: string[] = []
  readFiles([join(folder, 'other.json')], choice, (_path, { message }) => broken.push(message))
  expect(broken).toEqual(['This is not an export of journeys but an object with name'])
})

test('leaves out settings of other tools, which may have comments', () => {
  write('tsconfig.json', '// types\n{ "compilerOptions": { "strict": true, }, }')
  const { journeys, findings } = readFiles([folder], choice)
  expect(journeys).toHaveLength(1)
  expect(findings).toMatchObject([
    { kind: 'note', message: expect.stringContaining('tsconfig.json is not an export') },
  ])
})

test('does not leave out an export with a comment', () => {
  write('other.json', '{ "tree": { "_id": "Other" }, } // mine')
  expect(() => readFiles([folder], choice)).toThrow(/other\.json: This is not JSON/)
})
