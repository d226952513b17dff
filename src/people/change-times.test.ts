import { expect, test } from 'vitest'
import type { JsonObject } from '../base/json.ts'
import { changeTimes, isSettled } from './change-times.ts'

const now = 1000

test.each<[string, JsonObject, JsonObject, object]>([
  ['a new number', { telephoneNumber: '1' }, { telephoneNumber: '2' }, { telephoneNumberChangedAt: now }],
  ['a number where there was none', {}, { telephoneNumber: '2' }, { telephoneNumberChangedAt: now }],
  ['the same number written otherwise', { telephoneNumber: '+1 2' }, { telephoneNumber: '+1(2)' }, {}],
  ['a new manager', { manager: 'a' }, { manager: { _refResourceId: 'b' } }, { managerChangedAt: now }],
  ['a removed address', { mail: 'a@b.c' }, {}, { mailChangedAt: now }],
  ['a second address', { mail: 'a@b.c' }, { mail: ['a@b.c', 'x@b.c'] }, { mailChangedAt: now }],
  ['the case of an address', { mail: 'a@b.c' }, { mail: 'A@B.c' }, {}],
  ['another attribute', { city: 'a' }, { city: 'b' }, {}],
])('%s', (_name, before, after, expected) => {
  const known = Object.entries(changeTimes({ attributes: before }, { attributes: after }, now))
  expect(Object.fromEntries(known.filter(([, time]) => time !== undefined))).toEqual(expected)
})

test('never moves a time back when a change was prepared before another one was saved', () => {
  const attributes = { mail: 'a@b.c' }
  const before = { attributes, mailChangedAt: 900 }
  expect(changeTimes(before, { attributes, mailChangedAt: 500 }, now).mailChangedAt).toBe(900)
  expect(changeTimes(before, { attributes }, now).mailChangedAt).toBe(900)
  expect(changeTimes({ attributes }, { attributes, mailChangedAt: 500 }, now).mailChangedAt).toBe(500)
})

const hour = 3_600_000

test.each([
  ['an address without a known change', undefined, 24, true],
  ['one changed a moment ago', 0, 24, false],
  ['one changed just within the time', -24 * hour + 1, 24, false],
  ['one changed as long ago as the realm asks for', -24 * hour, 24, true],
  ['any address, where the realm asks for no time', 0, 0, true],
])('%s', (_case, changedAgo, quietHours, may) => {
  const today = 1_800_000_000_000
  expect(isSettled(changedAgo === undefined ? undefined : today + changedAgo, quietHours, today)).toBe(may)
})
