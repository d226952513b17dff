import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { attacks } from '../attack/attacks.ts'
import { namedTest, type RuleSwitch } from './rule-switch.ts'
import { switches } from './switches.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

test('every rule has a switch', () => {
  const rules = new Set(switches.map(({ rule }) => rule))
  const expected = [
    ...Array.from({ length: 20 }, (_, index): RuleSwitch['rule'] => `H${index + 1}`),
    ...Array.from({ length: 9 }, (_, index): RuleSwitch['rule'] => `R${index + 1}`),
  ]
  expect(expected.filter((rule) => !rules.has(rule))).toEqual([])
})

describe.each(switches)('$rule off: $off', ({ file, from, to, tests, attack }) => {
  test('changes exactly one place', () => {
    expect(read(file).split(from)).toHaveLength(2)
    expect(from).not.toBe(to)
  })

  test('names only existing tests', () => {
    const named = tests.map(namedTest)
    expect(named.filter(({ file: path }) => !existsSync(join(root, path)))).toEqual([])
    // Names composed by `each`, and those of the contracts, don't appear literally.
    const isThere = (text: string, name = '') => text.includes(name) || /\.each[(<]|^allContracts\(/m.test(text)
    expect(named.filter(({ file: path, name }) => !isThere(read(path), name))).toEqual([])
    expect(tests.length).toBeGreaterThan(0)
  })

  test('names only existing attacks', () => {
    const names = [undefined, ...attacks.map(({ name }) => name)]
    expect(names).toContain(attack)
  })
})
