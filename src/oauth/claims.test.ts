import { expect, test } from 'vitest'
import { claimsOf, personalClaims } from './claims.ts'

test('what there is to tell about somebody, and nothing else', () => {
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

test('who has little to tell tells little', () => {
  expect(personalClaims({ userName: 'x', attributes: { mail: [], givenName: '' } })).toEqual({
    name: 'x',
    preferred_username: 'x',
  })
})

test('a scope that a client made up tells nothing', () => {
  expect(claimsOf('email')).toEqual(['email'])
  expect(claimsOf('reports')).toEqual([])
  expect(claimsOf('__proto__')).toEqual([])
})
