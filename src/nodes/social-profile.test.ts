import { expect, test } from 'vitest'
import { appleProfile, isNameless, knownNormalization, knownPerson } from './social-profile.ts'

const ids = {
  google: '58d29080-4563-480b-89bb-1e7719776a21',
  facebook: 'bae1d54a-e97d-4997-aa5d-c027f21af82c',
  microsoft: '73cecbfc-dad0-4395-be6a-6858ee3a80e5',
  apple: '484e6246-dbc6-4288-97e6-54e55431402e',
} as const

test.each([
  [
    'google',
    {
      sub: '1',
      name: 'Ann Lee',
      given_name: 'Ann',
      family_name: 'Lee',
      picture: 'p',
      email: 'e',
      locale: 'de',
    },
    {
      id: '1',
      displayName: 'Ann Lee',
      givenName: 'Ann',
      familyName: 'Lee',
      photoUrl: 'p',
      email: 'e',
      username: 'e',
      locale: 'de',
    },
  ],
  [
    'facebook',
    {
      id: '1',
      name: 'Ann Lee',
      first_name: 'Ann',
      last_name: 'Lee',
      picture: { data: { url: 'p' } },
      email: 'e',
    },
    {
      id: '1',
      displayName: 'Ann Lee',
      givenName: 'Ann',
      familyName: 'Lee',
      photoUrl: 'p',
      email: 'e',
      username: 'e',
    },
  ],
  [
    'microsoft',
    { id: '1', displayName: 'Ann Lee', givenName: 'Ann', surname: 'Lee', userPrincipalName: 'e', mail: 'm' },
    { id: '1', displayName: 'Ann Lee', givenName: 'Ann', familyName: 'Lee', email: 'e', username: 'e' },
  ],
  [
    'apple',
    { sub: '1', email: 'e', name: { firstName: 'Ann', lastName: 'Lee' } },
    { id: '1', displayName: 'Ann Lee', email: 'e', givenName: 'Ann', familyName: 'Lee', username: 'e' },
  ],
] as const)('what %s tells is known by the id of the vendor’s script', (provider, told, expected) => {
  expect(knownNormalization(ids[provider])?.(told)).toEqual(expected)
})

test('without a script, standard claims are taken', () => {
  const told = {
    sub: '1',
    preferred_username: 'ann',
    email: '',
    address: { locality: 'Bern' },
    phone_number: '0',
  }
  expect(knownNormalization('[Empty]')?.(told)).toEqual({
    id: '1',
    username: 'ann',
    addressLocality: 'Bern',
    phone: '0',
  })
})

test('another script is not known', () => {
  expect(knownNormalization('mine')).toBeUndefined()
  expect(knownPerson('mine')).toBeUndefined()
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
  for (const script of ['', '58c824ae-84ed-4724-82cd-db128fc3f6c']) {
    expect(knownPerson(script)?.(normalized)).toEqual(expected)
  }
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
