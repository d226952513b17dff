import { expect, test } from 'vitest'
import { amAttributesOf, managedValues } from './am-attributes.ts'
import type { Person } from './managed-object.ts'

const person: Person = {
  _id: 'a-1',
  _rev: '3',
  userName: 'alex',
  accountStatus: 'active',
  givenName: 'Alex',
  city: 'Oslo',
  aliasList: ['google-1', '123'],
  frIndexedString1: 'x',
  frUnindexedInteger2: 7,
  preferences: { updates: true },
  custom_badge: 'gold',
  description: '',
}

test('converts attributes to AM names and strings', () => {
  expect(amAttributesOf(person)).toEqual({
    'fr-idm-uuid': ['a-1'],
    uid: ['alex'],
    inetUserStatus: ['Active'],
    givenName: ['Alex'],
    l: ['Oslo'],
    'iplanet-am-user-alias-list': ['google-1', '123'],
    'fr-attr-istr1': ['x'],
    'fr-attr-int2': ['7'],
    'fr-idm-preferences': ['{"updates":true}'],
    'fr-idm-custom-attrs': ['{"custom_badge":"gold"}'],
  })
})

test('converts AM attributes back to managed-object values', () => {
  const { _rev, description: _empty, ...values } = person
  expect(managedValues(amAttributesOf(person))).toEqual(values)
})

test('ignores case in names, and turns an empty list into null', () => {
  expect(
    managedValues({ TELEPHONENUMBER: [], inetuserstatus: ['Inactive'], 'FR-ATTR-IINT1': ['4'] }),
  ).toEqual({
    telephoneNumber: null,
    accountStatus: 'inactive',
    frIndexedInteger1: 4,
  })
})
