import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { attacks } from '../attack/attacks.ts'
import { guards, placesOf } from './faults.ts'
import { pathsIn, ruleRows, withPlaces } from './security-page.ts'
import { stagesFor } from './tests.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const page = read('SECURITY.md')
const rows = ruleRows(page)
const all = guards()
const idsOf = (letter: string) => rows.map(({ id }) => id).filter((id) => id.startsWith(letter))
const numbered = (letter: string, count: number, digits = 1) =>
  Array.from({ length: count }, (_, index) => letter + String(index + 1).padStart(digits, '0'))

/** Rules that no code keeps, with their reasons. */
const withoutCode: Record<string, string> = { S26: 'package.json and the lockfile keep it' }

/** Files that a recipe of CONTRIBUTING.md adds. */
const examples = ['texts/pt/']

describe('SECURITY.md', () => {
  test('lists each rule of the help desk, each rule of the server and each finding once, in order', () => {
    expect(idsOf('H')).toEqual(numbered('H', 27))
    expect(idsOf('R')).toEqual(numbered('R', 15))
    const findings = idsOf('S')
    expect(findings.slice(0, 29)).toEqual(numbered('S', 29, 2))
    // Later findings have numbers by area, with gaps.
    expect(findings).toEqual([...new Set(findings)].toSorted())
  })

  test('says where the code keeps each rule', () => {
    expect(withPlaces(page, placesOf(all)), 'run "node tools/rules-reference.ts"').toBe(page)
  })

  test('names the attacks of findings', () => {
    const named = rows.filter(({ id }) => id.startsWith('S')).map(({ cells }) => cells.at(-1)?.trim())
    const known = attacks.map(({ name }) => `\`${name}\``)
    expect(named.filter((attack) => attack !== '' && !known.includes(attack ?? ''))).toEqual([])
  })
})

test.each(['SECURITY.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s names files that exist', (document) => {
  const text = read(document)
  const named = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:tsx?|js|json|md))`/g)].map(
    ([, path = '']) => path,
  )
  const paths = [...new Set([...pathsIn(text), ...named])].filter((path) => !examples.includes(path))
  expect(paths.length).toBeGreaterThan(0)
  // ARCHITECTURE.md leaves out `src/`.
  expect(
    paths.filter((path) => !['', 'src', 'src/http'].some((folder) => existsSync(join(root, folder, path)))),
  ).toEqual([])
})

test('each rule is kept by code, or says by what', () => {
  const kept = new Set(all.map(({ rule }) => rule))
  expect(rows.map(({ id }) => id).filter((id) => !kept.has(id))).toEqual(Object.keys(withoutCode))
  expect([...kept].filter((rule) => !rows.some(({ id }) => id === rule))).toEqual([])
})

test('each marker makes a fault', () => {
  expect(all.filter(({ faults }) => faults.length === 0)).toEqual([])
})

test('each guard has tests that exist', () => {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const untested = all.filter(({ file, rule }) => {
    const files = stagesFor(file, byId.get(rule) ?? { tests: [] }).flatMap((stage) => stage.files)
    return files.length === 0 || files.some((path) => !existsSync(join(root, path)))
  })
  expect(untested).toEqual([])
  expect(rows.filter(({ tests }) => tests.length === 0).map(({ id }) => id)).toEqual([])
})

test('each attack names the guard that stops it', () => {
  const names = new Set(all.map(({ rule, otherwise }) => `${rule}: ${otherwise}`))
  expect(attacks.map(({ defence }) => defence).filter((defence) => !names.has(defence))).toEqual([])
})
