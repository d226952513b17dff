import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { catalogue, nodeTypeNamed } from './catalogue.ts'

/** Files that define node types at run time. */
const notListed = ['define-node.ts', 'designer-node.ts']

test('every node type has a unique id and version', () => {
  const ids = catalogue.map(({ type, version }) => `${type} ${version}`)
  expect(new Set(ids).size).toBe(ids.length)
})

test('every file that defines a node type is in the catalogue', async () => {
  const read = (file: string) => readFile(`${import.meta.dirname}/${file}`, 'utf8')
  const listed = await read('catalogue.ts')
  const files = (await readdir(import.meta.dirname, { recursive: true })).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  )
  const missing: string[] = []
  for (const file of files) {
    const isNode = !notListed.includes(file) && (await read(file)).includes('defineNode(')
    if (isNode && !listed.includes(`'./${file}'`)) missing.push(file)
  }
  expect(missing).toEqual([])
})

test.each(catalogue)('$type $version has texts', ({ help, tags, title, version }) => {
  expect(title).not.toBe('')
  expect(help).toMatch(/\.$/)
  expect(tags).not.toEqual([])
  expect(version).toMatch(/^\d+\.\d+$/)
})

test('finds the first version without a version', () => {
  expect(nodeTypeNamed('UsernameCollectorNode')?.version).toBe('1.0')
})

test.each([
  ['NoSuchNode', '1.0'],
  ['UsernameCollectorNode', '9.0'],
])('does not find %s %s', (type, version) => {
  expect(nodeTypeNamed(type, version)).toBeUndefined()
})
