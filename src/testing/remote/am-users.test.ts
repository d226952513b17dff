import { expect, test } from 'vitest'
import { amChanges } from './am-users.ts'

const custom = { favourite: 'a', level: 2 }

test('keeps other values outside the schema, which AM has in one attribute', () => {
  const { 'fr-idm-custom-attrs': [text = ''] = [] } = amChanges({ favourite: 'b', team: 'red' }, custom)
  expect(JSON.parse(text)).toEqual({ favourite: 'b', level: 2, team: 'red' })
  const removed = amChanges({ favourite: null }, custom)
  expect(removed).toEqual({ 'fr-idm-custom-attrs': ['{"level":2}'] })
  expect(amChanges({ favourite: null, level: null }, custom)).toEqual({ 'fr-idm-custom-attrs': [] })
})

test('changes and empties attributes of the schema under their names in AM', () => {
  const changes = {
    city: 'Oslo',
    telephoneNumber: '',
    aliasList: [],
    givenName: null,
    accountStatus: 'inactive',
  }
  expect(amChanges(changes, custom)).toEqual({
    l: ['Oslo'],
    telephoneNumber: [],
    'iplanet-am-user-alias-list': [],
    givenName: [],
    inetUserStatus: ['Inactive'],
  })
  expect(amChanges({ accountStatus: 'active' }, {})).toEqual({ inetUserStatus: ['Active'] })
})
