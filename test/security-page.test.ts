import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8')

test('SECURITY.md names each of the twenty rules once', () => {
  const rules = [...page.matchAll(/^\| (H\d+) \|/gm)].map(([, rule]) => rule)
  expect(rules).toEqual(Array.from({ length: 20 }, (_, index) => `H${index + 1}`))
})

test('SECURITY.md names files that are there', () => {
  const paths = [...page.matchAll(/`((?:src|test|web|docs)\/[\w./-]+)`/g)].map(([, path = '']) => path)
  expect(paths.length).toBeGreaterThan(20)
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
})
