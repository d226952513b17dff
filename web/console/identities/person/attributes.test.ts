import { describe, expect, it } from 'vitest'
import type { PersonSchema } from '../../../api/person-schema.ts'
import {
  attributeTitle,
  editable,
  missingAttributes,
  operationsFor,
  settingOf,
  shownAttributes,
} from './attributes.ts'

const attribute = (title: string, others = {}) => ({
  title,
  description: title,
  type: 'string',
  viewable: true,
  policies: [],
  order: [],
  ...others,
})

const schema: PersonSchema = {
  order: ['_id', 'userName', 'password', 'givenName', 'sn', 'cn', 'mail', 'city', 'preferences', 'kbaInfo'],
  required: ['userName'],
  properties: {
    _id: attribute('Id', { viewable: false }),
    userName: attribute('Username'),
    password: attribute('Password', { viewable: false }),
    givenName: attribute('First Name'),
    sn: attribute('Last Name'),
    cn: attribute('Common Name', { viewable: false }),
    mail: attribute('Email Address'),
    city: attribute('City'),
    preferences: attribute('Preferences', {
      type: 'object',
      order: ['news', 'offers'],
      properties: {
        offers: attribute('Offers', { type: 'boolean' }),
        news: attribute('News', { type: 'boolean' }),
      },
    }),
    kbaInfo: attribute('KBA', { viewable: false, type: 'array' }),
  },
}

const person = {
  userName: 'alex',
  accountStatus: 'active',
  cn: 'Alex',
  kbaInfo: [{ answer: 'hashed' }],
  boundDevices: ['sealed'],
  department: 'IT',
}

describe('attributes of a person', () => {
  it('leaves internal, sealed and separately shown attributes out of the form', () => {
    expect(editable(person, schema)).toEqual({ userName: 'alex', department: 'IT' })
  })

  it('shows standard attributes and those with a value or just added', () => {
    expect(shownAttributes(editable(person, schema), schema, ['city', 'costCentre'])).toEqual([
      'userName',
      'givenName',
      'sn',
      'mail',
      'city',
      'costCentre',
      'department',
    ])
  })

  it('offers hidden attributes to add', () => {
    const shown = shownAttributes({}, schema, ['city'])
    expect(missingAttributes(schema, shown)).toEqual([{ name: 'preferences', title: 'Preferences' }])
  })

  it('chooses the field by schema type, or by value for unknown attributes', () => {
    expect(settingOf('userName', schema, 'a')).toMatchObject({
      title: 'Username',
      description: '',
      minLength: 1,
    })
    expect(settingOf('preferences', schema, {}).properties).toMatchObject({
      news: { type: 'boolean', propertyOrder: 0 },
      offers: { type: 'boolean', propertyOrder: 1 },
    })
    expect(settingOf('department', schema, 'IT')).toMatchObject({ title: 'department', type: 'string' })
    expect(settingOf('badges', schema, ['a'])).toMatchObject({ type: 'array', items: { type: 'string' } })
    expect(settingOf('anything', schema, { a: 1 }).type).toBeUndefined()
  })

  it('turns changes into patch operations', () => {
    const changes = [
      { path: ['sn'], before: 'A', after: 'B' },
      { path: ['city'], before: 'A', after: undefined },
      { path: ['preferences', 'news'], before: undefined, after: true },
      { path: ['a/b~c'], before: undefined, after: '' },
    ]
    expect(operationsFor(changes)).toEqual([
      { field: '/sn', value: 'B' },
      { field: '/city' },
      { field: '/preferences/news', value: true },
      { field: '/a~1b~0c', value: '' },
    ])
  })

  it('titles attributes by schema, or by name for unknown ones', () => {
    expect(attributeTitle(schema, ['preferences', 'news'])).toBe('News')
    expect(attributeTitle(schema, ['department'])).toBe('department')
  })
})
