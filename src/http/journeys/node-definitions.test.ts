import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'
import type { JsonObject } from '../../base/json.ts'

let am: Awaited<ReturnType<typeof openAdministration>>
beforeAll(async () => {
  am = await openAdministration()
})
afterAll(() => am.close())

const nodes = '/realms/root/realms/alpha/realm-config/authentication/authenticationtrees/nodes'
const ask = (path: string, body: JsonObject = {}) => am.send('POST', `${nodes}${path}`, body)

test('lists the newest version of each type with schema, template and outcomes', async () => {
  const { body } = await ask('?_action=listLatestNodeDefinitions')
  expect(body.result).toMatchObject({
    ValidatedUsernameNode: {
      _id: 'ValidatedUsernameNode',
      collection: true,
      metadata: { tags: expect.any(Array) },
      version: '2.0',
      schema: { type: 'object', properties: { prepopulate: { type: 'boolean' } } },
      template: { prepopulate: expect.any(Boolean) },
      outcomes: [{ id: 'outcome', displayName: expect.any(String) }],
    },
    MessageNode: { version: '1.0', outcomes: [{ id: 'true' }, { id: 'false' }] },
  })
  const types = await ask('?_action=listLatestTypes')
  expect(types.body.result).toContainEqual(
    expect.objectContaining({ _id: 'ValidatedUsernameNode', version: '2.0' }),
  )
})

test('tells the versions of a type and what each changed', async () => {
  const all = await ask('/ValidatedUsernameNode?_action=versionInfo')
  expect(all.body).toEqual([
    { version: '1.0', changelog: 'No changelog entry found' },
    { version: '2.0', changelog: expect.stringContaining('Added prepopulate.') },
  ])
  const one = await ask('/ValidatedUsernameNode/2.0?_action=versionInfo')
  expect(one.body).toEqual([expect.objectContaining({ version: '2.0' })])
  expect((await ask('/NoSuchNode?_action=versionInfo')).status).toBe(404)
})

describe('the settings of a later version', () => {
  const upgrade = (target: string, body: JsonObject, from = '1.0') =>
    ask(`/ValidatedUsernameNode/${from}?_action=getUpgradedConfig&targetVersion=${target}`, body)
  const config = { validateInput: true, usernameAttribute: 'userName' }

  test.each(['2.0', '2'])('keep the known settings and have defaults for others, for %s', async (target) => {
    expect(await upgrade(target, { _id: 'one', _outcomes: [], ...config })).toMatchObject({
      status: 200,
      body: { ...config, prepopulate: expect.any(Boolean) },
    })
    expect((await am.send('GET', `${nodes}/ValidatedUsernameNode?_queryFilter=true`)).body.result).toEqual([])
  })

  test.each([
    ['an unknown version', '3.0', config, /must be 2\.0/],
    ['no version', '', config, /must be 2\.0/],
    ['an unknown setting', '2.0', { colour: 'red' }, /Invalid attribute/],
    ['a wrong value', '2.0', { validateInput: 'perhaps' }, /Data validation failed/],
  ])('are refused for %s', async (_what, target, body, message) => {
    expect(await upgrade(target, body)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(message) },
    })
  })

  test('are refused for the same and an earlier version', async () => {
    expect(await upgrade('1.0', config, '2.0')).toMatchObject({
      status: 400,
      body: { message: 'targetVersion: there is no later version' },
    })
    expect((await upgrade('2.0', config, '2.0')).status).toBe(400)
  })
})

test('writes a first script for a Configuration Provider of the type', async () => {
  const { body } = await ask('/ValidatedUsernameNode/2.0?_action=configProviderScript')
  const source = Buffer.from(String(body.script), 'base64').toString()
  const config = new Function(`let config; ${source}; return config`)()
  expect(config).toMatchObject({ prepopulate: expect.any(Boolean) })
})

test('lists only the nodes of a version', async () => {
  await am.send('PUT', `${nodes}/ValidatedUsernameNode/one`, {})
  await am.send('PUT', `${nodes}/ValidatedUsernameNode/2.0/two`, {})
  const idsOf = async (path: string) => {
    const { body } = await am.send('GET', `${nodes}/ValidatedUsernameNode${path}?_queryFilter=true`)
    return (body.result as JsonObject[]).map(({ _id }) => _id)
  }
  expect(await idsOf('/1.0')).toEqual(['one'])
  expect(await idsOf('/2.0')).toEqual(['two'])
  expect(await idsOf('')).toEqual(['one', 'two'])
})
