import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { Json, JsonObject } from '../../engine/json.ts'
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

test('each attribute is asked for by a callback of its type', async () => {
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
])('the value known from %s is shown', async (_, shared, value) => {
  const person = { _id: 'u-1', userName: 'alex', mail: 'person@example.com' }
  const { action } = await runNode(attributeCollector, {
    config: collect('mail'),
    shared: { username: 'alex', ...shared },
    ports: realm({ person }),
  })
  expect(callbacksOf(action)[0]).toMatchObject({ output: { value }, input: { '': value } })
})

test('what was submitted goes to shared state', async () => {
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

test('answers that nobody asked for are left alone', async () => {
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

test.each(['', null])('a required attribute given as %j is asked for again', async (value) => {
  const { action, state } = await runNode(attributeCollector, {
    config: { ...collect('mail'), required: true },
    answers: [given('StringAttributeInputCallback', 'mail', value)],
    ports: realm(),
  })
  expect(callbacksOf(action)[0]?.output.required).toBe(true)
  expect(state.shared).toEqual({})
})

test('an attribute that may be null is not required', async () => {
  const { action } = await runNode(attributeCollector, {
    config: { ...collect('nick'), required: true },
    answers: [given('StringAttributeInputCallback', 'nick', '')],
    ports: realm(),
  })
  expect(outcomeOf(action)).toBe('outcome')
})

test('a required yes or no may be no', async () => {
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

test('with validation the callbacks carry policies', async () => {
  const { action } = await runNode(attributeCollector, { config: validating, ports: realm() })
  expect(callbacksOf(action)[0]?.output.policies).toEqual({ name: 'any' })
})

test('allowed values go on, checked together for the person known', async () => {
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

test('refused values are asked for again with what was typed and why not', async () => {
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

test('allowed values that are only to be checked do not go on', async () => {
  const { action } = await runNode(attributeCollector, {
    config: validating,
    answers: submitted({ validateOnly: true }),
    ports: realm(),
  })
  expect(callbacksOf(action).map(({ output }) => output.validateOnly)).toEqual([true, false])
})

test('a policy that failed on something else fails the node', async () => {
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

test('policies that cannot be checked fail the node', async () => {
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
    'not editable, with validation,',
    { ...collect('employeeNumber'), validateInputs: true },
    'Configuration contains an invalid attribute',
  ],
  ['of no type that can be asked for', { ...collect('manager') }, 'Unhandleable data type: relationship'],
])('an attribute that is %s fails the node', async (_, config, message) => {
  const { action } = await runNode(attributeCollector, { config, ports: realm() })
  expect(action).toEqual({ kind: 'error', message })
})

test('an attribute that is not editable may be asked for without validation', async () => {
  const { action } = await runNode(attributeCollector, { config: collect('employeeNumber'), ports: realm() })
  expect(callbacksOf(action)).toHaveLength(1)
})

test.each([[{}], [{ attributesToCollect: [] }]])('rejects settings %j', (config) => {
  expect(attributeCollector.config.safeParse(config).success).toBe(false)
})
