import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { Json, JsonObject } from '../../base/json.ts'
import type { FailedPolicy, IdentityPort, Person, PersonAttribute } from '../ports/ports.ts'
import { attributeCollector } from './attribute-collector.ts'

const plain = {
  title: '',
  description: '',
  type: 'string',
  viewable: true,
  userEditable: true,
  isRequired: false,
  policies: { name: 'any' },
}

const schema: Record<string, Omit<PersonAttribute, 'name'>> = {
  mail: { ...plain, title: 'Email Address' },
  age: { ...plain, type: 'number', description: 'In years' },
  news: { ...plain, type: 'boolean' },
  nick: { ...plain, type: ['string', 'null'] },
  manager: { ...plain, type: 'relationship' },
  hidden: { ...plain, viewable: false },
  employeeNumber: { ...plain, userEditable: false },
  'address/city': plain,
}

type Realm = { person?: Person; failed?: Record<string, FailedPolicy[]>; asked?: unknown[] }

function realm({ person, failed = {}, asked = [] }: Realm = {}) {
  const identities: Partial<IdentityPort> = {
    attribute: (name) => (schema[name] ? { name, ...schema[name] } : undefined),
    find: async () => person,
    checkPolicies: async (values, id) => {
      asked.push({ values, id })
      return failed
    },
  }
  return { identities: identities as IdentityPort }
}

const collect = (...attributesToCollect: string[]) => ({ attributesToCollect })

type AttributeCallback = `${'String' | 'Number' | 'Boolean'}AttributeInputCallback`

function given(type: AttributeCallback, name: string, value: Json, more: JsonObject = {}) {
  return { ...answer(type, value, more), output: { name } }
}

test('asks for each attribute with a callback of its type', async () => {
  const { action } = await runNode(attributeCollector, {
    config: collect('mail', 'age', 'news'),
    ports: realm(),
  })
  const unchecked = { required: false, policies: {}, failedPolicies: [], validateOnly: false }
  expect(callbacksOf(action)).toEqual([
    {
      type: 'StringAttributeInputCallback',
      output: { name: 'mail', prompt: 'Email Address', ...unchecked, value: '' },
      input: { '': '' },
    },
    {
      type: 'NumberAttributeInputCallback',
      output: { name: 'age', prompt: 'In years', ...unchecked, value: null },
      input: { '': '' },
    },
    {
      type: 'BooleanAttributeInputCallback',
      output: { name: 'news', prompt: 'news', ...unchecked, value: false },
      input: { '': false },
    },
  ])
})

test.each([
  ['the person', {}, 'person@example.com'],
  ['state', { objectAttributes: { mail: 'state@example.com' } }, 'state@example.com'],
])('shows the known value from %s', async (_, shared, value) => {
  const person = { _id: 'u-1', userName: 'alex', mail: 'person@example.com' }
  const { action } = await runNode(attributeCollector, {
    config: collect('mail'),
    shared: { username: 'alex', ...shared },
    ports: realm({ person }),
  })
  expect(callbacksOf(action)[0]).toMatchObject({ output: { value }, input: { '': value } })
})

