import { expect, test } from 'vitest'
import { appleProfile, isNameless, standardPerson, standardProfile } from './social-profile.ts'

test('uses standard claims without a script', () => {
  const claims = {
    sub: '1',
    preferred_username: 'ann',
    email: '',
    address: { locality: 'Bern' },
    phone_number: '0',
  }
  expect(standardProfile(claims)).toEqual({
    id: '1',
    username: 'ann',
    addressLocality: 'Bern',
    phone: '0',
  })
})

test('maps a normalized profile to managed object attributes', () => {
  const normalized = {
    username: 'ann',
    givenName: 'Ann',
    familyName: 'Lee',
    email: 'e',
    addressRegion: 'BE',
    id: '1',
  }
  const expected = { userName: 'ann', givenName: 'Ann', sn: 'Lee', mail: 'e', stateProvince: 'BE' }
  expect(standardPerson(normalized)).toEqual(expected)
})

test('fills in or rejects a missing address from Apple', () => {
  expect(appleProfile({ sub: '1' }, true)).toEqual({
    id: '1',
    displayName: ' ',
    email: 'change@me.com',
    givenName: ' ',
    familyName: ' ',
    username: '1',
  })
  expect(() => appleProfile({ sub: '1' }, false)).toThrow('Email is required')
})

test.each([
  [{}, true],
  [{ givenName: ' ', familyName: '' }, true],
  [{ givenName: 'Ann' }, false],
  [{ familyName: 'Lee' }, false],
])('decides that %j is nameless: %s', (normalized, expected) => {
  expect(isNameless(normalized)).toBe(expected)
})
