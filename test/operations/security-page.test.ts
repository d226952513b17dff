import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { attacks } from '../../quality/attack/attacks.ts'
import { namedTest } from '../../quality/rules/rule-switch.ts'
import { switches } from '../../quality/rules/switches.ts'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8')

/** Rows of the tables by the id in their first cell. */
const rows = [...page.matchAll(/^\| ([HRS]\d+) \| (.+) \|$/gm)].map(([, id = '', cells = '']) => ({
  id,
  cells: cells.split(' | '),
}))
/** Findings that are not fixed yet. */
const isOpen = ({ cells }: { cells: string[] }) => cells[1] === '**Open**'
const idsOf = (letter: string) => rows.map(({ id }) => id).filter((id) => id.startsWith(letter))
const numbered = (letter: string, count: number, digits = 1) =>
  Array.from({ length: count }, (_, index) => letter + String(index + 1).padStart(digits, '0'))
const pathsIn = (text: string) =>
  [...text.matchAll(/`((?:src|test|web|docs|samples|tools|attack)\/[\w./-]+)`/g)].map(([, path = '']) => path)

describe('SECURITY.md', () => {
  test('lists each rule of the help desk, each rule of the server and each finding once, in order', () => {
    expect(idsOf('H')).toEqual(numbered('H', 27))
    expect(idsOf('R')).toEqual(numbered('R', 15))
    const findings = idsOf('S')
    expect(findings.slice(0, 29)).toEqual(numbered('S', 29, 2))
    // Later findings have numbers by area, with gaps.
    expect(findings).toEqual([...new Set(findings)].toSorted())
  })

  test('names files that exist', () => {
    expect(pathsIn(page).length).toBeGreaterThan(100)
    expect(pathsIn(page).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('names a test for every rule and finding', () => {
    const untested = rows.filter((row) => !isOpen(row) && !/\.(test|contract)\.ts`/.test(row.cells.join()))
    expect(untested.map(({ id }) => id)).toEqual([])
  })

  test('names existing attacks, each of which succeeds with a switch of the same finding', () => {
    const findings = rows.filter(({ id }) => id.startsWith('S'))
    const named = findings.map(({ id, cells }) => ({ id, attack: cells.at(-1)?.trim().replaceAll('`', '') }))
    const known = new Set(attacks.map(({ name }) => name))
    for (const { id, attack } of named.filter(({ attack }) => attack !== undefined && attack !== '')) {
      expect(known, id).toContain(attack)
      expect(
        switches.filter(({ rule }) => rule === id).map((one) => one.attack),
        id,
      ).toContain(attack)
    }
  })

  test.each(rows.filter((row) => row.id !== 'S26' && !isOpen(row)))(
    'names a test that fails with a switch of $id',
    ({ id, cells }) => {
      const tests = switches.filter(({ rule }) => rule === id).flatMap((one) => one.tests)
      const files = new Set(tests.map((entry) => namedTest(entry).file))
      const named = pathsIn(cells.join())
      // Contracts run in a test file for each database.
      const contracts = named.some((path) => path.includes('/contract/'))
        ? ['src/store/sqlite/contracts.test.ts']
        : []
      expect([...named, ...contracts].filter((path) => files.has(path))).not.toEqual([])
    },
  )

  test('has a switch for every attack', () => {
    const switched = new Set(switches.map(({ attack }) => attack))
    const expected = attacks.map(({ name }) => name).filter((name) => !switched.has(name))
    expect(expected).toEqual([])
  })
})
