import { expect, test } from 'vitest'
import { noFailures } from '../people/identity.ts'
import { claimsOf, mayUse, personalClaims } from './claims.ts'

const createdAt = 1_700_000_000_999

test('maps the attributes of an identity to claims, and no others', () => {
  const attributes = {
    givenName: 'Elena',
    sn: 'Marsh',
    mail: ['elena@larkfield.example', 'second@larkfield.example'],
    telephoneNumber: '+1 555 0100',
    preferredLanguage: 'fr-CA;q=0.9,en',
    postalAddress: '1 Main Street',
    city: 'Larkfield',
    country: 'US',
    kbaInfo: [{ answer: 'secret' }],
  }
  expect(personalClaims({ userName: 'elena', attributes, createdAt })).toEqual({
    name: 'Elena Marsh',
    given_name: 'Elena',
    family_name: 'Marsh',
    preferred_username: 'elena',
    locale: 'fr-CA',
    updated_at: 1_700_000_000,
    email: 'elena@larkfield.example',
    email_verified: false,
    phone_number: '+1 555 0100',
    phone_number_verified: false,
    address: { street_address: '1 Main Street', locality: 'Larkfield', country: 'US' },
  })
})

test('an address is verified while a noted one that people can’t change is equal to it', () => {
  const attributes = { mail: 'elena@larkfield.example', verifiedMail: 'elena@larkfield.example' }
  const verified = (changed: object, fixed: string[]) =>
    personalClaims({ userName: 'x', attributes: { ...attributes, ...changed }, createdAt }, new Set(fixed))
      .email_verified
  expect(verified({}, ['verifiedMail'])).toBe(true)
  expect(verified({ mail: 'other@larkfield.example' }, ['verifiedMail'])).toBe(false)
  expect(verified({}, [])).toBe(false)
})

test('gives standard claims that the realm has as attributes', () => {
  const attributes = { nickname: 'Ellie', zoneinfo: 'Europe/Vienna', profileImage: 'https://p.example/e' }
  expect(personalClaims({ userName: 'x', attributes, createdAt })).toMatchObject({
    nickname: 'Ellie',
    zoneinfo: 'Europe/Vienna',
    picture: 'https://p.example/e',
  })
})

test('tells when a person changed last, in seconds', () => {
  const person = { userName: 'x', attributes: {}, createdAt, updatedAt: createdAt + 60_000 }
  expect(personalClaims(person).updated_at).toBe(1_700_000_060)
})

test('leaves out claims without a value', () => {
  expect(personalClaims({ userName: 'x', attributes: { mail: [], givenName: '' }, createdAt })).toEqual({
    name: 'x',
    preferred_username: 'x',
    updated_at: 1_700_000_000,
  })
})

test('a custom scope has no claims', () => {
  expect(claimsOf('email')).toEqual(['email', 'email_verified'])
  expect(claimsOf('reports')).toEqual([])
  expect(claimsOf('__proto__')).toEqual([])
})

test('a token is for the person who existed when it was made, not for a later one with the same id', () => {
  const person = {
    id: 'id',
    realm: '/alpha',
    rev: 1,
    kind: 'user' as const,
    userName: 'elena',
    isActive: true,
    mustChangePassword: false,
    attributes: {},
    roles: [],
    createdAt: 5_900,
    failures: noFailures,
  }
  expect(mayUse(person, 4)).toBe(false)
  // Tokens have whole seconds.
  expect([5, 6, undefined].map((issuedAt) => mayUse(person, issuedAt))).toEqual([true, true, true])
  expect(mayUse({ ...person, isActive: false }, 6)).toBe(false)
  expect(mayUse(undefined, 6)).toBe(false)
})
