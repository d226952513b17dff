import { expect, test } from 'vitest'
import { realmSettingsSchema } from './realm.ts'

const problemsOf = (customAttributes: object[]) =>
  (realmSettingsSchema.safeParse({ customAttributes }).error?.issues ?? []).map(
    ({ path, message }) => `${path.slice(1).join('.')} ${message}`,
  )

test.each([
  ['mail', '0.name is the name of an attribute that everybody has'],
  ['givenname', '0.name is the name of an attribute that everybody has'],
  ['password', '0.name is the name of an attribute that everybody has'],
  ['constructor', undefined],
  ['webauthnDeviceProfiles', '0.name is the name of an attribute that the server uses itself'],
  ['Manager', '0.name is the name of an attribute that the server uses itself'],
  ['employeeType', '0.name is the name of an attribute that the server uses itself'],
  ['memberof', '0.name is the name of an attribute that the server uses itself'],
  ['_id2', '0.name must start with a letter and have only letters, digits and underscores'],
  ['a/b', '0.name must start with a letter and have only letters, digits and underscores'],
])('an attribute named %s: %s', (name, problem) => {
  expect(problemsOf([{ name }])).toEqual(problem === undefined ? [] : [problem])
})

test('a general-purpose attribute can get another title, but not another type', () => {
  expect(problemsOf([{ name: 'frIndexedString1', title: 'Badge' }])).toEqual([])
  expect(problemsOf([{ name: 'frIndexedInteger1', title: 'Floor', type: 'string' }])).toEqual([
    '0.type must be the type that this attribute has in all realms',
  ])
})

test('an attribute must not have the name of another, nor limits that nothing meets', () => {
  expect(problemsOf([{ name: 'custom_a' }, { name: 'Custom_A' }])).toEqual([
    '1.name is the name of another attribute',
  ])
  expect(problemsOf([{ name: 'custom_a', minLength: 3, maxLength: 2 }])).toEqual([
    '0.minLength must not be more than maxLength',
  ])
  expect(problemsOf([{ name: 'custom_a', type: 'number', minimum: 1, maximum: 0 }])).toEqual([
    '0.minimum must not be more than maximum',
  ])
})
