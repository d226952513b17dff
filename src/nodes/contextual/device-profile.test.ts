import { expect, test } from 'vitest'
import type { Json } from '../../base/json.ts'
import { differences, kilometresBetween, placeOf } from './device-profile.ts'

const vienna = { latitude: 48.2082, longitude: 16.3738 }

test.each([
  ['the same place', vienna, 0],
  ['Berlin', { latitude: 52.52, longitude: 13.405 }, 523.6],
  ['the other side of the world', { latitude: -48.2082, longitude: -163.6262 }, Math.PI * 6371],
])('computes the distance to %s', (_what, place, kilometres) => {
  expect(kilometresBetween(vienna, place)).toBeCloseTo(kilometres, 0)
})

test.each<[Json, Json, number]>([
  [{ a: 1 }, { a: 1 }, 0],
  [{ a: 1 }, { a: 2 }, 1],
  [{ a: 1, b: 2 }, { b: 2 }, 1],
  [{ a: { b: 1, c: 2 } }, { a: { b: 2, c: 3, d: 4 } }, 3],
  [{ a: [1, 2] }, { a: [1, 3, 4] }, 2],
  [{ a: [1] }, { a: { 0: 1 } }, 1],
  [{ a: null }, {}, 1],
  ['x', 'x', 0],
])('finds between %j and %j %d differences', (one, other, count) => {
  expect(differences(one, other)).toBe(count)
})

test('requires latitude and longitude for a place', () => {
  expect(placeOf({ ...vienna, accuracy: 5 })).toEqual(vienna)
  expect(placeOf({ latitude: '48' })).toBeUndefined()
  expect(placeOf(undefined)).toBeUndefined()
})
