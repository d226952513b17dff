import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import { startHooks } from '../support/hooks-server.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

let hooks: Awaited<ReturnType<typeof startHooks>>
let server: TestServer

/** A placeholder in the syntax of webhooks. */
const at = (name: string) => `\${${name}}`
const alexId = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'

beforeAll(async () => {
  hooks = await startHooks()
  server = await startPrepared(prepare, { httpAllow: [hooks.host] })
})
beforeEach(() => {
  hooks.requests.length = 0
})
afterAll(async () => {
  await server.stop()
  await hooks.stop()
})

async function prepare(stores: Stores): Promise<void> {
  const webhook = (name: string, document: object) =>
    stores.documents.save('/alpha', { kind: 'webhook', id: name, document: { ...document } })
  await webhook('Goodbye', {
    url: `http://${hooks.host}/bye/${at('UserId')}?event=${at('WebhookEventType')}`,
    headers: { 'content-type': 'application/json', 'x-colour': at('colour') },
    body: `{"journey":"${at('Service')}","colour":"${at('colour')}"}`,
  })
  await webhook('Nowhere', { url: '' })
  const name = { type: 'UsernameCollectorNode', to: { outcome: 'password' } }
  const password = { type: 'PasswordCollectorNode', to: { outcome: 'check' } }
  const check = { type: 'DataStoreDecisionNode', to: { true: 'colour', false: 'failure' } }
  const colour = {
    type: 'SetSessionPropertiesNode',
    config: { properties: { colour: 'a "deep" blue' } },
    to: { outcome: 'register' },
  }
  const register = (webhookName: string, to = 'success') => ({
    type: 'RegisterLogoutWebhookNode',
    config: { webhookName },
    to: { outcome: to },
  })
  const around = { name, password, check, colour }
  const flags = { noSession: false }
  await saveJourney(stores, 'Told', { ...around, register: register('Goodbye') }, flags)
  const twice = { register: register('Nowhere', 'again'), again: register('Goodbye', 'more') }
  await saveJourney(stores, 'Twice', { ...around, ...twice, more: register('Goodbye') }, flags)
  const details = (values: Record<string, string>, to: string) => ({
    type: 'SetLogoutDetailsNode',
    config: { logoutDetails: values },
    to: { outcome: to },
  })
  const said = {
    register: details({ clear_all_caches: 'true', goto: 'https://first.example/' }, 'again'),
    again: details({ goto: 'https://www.example.com/' }, 'spoil'),
    // Scripts and other nodes can set such properties, too.
    spoil: {
      type: 'SetSessionPropertiesNode',
      config: { properties: { 'logoutDetails.result': 'Token has expired' } },
      to: { outcome: 'success' },
    },
  }
  await saveJourney(stores, 'Said', { ...around, ...said }, flags)
  await saveJourney(stores, 'Missing', { ...around, register: register('Missing') }, flags)
}

async function signInBy(journey: string): Promise<string> {
  const named = await answerStep(server.url, await startJourney(server.url, journey), ['alex'])
  const { body } = await answerStep(server.url, named, ['Alex-Pass-2026'])
  return String(body.tokenId)
}

async function sessions(action: string, token: string, body: object = {}, realm = '/realms/alpha') {
  const answer = await fetch(`${server.url}/json/realms/root${realm}/sessions?_action=${action}`, {
    method: 'POST',
    headers: { iplanetdirectorypro: token, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as Record<string, unknown>
}

test('a logout calls the webhook once, with session properties', async () => {
  const token = await signInBy('Told')
  expect(hooks.requests).toEqual([])
  const both = [sessions('logout', token), sessions('logout', token)]
  const results = (await Promise.all(both)).map(({ result }) => result)
  expect(results).toContain('Successfully logged out')
  expect(await hooks.asked(1)).toMatchObject({
    method: 'POST',
    url: `/bye/${alexId}?event=LOGOUT`,
    headers: { 'content-type': 'application/json', 'x-colour': 'a "deep" blue' },
    body: '{"journey":"Told","colour":"a \\"deep\\" blue"}',
  })
  await sessions('logout', token)
  await signInBy('Told').then((other) => sessions('logout', other))
  await hooks.asked(2)
  expect(hooks.requests).toHaveLength(2)
})

test('a logout answers with the details of the journey, and only once', async () => {
  const token = await signInBy('Said')
  expect(await sessions('getSessionInfo', token)).toMatchObject({ properties: {} })
  expect(await sessions('logout', token)).toEqual({
    clear_all_caches: 'true',
    goto: 'https://www.example.com/',
    result: 'Successfully logged out',
  })
  expect(await sessions('logout', token)).toEqual({ result: 'Token has expired' })
})

test('a session that an administrator ends is reported as destroyed', async () => {
  const token = await signInBy('Told')
  const { sessionUid } = await sessions('validate', token)
  const admin = await signIn(server.url, 'amadmin', adminPassword, '/')
  await sessions('logoutByHandle', admin, { sessionHandles: [sessionUid] })
  expect((await hooks.asked(1)).url).toBe(`/bye/${alexId}?event=DESTROY`)
})

test('a session that its own person ends by handle is reported as a logout', async () => {
  const token = await signInBy('Told')
  const { sessionUid } = await sessions('validate', token)
  await sessions('logoutByHandle', token, { sessionHandles: [sessionUid] })
  expect((await hooks.asked(1)).url).toBe(`/bye/${alexId}?event=LOGOUT`)
})

test('a session that a new sign-in replaces is reported as upgraded', async () => {
  const token = await signInBy('Told')
  const headers = { cookie: `iPlanetDirectoryPro=${token}` }
  const again = { headers, query: '&ForceAuth=true' }
  const named = await answerStep(server.url, await startJourney(server.url, 'Told', again), ['alex'], {
    headers,
  })
  await answerStep(server.url, named, ['Alex-Pass-2026'], { headers })
  expect((await hooks.asked(1)).url).toBe(`/bye/${alexId}?event=UPGRADE`)
})

test('a webhook that was registered twice is called once, and one without an address never', async () => {
  await sessions('logout', await signInBy('Twice'))
  await hooks.asked(1)
  await sessions('logout', await signInBy('Told'))
  await hooks.asked(2)
  expect(hooks.requests.map(({ body }) => JSON.parse(body).journey)).toEqual(['Twice', 'Told'])
  expect(server.logged()).toContain('"webhook":"Nowhere"')
})

test('a journey with an unknown webhook fails', async () => {
  const named = await answerStep(server.url, await startJourney(server.url, 'Missing'), ['alex'])
  expect((await answerStep(server.url, named, ['Alex-Pass-2026'])).status).toBe(401)
  expect(server.logged()).toContain('Configured webhook does not exist: Missing')
})

test('the log names a webhook without its payload', () => {
  expect(server.logged()).toContain('"about":"webhook Goodbye"')
  expect(server.logged()).not.toMatch(/deep|\/bye\//)
})
