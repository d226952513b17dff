import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { attacks } from '../attack/attacks.ts'
import { namedTest, type RuleSwitch } from './rule-switch.ts'
import { switches } from './switches.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
/** The tests of the stores' contracts are declared in another folder. */
const contracts = readdirSync(join(root, 'src/store/contract'))
  .map((file) => read(`src/store/contract/${file}`))
  .join('\n')
const testsIn = (file: string) => read(file) + (file.endsWith('/contracts.test.ts') ? contracts : '')

test('every rule has a switch', () => {
  const rules = new Set(switches.map(({ rule }) => rule))
  const expected = [
    ...Array.from({ length: 25 }, (_, index): RuleSwitch['rule'] => `H${index + 1}`),
    ...Array.from({ length: 15 }, (_, index): RuleSwitch['rule'] => `R${index + 1}`),
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
    // Names composed by `each` don't appear literally.
    const isThere = (text: string, name = '') => text.includes(name) || /\.each[(<]/.test(text)
    expect(named.filter(({ file: path, name }) => !isThere(testsIn(path), name))).toEqual([])
    expect(tests.length).toBeGreaterThan(0)
  })

  test('names only existing attacks', () => {
    const names = [undefined, ...attacks.map(({ name }) => name)]
    expect(names).toContain(attack)
  })
})
