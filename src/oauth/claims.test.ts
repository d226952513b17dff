import { expect, test } from 'vitest'
import { claimsOf, personalClaims } from './claims.ts'

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
  expect(personalClaims({ userName: 'elena', attributes })).toEqual({
    name: 'Elena Marsh',
    given_name: 'Elena',
    family_name: 'Marsh',
    preferred_username: 'elena',
    locale: 'fr-CA',
    email: 'elena@larkfield.example',
    phone_number: '+1 555 0100',
    address: { street_address: '1 Main Street', locality: 'Larkfield', country: 'US' },
  })
})

test('leaves out claims without a value', () => {
  expect(personalClaims({ userName: 'x', attributes: { mail: [], givenName: '' } })).toEqual({
    name: 'x',
    preferred_username: 'x',
  })
})

test('a custom scope has no claims', () => {
  expect(claimsOf('email')).toEqual(['email'])
  expect(claimsOf('reports')).toEqual([])
  expect(claimsOf('__proto__')).toEqual([])
})
