import { expect, test } from 'vitest'
import type { JsonObject } from '../base/json.ts'
import { customNodeTypeId, customNodeTypeSchema } from './custom-node-type.ts'

const minimal = { serviceName: 'greet1', displayName: 'Greet', outcomes: ['Next'], script: '' }
const property = { title: 'Message', type: 'STRING' }

function problems(definition: JsonObject): string[] {
  const result = customNodeTypeSchema.safeParse(definition)
  return (result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

function withProperty(more: JsonObject, name = 'message'): JsonObject {
  return { ...minimal, properties: { [name]: { ...property, ...more } } }
}

test('adds defaults that older servers leave out', () => {
  expect(customNodeTypeSchema.parse(minimal)).toEqual({
    ...minimal,
    version: 1,
    description: '',
    inputs: [],
    outputs: [],
    errorOutcome: false,
    tags: [],
    properties: {},
  })
})

test('adds defaults of a property', () => {
  expect(customNodeTypeSchema.parse(withProperty({})).properties).toEqual({
    message: { ...property, description: '', required: false, multivalued: false },
  })
})

test('drops members of the REST resource', () => {
  const parsed = customNodeTypeSchema.parse({ ...minimal, _id: 'greet1-1', _rev: '3' })
  expect(Object.keys(parsed)).not.toContain('_id')
  expect(customNodeTypeId(parsed)).toBe('greet1-1')
})

test('keeps the case of property names', () => {
  const parsed = customNodeTypeSchema.parse(withProperty({}, 'backChannelStateProperty'))
  expect(Object.keys(parsed.properties)).toEqual(['backChannelStateProperty'])
})

test.each<[string, JsonObject, string]>([
  [
    'a service name with capitals',
    { ...minimal, serviceName: 'Greet' },
    'serviceName: a service name has lower-case letters and digits only',
  ],
  ['a blank display name', { ...minimal, displayName: ' ' }, 'displayName: must not be blank'],
  ['no outcome', { ...minimal, outcomes: [] }, 'outcomes: a node type has at least one outcome'],
  ['a blank outcome', { ...minimal, outcomes: [''] }, 'outcomes.0: must not be blank'],
  ['two outcomes of one name', { ...minimal, outcomes: ['A', 'A'] }, 'outcomes: outcomes must differ'],
  [
    'the reserved outcome',
    { ...minimal, outcomes: ['Script Error'] },
    'outcomes: the outcome Script Error is reserved',
  ],
  ['version 0', { ...minimal, version: 0 }, 'version: versions begin with 1'],
  ['a script as lines', { ...minimal, script: ['a'] }, 'script: must be a string'],
  ['a list of properties', { ...minimal, properties: [] }, 'properties: must be an object'],
  [
    'a property of a reserved name',
    withProperty({}, '_type'),
    'properties._type: this property name is reserved',
  ],
  [
    'a property name with a dash',
    withProperty({}, 'my-message'),
    'properties.my-message: a property name has letters, digits and underscores only',
  ],
  [
    'two properties of one title',
    { ...minimal, properties: { a: property, b: property } },
    'properties: property titles must differ',
  ],
  [
    'a misspelt member',
    withProperty({ multiValued: true }),
    'properties.message: Unrecognized key: "multiValued"',
  ],
  [
    'a list of objects',
    withProperty({ type: 'OBJECT', multivalued: true }),
    'properties.message.multivalued: an object has one value',
  ],
  [
    'several values among options',
    withProperty({ multivalued: true, options: { A: 'a' } }),
    'properties.message.multivalued: a property with options has one value',
  ],
  [
    'options of numbers',
    withProperty({ type: 'NUMBER', options: { ONE: '1' } }),
    'properties.message.options: only a property of type STRING has options',
  ],
  [
    'an option key of digits',
    withProperty({ options: { '12': 'a' } }),
    'properties.message.options.12: an option key has letters, digits and underscores only',
  ],
  [
    'a default that is no option',
    withProperty({ options: { A: 'a', B: 'b' }, defaultValue: 'a' }),
    'properties.message.defaultValue: must be one of A, B',
  ],
  [
    'a default of another type',
    withProperty({ type: 'NUMBER', defaultValue: '5' }),
    'properties.message.defaultValue: must be a value of type NUMBER',
  ],
  [
    'a single default of a list',
    withProperty({ multivalued: true, defaultValue: 'a' }),
    'properties.message.defaultValue: must be a list of values of type STRING',
  ],
])('rejects %s', (_case, definition, problem) => {
  expect(problems(definition)).toEqual([problem])
})

test.each<[string, JsonObject]>([
  ['an empty map of options', { options: {}, multivalued: true }],
  ['a list as default of a list', { type: 'NUMBER', multivalued: true, defaultValue: [1, 2] }],
  ['an object as default', { type: 'OBJECT', defaultValue: { a: [1] } }],
  ['an option key as default', { options: { A: 'a' }, defaultValue: 'A' }],
])('accepts %s', (_case, more) => {
  expect(problems(withProperty(more))).toEqual([])
})
