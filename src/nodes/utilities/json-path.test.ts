import { expect, test } from 'vitest'
import type { Json } from '../../base/json.ts'
import { isJsonPath, select } from './json-path.ts'

const person: Json = {
  tier: 'platinum',
  'user-id': 7,
  'a.[b': 'dotted',
  bookings: [29872, 23884],
  home: { city: 'Leeds', tags: ['x'] },
}

test.each<[string, Json[]]>([
  ['$.tier', ['platinum']],
  ['$.bookings[-1]', [23884]],
  ['$.bookings[0,1]', [29872, 23884]],
  ['$.bookings[:1]', [29872]],
  ['$..city', ['Leeds']],
  ['$.absent', []],
  ['$.toString', []],
  ['$.bookings[?@ > 25000]', [29872]],
])('%s finds %j', (path, values) => {
  expect(select(path, person).values).toEqual(values)
})

test.each<[string, Json[]]>([
  ['$.user-id', [7]],
  ['$.bookings.[0]', [29872]],
  ["$['a.[b']", ['dotted']],
  ["$.[?(@.tier == 'platinum')]", [person]],
  ["$[?(@.tier == 'gold')]", []],
  ["$.home[?(@.city == 'Leeds' && !(@.street))].tags", [['x']]],
])('%s finds what it does at the vendor', (path, values) => {
  expect(select(path, person).values).toEqual(values)
})

test('says whether a path leads to one value', () => {
  expect(select('$.bookings', person).isSingle).toBe(true)
  expect(select('$.bookings[*]', person).isSingle).toBe(false)
})

test.each([
  'tier',
  '',
  '$.a.length()',
  '$[?(@.a =~ /x+/)]',
  "$[?match(@.a, '(a+)+b')]",
  '$[?count(@..x) > 1]',
  '$[?@..x]',
  '$[?@.a == $.b]',
  '$[?@.a == @.b]',
  '$[(@.length-1)]',
  `$${'.a'.repeat(300)}`,
])('refuses %s', (path) => {
  expect(isJsonPath(path)).toBe(false)
  expect(() => select(path, person)).toThrow()
})

const wide: Json = Array.from({ length: 400 }, () => Array.from({ length: 400 }, () => 1))
const deep: Json = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`)

test.each([
  ['$[*][*]', wide],
  ['$..absent', wide],
  [`$${'[*,*,*,*]'.repeat(20)}`, deep],
  ['$..*', deep],
])('%s over a large document ends in an error', (path, document) => {
  expect(() => select(path, document)).toThrow()
})
