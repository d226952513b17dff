import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { accessToken, configureClient, signInAsAdministrator } from '../support/backchannel-client.ts'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, startJourney } from '../support/wire.ts'

const alexId = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
const alpha = '/json/realms/root/realms/alpha'
const temporary = 'Seen-By-Others-1'
const own = 'Only-Alex-Knows-1'
const due =
  'Your password is temporary and must be changed first. This page cannot change it: use another sign-in, or ask your administrator.'

let server: TestServer
let url: string
let ask: ReturnType<typeof asking>
let bearer: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha', { visibleSessionProperties: ['amr'] })
    const name = { type: 'UsernameCollectorNode', to: { outcome: 'secret' } }
    const secret = { type: 'PasswordCollectorNode', to: { outcome: 'check' } }
    const dataStore = (next: string) => ({
      type: 'DataStoreDecisionNode',
      to: { true: next, false: 'failure' },
    })
    const end = { true: 'success', false: 'failure' }
    const plain = { name, secret, check: dataStore('success') }
    await saveJourney(stores, 'Plain', plain, { noSession: false })
    await saveJourney(stores, 'PlainWithoutSession', plain)
    const levels = {
      ...{ name, secret, check: dataStore('level') },
      level: { type: 'SidegateVerificationLevelDecisionNode', config: { level: 1 }, to: end },
    }
    await saveJourney(stores, 'Level', levels)
    const forced = {
      type: 'IdentityStoreDecisionNode',
      to: { TRUE: 'success', FALSE: 'failure', LOCKED: 'failure', CANCELLED: 'failure', EXPIRED: 'failure' },
    }
    await saveJourney(stores, 'Forced', { name, secret, check: forced }, { noSession: false })
    const source = `nodeState.putTransient('objectAttributes', { password: '${own}' })\naction.goTo('next')`
    const patched = {
      ...{ name, secret, check: dataStore('fresh') },
      fresh: await scripted(stores, 'fresh', source, { next: 'patch' }),
      patch: {
        type: 'PatchObjectNode',
        config: { identityResource: 'managed/alpha_user', identityAttribute: 'userName' },
        to: { PATCHED: 'success', FAILURE: 'failure' },
      },
    }
    await saveJourney(stores, 'Patched', patched, { noSession: false })
  })
  url = server.url
  const admin = await signInAsAdministrator(url)
  ask = asking(url, admin)
  await configureClient(url, admin, 'PUT')
  bearer = await accessToken(url)
})
afterAll(() => server.stop())

/** An administrator gives alex a temporary password. */
beforeEach(async () => {
  const body = { password: temporary }
  const path = `/openidm/managed/alpha_user/${alexId}?_action=resetPassword`
  expect((await ask(path, { method: 'POST', body })).status).toBe(200)
})

async function run(journey: string, password = temporary) {
  const named = await answerStep(url, await startJourney(url, journey), ['alex'])
  return answerStep(url, named, [password])
}

const mustChange = async () =>
  (await ask(`/openidm/managed/alpha_user/${alexId}?_fields=_access`)).body._access.mustChangePassword

test.each(['Plain', 'PlainWithoutSession'])('ends no journey that checks it: %s', async (journey) => {
  const end = await run(journey)
  expect(end).toMatchObject({ status: 401, body: { message: due } })
  expect(end.headers.getSetCookie()).toEqual([])
  expect(server.logged()).toContain('the journey has no node that asks for a new one')
})

test('ends no zero-page login', async () => {
  const headers = { 'x-openam-username': 'alex', 'x-openam-password': temporary }
  const end = await authenticate(url, { headers, query: '?authIndexType=service&authIndexValue=Plain' })
  expect(end).toMatchObject({ status: 401, body: { message: due } })
})

test('is not told apart from a wrong password before it is right', async () => {
  expect(await run('Plain', 'Guessed-Pass-2026')).toMatchObject({
    status: 401,
    body: { message: 'Login failure' },
  })
})

test('proves nothing inside a journey', async () => {
  expect(await run('Level')).toMatchObject({ status: 401, body: { message: 'Login failure' } })
  await answerStep(url, await run('Forced'), [temporary, own, own, 0])
  expect((await run('Level', own)).status).toBe(200)
})

test('proves nothing to an agent’s check, and the page says so', async () => {
  const post = async (action: string, body: object) => {
    const answer = await fetch(`${url}${alpha}/authenticate/backchannel/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as Record<string, unknown>
  }
  const subject = { type: 'user', name: 'alex' }
  const { transaction } = await post('initialize', { type: 'service', value: 'PlainWithoutSession', subject })
  const query = `?authIndexType=transaction&authIndexValue=${transaction}`
  const named = await answerStep(url, await authenticate(url, { query }), ['alex'])
  expect(await answerStep(url, named, [temporary])).toMatchObject({ status: 401, body: { message: due } })
  expect(await post('info', { transaction })).toMatchObject({ state: 'IN_PROGRESS' })
})

test('signs in once its owner has changed it in the same journey', async () => {
  const asked = await run('Forced')
  const changed = await answerStep(url, asked, [temporary, own, own, 0])
  expect(changed.body.tokenId).toBeDefined()
  expect(await mustChange()).toBe(false)
  expect((await run('Plain', own)).body.tokenId).toBeDefined()
  expect((await run('Plain')).body.tokenId).toBeUndefined()
})

test('doesn’t sign in a person who cancels the change', async () => {
  const end = await answerStep(url, await run('Forced'), ['', '', '', 1])
  expect(end.body.tokenId).toBeUndefined()
  expect(await mustChange()).toBe(true)
})

test('signs in with a new password from another node of the journey', async () => {
  const { body } = await run('Patched')
  expect(body.tokenId).toBeDefined()
  const path = `${alpha.replace('/json', '')}/sessions?_action=getSessionProperties`
  const session = asking(url, String(body.tokenId))
  expect((await session(path, { method: 'POST', body: {} })).body).toMatchObject({ amr: 'pwd' })
})
