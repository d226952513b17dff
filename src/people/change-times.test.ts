import { expect, test } from 'vitest'
import type { JsonObject } from '../base/json.ts'
import { changeTimes, isSettled } from './change-times.ts'
import type { Identity } from './identity.ts'

const now = 1000

const person = (given: Partial<Identity> = {}) => ({ userName: 'elena', attributes: {}, ...given })

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
  const { updatedAt, ...times } = changeTimes(
    person({ attributes: before }),
    person({ attributes: after }),
    now,
  )
  expect(Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined))).toEqual(expected)
  expect(updatedAt).toBe(now)
})

test('a person changes with the name, and not with a password alone', () => {
  expect(changeTimes(person(), person({ userName: 'other' }), now).updatedAt).toBe(now)
  expect(changeTimes(person({ updatedAt: 900 }), person(), now).updatedAt).toBe(900)
  expect(changeTimes(person(), person(), now).updatedAt).toBeUndefined()
})

test('never moves a time back when a change was prepared before another one was saved', () => {
  const attributes = { mail: 'a@b.c' }
  const before = person({ attributes, mailChangedAt: 900 })
  expect(changeTimes(before, person({ attributes, mailChangedAt: 500 }), now).mailChangedAt).toBe(900)
  expect(changeTimes(before, person({ attributes }), now).mailChangedAt).toBe(900)
  expect(
    changeTimes(person({ attributes }), person({ attributes, mailChangedAt: 500 }), now).mailChangedAt,
  ).toBe(500)
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