test('stores submitted values in shared state', async () => {
  const { action, state } = await runNode(attributeCollector, {
    config: collect('mail', 'age', 'news', 'address/city'),
    answers: [
      given('StringAttributeInputCallback', 'mail', ''),
      given('NumberAttributeInputCallback', 'age', 42),
      given('BooleanAttributeInputCallback', 'news', false),
      given('StringAttributeInputCallback', 'address/city', 'Oslo'),
    ],
    ports: realm(),
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({
    objectAttributes: { mail: '', age: 42, news: false, address: { city: 'Oslo' } },
  })
})

test('ignores answers to other attributes', async () => {
  const { state } = await runNode(attributeCollector, {
    config: collect('mail'),
    answers: [
      given('StringAttributeInputCallback', 'mail', 'a@example.com'),
      given('StringAttributeInputCallback', 'nick', 'al'),
      given('NumberAttributeInputCallback', 'mail', 1),
    ],
    ports: realm(),
  })
  expect(state.shared).toEqual({ objectAttributes: { mail: 'a@example.com' } })
})

test.each(['', null])('asks again for a required attribute with the value %j', async (value) => {
  const { action, state } = await runNode(attributeCollector, {
    config: { ...collect('mail'), required: true },
    answers: [given('StringAttributeInputCallback', 'mail', value)],
    ports: realm(),
  })
  expect(callbacksOf(action)[0]?.output.required).toBe(true)
  expect(state.shared).toEqual({})
})

test('does not require a nullable attribute', async () => {
  const { action } = await runNode(attributeCollector, {
    config: { ...collect('nick'), required: true },
    answers: [given('StringAttributeInputCallback', 'nick', '')],
    ports: realm(),
  })
  expect(outcomeOf(action)).toBe('outcome')
})

test('accepts false for a required boolean', async () => {
  const { action } = await runNode(attributeCollector, {
    config: { ...collect('news'), required: true },
    answers: [given('BooleanAttributeInputCallback', 'news', false)],
    ports: realm(),
  })
  expect(outcomeOf(action)).toBe('outcome')
})

const validating = { ...collect('mail', 'address/city'), validateInputs: true }
const submitted = (more: JsonObject = {}) => [
  given('StringAttributeInputCallback', 'mail', 'a@example', more),
  given('StringAttributeInputCallback', 'address/city', 'Oslo'),
]

test('sends policies with validation', async () => {
  const { action } = await runNode(attributeCollector, { config: validating, ports: realm() })
  expect(callbacksOf(action)[0]?.output.policies).toEqual({ name: 'any' })
})

test('checks all values together for the known person and continues', async () => {
  const asked: unknown[] = []
  const { action } = await runNode(attributeCollector, {
    config: validating,
    shared: { username: 'alex' },
    answers: submitted(),
    ports: realm({ asked, person: { _id: 'u-1', userName: 'alex' } }),
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(asked).toEqual([{ values: { mail: 'a@example', address: { city: 'Oslo' } }, id: 'u-1' }])
})

test('asks again for rejected values, with the values and the reasons', async () => {
  const { action, state } = await runNode(attributeCollector, {
    config: validating,
    answers: submitted(),
    ports: realm({ failed: { mail: [{ policyRequirement: 'VALID_EMAIL' }] } }),
  })
  const [mail, city] = callbacksOf(action)
  expect(mail?.output).toMatchObject({
    value: 'a@example',
    failedPolicies: ['{"policyRequirement":"VALID_EMAIL"}'],
  })
  expect(city?.output).toMatchObject({ value: 'Oslo', failedPolicies: [] })
  expect(state.shared).toEqual({})
})

test('does not continue if the client only validates', async () => {
  const { action } = await runNode(attributeCollector, {
    config: validating,
    answers: submitted({ validateOnly: true }),
    ports: realm(),
  })
  expect(callbacksOf(action).map(({ output }) => output.validateOnly)).toEqual([true, false])
})

test('fails if a policy of another attribute failed', async () => {
  const { action } = await runNode(attributeCollector, {
    config: validating,
    answers: submitted(),
    ports: realm({ failed: { sn: [{ policyRequirement: 'REQUIRED' }] } }),
  })
  expect(action).toEqual({
    kind: 'error',
    message:
      'No callback match for failed policy! Policy failed on [{"policyRequirements":[{"policyRequirement":"REQUIRED"}],"property":"sn"}]',
  })
})

test('fails if policies cannot be checked', async () => {
  const { identities } = realm()
  const away = { ...identities, checkPolicies: () => Promise.reject(new Error('store is away')) }
  const { action } = await runNode(attributeCollector, {
    config: validating,
    answers: submitted(),
    ports: { identities: away },
  })
  expect(action).toEqual({ kind: 'error', message: 'Communication failure' })
})

test.each([
  ['unknown', { ...collect('shoeSize') }, 'Configuration contains an invalid attribute'],
  ['hidden', { ...collect('hidden') }, 'Configuration contains an invalid attribute'],
  [
    'read-only, with validation,',
    { ...collect('employeeNumber'), validateInputs: true },
    'Configuration contains an invalid attribute',
  ],
  ['of a type that cannot be collected', { ...collect('manager') }, 'Unhandleable data type: relationship'],
])('fails for an attribute that is %s', async (_, config, message) => {
  const { action } = await runNode(attributeCollector, { config, ports: realm() })
  expect(action).toEqual({ kind: 'error', message })
})

test('collects a read-only attribute without validation', async () => {
  const { action } = await runNode(attributeCollector, { config: collect('employeeNumber'), ports: realm() })
  expect(callbacksOf(action)).toHaveLength(1)
})

test.each([[{}], [{ attributesToCollect: [] }]])('rejects settings %j', (config) => {
  expect(attributeCollector.config.safeParse(config).success).toBe(false)
})
