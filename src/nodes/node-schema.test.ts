import { expect, test } from 'vitest'
import { backchannelInitialize } from './backchannel/backchannel-initialize.ts'
import { catalogue } from './catalogue.ts'
import { attributeCollector } from './identity-management/attribute-collector.ts'
import { loginCountDecision } from './identity-management/login-count-decision.ts'
import { parseNodeBody, schemaOf, templateOf, validAttributes } from './node-schema.ts'
import { setSessionProperties } from './utilities/set-session-properties.ts'
import { setSuccessUrl } from './utilities/set-success-url.ts'

test('the schema describes each setting in order', () => {
  expect(schemaOf(loginCountDecision)).toEqual({
    type: 'object',
    properties: {
      interval: expect.objectContaining({
        title: 'Interval',
        propertyOrder: 100,
        type: 'string',
        exampleValue: '',
        default: 'AT',
        enum: ['EVERY', 'AT'],
        options: { enum_titles: ['EVERY', 'AT'] },
      }),
      amount: expect.objectContaining({ propertyOrder: 200, type: 'integer', default: 25 }),
      identityAttribute: expect.objectContaining({ propertyOrder: 300, type: 'string', default: 'userName' }),
    },
    required: ['interval', 'amount', 'identityAttribute'],
  })
})

test('describes a map as an object with free keys, and an optional setting as not required', () => {
  const { properties, required } = schemaOf(setSessionProperties)
  expect(properties.properties).toMatchObject({
    type: 'object',
    default: {},
    patternProperties: { '.*': { type: 'string' } },
  })
  expect(properties.maxIdleTime).not.toHaveProperty('default')
  expect(required).toEqual(['properties'])
})

test('describes the items of a list', () => {
  const { attributesToCollect } = schemaOf(attributeCollector).properties
  expect(attributesToCollect).toMatchObject({ type: 'array', items: { type: 'string' }, default: [] })
})

test('the template has exactly the defaults', () => {
  expect(templateOf(setSuccessUrl)).toEqual({})
  expect(templateOf(attributeCollector)).toEqual({
    attributesToCollect: [],
    required: false,
    validateInputs: false,
    identityAttribute: 'userName',
  })
})

test.each(catalogue)('$type $version describes all its settings', (type) => {
  const { properties, required } = schemaOf(type)
  expect(Object.keys(properties)).toEqual(validAttributes(type))
  for (const [name, property] of Object.entries(properties)) {
    expect(property.title, name).not.toBe(name)
    expect(property.description, name).toMatch(/\.$/)
  }
  for (const name of Object.keys(templateOf(type))) expect(required).toContain(name)
})

test('parses a body without the members that the server creates', () => {
  const body = { _id: 'n-1', _rev: '1', _type: {}, _outcomes: [], amount: 3 }
  expect(parseNodeBody(loginCountDecision, body)).toEqual({
    ok: true,
    config: { interval: 'AT', amount: 3, identityAttribute: 'userName' },
  })
})

test('reads an empty list as an empty map', () => {
  expect(parseNodeBody(setSessionProperties, { properties: [] })).toEqual({
    ok: true,
    config: { properties: {} },
  })
})

test('names all unknown attributes', () => {
  expect(parseNodeBody(loginCountDecision, { amount: 3, amuont: 3, constructor: 1 })).toEqual({
    ok: false,
    unknownAttributes: ['amuont', 'constructor'],
  })
})

test.each([
  [
    loginCountDecision,
    { amount: 'many' },
    'amount',
    'Amount: amount: Invalid input: expected number, received string',
  ],
  [loginCountDecision, { amount: 0 }, 'amount', 'Amount: amount: Too small: expected number to be >0'],
  [
    setSuccessUrl,
    {},
    'successUrl',
    'Success URL: successUrl: Invalid input: expected string, received undefined',
  ],
  [
    setSessionProperties,
    { properties: { a: 1 } },
    'properties',
    'Properties: properties.a: Invalid input: expected string, received number',
  ],
  [
    backchannelInitialize,
    { tree: 'Login', idType: 'ROBOT' },
    'idType',
    'Subject Type: idType: Invalid option: expected one of "USER"|"AGENT"|"NONE"',
  ],
])('names an invalid setting and the expected value: %#', (type, body, attribute, problem) => {
  expect(parseNodeBody(type, body)).toEqual({
    ok: false,
    attribute,
    message: `Data validation failed for the attribute, ${problem}`,
  })
})
