import { expect, test } from 'vitest'
import { appleProfile, isNameless, standardPerson, standardProfile } from './social-profile.ts'

test('without a script, standard claims are taken', () => {
  const told = {
    sub: '1',
    preferred_username: 'ann',
    email: '',
    address: { locality: 'Bern' },
    phone_number: '0',
  }
  expect(standardProfile(told)).toEqual({
    id: '1',
    username: 'ann',
    addressLocality: 'Bern',
    phone: '0',
  })
})

test('a person has the names of people’s attributes', () => {
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

test('who keeps their address from Apple gets one made up, or is refused', () => {
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
])('whether %j has no name: %s', (normalized, expected) => {
  expect(isNameless(normalized)).toBe(expected)
})
