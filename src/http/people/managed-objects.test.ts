import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { receivedObjects } from '../../journeys/exchange/tenant/received-configuration.ts'

const path = '/openidm/config/managed'
let am: Awaited<ReturnType<typeof openAdministration>>

beforeEach(async () => {
  am = await openAdministration()
})
afterEach(() => am.close())

const attributes = async () => (await am.stores.realms.read('/alpha'))?.settings.customAttributes
const objects = async () => {
  const { body } = await am.send('GET', path)
  return Array.isArray(body.objects) ? body.objects.filter(isJsonObject) : []
}
const put = (...given: JsonObject[]) => am.send('PUT', path, { objects: given })

/** A tenant's definition of its people: an own attribute, a renamed general one, and what people here can't have. */
const alphaUser = {
  name: 'alpha_user',
  onCreate: { type: 'text/javascript', source: 'require("onCreateUser")' },
  schema: {
    'mat-icon': 'people',
    order: ['userName', 'custom_badge', 'frIndexedString1', 'custom_manager', 'webauthnDeviceProfiles'],
    required: ['userName', 'custom_badge'],
    properties: {
      userName: { title: 'Login name', type: 'string' },
      custom_badge: {
        title: 'Badge',
        type: 'string',
        searchable: false,
        policies: [
          { policyId: 'maximum-length', params: { maxLength: 6 } },
          { policyId: 'house-rule', params: {} },
        ],
      },
      frIndexedString1: { title: 'Loyalty number', type: 'string', viewable: true, userEditable: false },
      frIndexedString2: {
        title: 'Generic Indexed String 2',
        type: 'string',
        viewable: true,
        userEditable: true,
      },
      custom_manager: { type: 'relationship', resourceCollection: [] },
      webauthnDeviceProfiles: { type: 'array', items: { type: 'string' }, userEditable: true },
    },
  },
}
const alphaRole = { name: 'alpha_role', schema: { properties: { name: { type: 'string' } } } }

test('has a definition of people for each realm', async () => {
  expect((await objects()).map(({ name }) => name)).toEqual(['user', 'alpha_user'])
})

test('takes the attributes that a definition adds, says what it can’t take, and gives all back', async () => {
  const { status, body } = await put(alphaUser, alphaRole)
  expect(status).toBe(200)
  expect(body._findings).toEqual([
    'alpha_user.custom_badge: the policy house-rule isn’t checked here',
    'alpha_user.custom_manager: only texts, numbers, booleans and lists of texts work here',
    'alpha_user.webauthnDeviceProfiles: the server uses an attribute of this name itself',
  ])
  expect(await attributes()).toMatchObject([
    { name: 'custom_badge', title: 'Badge', isRequired: true, searchable: false, maxLength: 6 },
    { name: 'frIndexedString1', title: 'Loyalty number', userEditable: false },
  ])
  expect((await objects()).slice(1)).toEqual([alphaUser, alphaRole])
})

test('has attributes that were changed here since, and keeps the rest of the definition', async () => {
  await put(alphaUser, alphaRole)
  const [badge, loyalty] = (await attributes()) ?? []
  const settings = '/realms/root/realms/alpha/realm-config/settings'
  const floor = { name: 'custom_floor', type: 'integer', isRequired: true }
  await am.send('PUT', settings, { customAttributes: [{ ...loyalty, title: 'Card' }, floor] })
  expect(badge?.name).toBe('custom_badge')
  const [, changed] = await objects()
  expect(changed).toMatchObject({
    onCreate: alphaUser.onCreate,
    schema: {
      'mat-icon': 'people',
      order: ['userName', 'frIndexedString1', 'custom_manager', 'webauthnDeviceProfiles', 'custom_floor'],
      required: ['userName', 'custom_floor'],
      properties: {
        userName: { title: 'Login name' },
        frIndexedString1: { title: 'Card', userEditable: false },
        custom_floor: { title: 'custom_floor', type: 'integer' },
        custom_manager: { type: 'relationship' },
      },
    },
  })
  expect(changed).not.toHaveProperty('schema.properties.custom_badge')
})

test('drops types that are left out, but never people', async () => {
  await put(alphaUser, alphaRole)
  await put(alphaRole)
  expect((await objects()).map(({ name }) => name)).toEqual(['user', 'alpha_user', 'alpha_role'])
  await put(alphaUser)
  expect((await objects()).map(({ name }) => name)).toEqual(['user', 'alpha_user'])
})

test('a type belongs to the realm with the longest name that begins its name', async () => {
  const alpha = await am.stores.realms.read('/alpha')
  if (alpha === undefined) throw new Error('there is no realm alpha')
  await am.stores.realms.save({ ...alpha, path: '/alpha_x' })
  await put({ name: 'alpha_x_role' }, alphaRole)
  const kept = async (realm: string) => [
    ...receivedObjects(await am.stores.documents.all(realm, 'keptDocument')).keys(),
  ]
  expect([await kept('/alpha'), await kept('/alpha_x')]).toEqual([['alpha_role'], ['alpha_x_role']])
})

test.each([
  [{ name: 'bravo_user' }, 404, 'Realm of the managed object type bravo_user not found'],
  [{ name: 7 }, 400, 'objects.0.name: Invalid input: expected string, received number'],
  [
    { name: 'alpha_user', schema: { properties: { custom_a: 'text' } } },
    400,
    'objects.0.schema.properties.custom_a: expected a JSON object',
  ],
  [
    {
      name: 'alpha_user',
      schema: {
        properties: {
          custom_a: {
            type: 'string',
            policies: [
              { policyId: 'minimum-length', params: { minLength: 3 } },
              { policyId: 'maximum-length', params: { maxLength: 2 } },
            ],
          },
        },
      },
    },
    400,
    'objects.0.schema.properties.custom_a.minLength: must not be more than maxLength',
  ],
])('refuses %j and changes nothing', async (broken, status, message) => {
  expect(await put(alphaUser, alphaRole)).toMatchObject({ status: 200 })
  const before = await objects()
  const { code, ...refused } = (await am.send('PUT', path, { objects: [broken, alphaRole] })).body
  expect(refused.message).toContain(message)
  expect(code).toBe(status)
  expect(await objects()).toEqual(before)
})
