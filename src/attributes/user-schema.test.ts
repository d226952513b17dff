import { describe, expect, test } from 'vitest'
import { requirementOf } from './policies.ts'
import { personAttribute, policiesOf, schemaProperty, standardAttributes, userSchema } from './user-schema.ts'

test('uses only policies that exist', () => {
  const ids = standardAttributes.flatMap((name) => policiesOf(name)).map(({ policyId }) => policyId)
  expect(ids.filter((policyId) => requirementOf({ policyId }) === undefined)).toEqual([])
})

test('describes the object of a realm and its required attributes as JSON', () => {
  const schema = userSchema('alpha_user')
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  expect(schema).toMatchObject({
    _id: 'managed/alpha_user',
    title: 'Alpha realm - User',
    type: 'object',
    required: ['userName', 'givenName', 'sn', 'mail'],
    properties: {
      mail: { title: 'Email Address', type: 'string', viewable: true, userEditable: true },
      preferences: { type: 'object', properties: { marketing: { type: 'boolean' } } },
      frIndexedMultivalued2: { type: 'array', items: { type: 'string' } },
    },
  })
  expect(userSchema('user').title).toBe('User')
})

describe('an attribute', () => {
  test('is found inside another attribute', () => {
    expect(schemaProperty('preferences/marketing')?.type).toBe('boolean')
    expect(schemaProperty('preferences/nothing')).toBeUndefined()
    expect(schemaProperty('constructor')).toBeUndefined()
  })

  test('has its policies in the form of callbacks', () => {
    expect(personAttribute('password')).toEqual({
      name: 'password',
      title: 'Password',
      description: 'Password',
      type: 'string',
      viewable: false,
      userEditable: true,
      isRequired: false,
      policies: {
        name: 'password',
        policyRequirements: ['VALID_TYPE', 'MIN_LENGTH', 'MAX_LENGTH', 'CANNOT_CONTAIN_OTHERS', 'DICTIONARY'],
        fallbackPolicies: null,
        conditionalPolicies: null,
        policies: [
          { policyRequirements: ['VALID_TYPE'], policyId: 'valid-type', params: { types: ['string'] } },
          { policyRequirements: ['MIN_LENGTH'], policyId: 'minimum-length', params: { minLength: 8 } },
          { policyRequirements: ['MAX_LENGTH'], policyId: 'maximum-length', params: { maxLength: 64 } },
          {
            policyRequirements: ['CANNOT_CONTAIN_OTHERS'],
            policyId: 'cannot-contain-others',
            params: { disallowedFields: ['userName'] },
          },
          { policyRequirements: ['DICTIONARY'], policyId: 'not-common' },
        ],
      },
    })
  })

  test('is marked as required, also by policy', () => {
    expect(personAttribute('givenName')).toMatchObject({
      isRequired: true,
      policies: { policyRequirements: ['REQUIRED', 'VALID_TYPE', 'VALID_NAME_FORMAT', 'MAX_LENGTH'] },
    })
  })
})
