import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, output, signIn, startJourney, stepOf } from '../support/wire.ts'

// Attributes that a realm adds to its people: collected and checked by nodes, created, searched and shown in the schema.

const people = '/openidm/managed/alpha_user'
const badge = {
  name: 'custom_badge',
  title: 'Badge',
  isRequired: true,
  minLength: 4,
  maxLength: 6,
  isPersonal: true,
}
const floor = { name: 'custom_floor', title: 'Floor', type: 'integer' as const, minimum: 0, maximum: 40 }
const clearance = { name: 'custom_clearance', userEditable: false }
const secret = { name: 'custom_secret', viewable: false }

let server: TestServer
let url: string
let ask: Ask

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha', { customAttributes: [badge, floor, clearance, secret] })
    const collect = (attributesToCollect: string[]) => ({
      type: 'AttributeCollectorNode',
      config: { attributesToCollect, required: true, validateInputs: true, identityAttribute: 'userName' },
    })
    await saveJourney(stores, 'Join', {
      name: {
        type: 'ValidatedUsernameNode',
        config: { usernameAttribute: 'userName', validateInput: true },
        to: { outcome: 'ask' },
      },
      ask: {
        ...collect(['givenName', 'sn', 'mail', 'custom_badge', 'custom_floor']),
        to: { outcome: 'complete' },
      },
      complete: {
        type: 'RequiredAttributesDecisionNode',
        config: { identityResource: 'managed/alpha_user' },
        to: { true: 'create', false: 'failure' },
      },
      create: {
        type: 'CreateObjectNode',
        config: { identityResource: 'managed/alpha_user' },
        to: { CREATED: 'success', FAILURE: 'failure' },
      },
    })
    for (const name of ['custom_clearance', 'custom_secret', 'custom_none'])
      await saveJourney(stores, name, { ask: { ...collect([name]), to: { outcome: 'success' } } })
  })
  url = server.url
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server.stop())

test('are asked for, checked, required, saved and found', async () => {
  const asked = await answerStep(url, await startJourney(url, 'Join'), ['kimberly'])
  expect(stepOf(asked).callbacks.map(({ type }) => type)).toEqual([
    ...Array(4).fill('StringAttributeInputCallback'),
    'NumberAttributeInputCallback',
  ])
  const wrong = await answerStep(url, asked, ['Kim', 'Lee', 'kim@example.com', 'B1', 41])
  const failed = stepOf(wrong).callbacks.map(({ output: entries }) => {
    const texts = entries.find(({ name }) => name === 'failedPolicies')?.value as string[]
    return texts.map((text) => JSON.parse(text))
  })
  expect(failed).toEqual([
    [],
    [],
    [],
    [{ policyRequirement: 'MIN_LENGTH', params: { minLength: 4 } }],
    [{ policyRequirement: 'MAXIMUM_NUMBER_VALUE', params: { maximum: 40 } }],
  ])
  expect(output(wrong, 'prompt')).toBe('First Name')
  const done = await answerStep(url, wrong, ['Kim', 'Lee', 'kim@example.com', 'B-17', 3])
  expect(done.status).toBe(200)

  const filter = encodeURIComponent('/custom_badge eq "B-17" and custom_floor lt 4')
  const found = await ask(`${people}?_queryFilter=${filter}&_fields=userName,custom_badge,custom_floor`)
  expect(found.body.result).toMatchObject([{ userName: 'kimberly', custom_badge: 'B-17', custom_floor: 3 }])
})

test.each(['custom_clearance', 'custom_secret', 'custom_none'])(
  '%s is not offered to people who edit their account',
  async (name) => {
    expect((await startJourney(url, name)).status).toBe(401)
  },
)

test('are part of the schema, and their policies hold for administrators', async () => {
  const { body: schema } = await ask('/openidm/schema/managed/alpha_user')
  expect(schema.required).toEqual(['userName', 'givenName', 'sn', 'mail', 'custom_badge'])
  expect(schema.order.slice(-4)).toEqual([
    'custom_badge',
    'custom_floor',
    'custom_clearance',
    'custom_secret',
  ])
  expect(schema.properties.custom_badge).toEqual({
    title: 'Badge',
    description: 'Badge',
    type: 'string',
    viewable: true,
    searchable: true,
    userEditable: true,
    isPersonal: true,
    usageDescription: '',
    policies: [
      { policyId: 'minimum-length', params: { minLength: 4 } },
      { policyId: 'maximum-length', params: { maxLength: 6 } },
    ],
  })
  const person = { userName: 'pat', givenName: 'Pat', sn: 'Poe', mail: 'pat@example.com' }
  const create = (body: object) => ask(`${people}?_action=create`, { method: 'POST', body })
  expect(await create(person)).toMatchObject({
    status: 403,
    body: { message: 'Policy validation failed: custom_badge REQUIRED' },
  })
  const typed = await create({ ...person, custom_badge: 'B-18', custom_floor: 'ground' })
  expect(typed.body.message).toBe('Policy validation failed: custom_floor VALID_TYPE')
})

test('of another realm stay out of reach of a realm’s administrator', async () => {
  const rita = { _id: 'rita', userName: 'rita', givenName: 'Rita', sn: 'May', mail: 'rita@example.com' }
  const body = { ...rita, password: 'Rita-Pass-2026', custom_badge: 'B-19' }
  await ask(`${people}?_action=create`, { method: 'POST', body })
  await ask(`${people}/rita?_action=setRoles`, { method: 'POST', body: { roles: ['realm-admin'] } })
  const as = await signIn(url, 'rita', 'Rita-Pass-2026')
  const config = '/openidm/config/managed'
  const { body: own } = await ask(config, { as })
  expect(own.objects.map(({ name }: { name: string }) => name)).toEqual(['alpha_user'])
  for (const name of ['user', 'beta_user', 'internal/role']) {
    const objects = [...own.objects, { name, schema: { properties: { custom_x: { type: 'string' } } } }]
    expect((await ask(config, { method: 'PUT', body: { objects }, as })).status).toBe(404)
  }
  const before = await ask('/openidm/schema/managed/user')
  expect(before.body.properties).not.toHaveProperty('custom_x')
  expect((await ask(config, { method: 'PUT', body: own, as })).body).toEqual(own)
})
