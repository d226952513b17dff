import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessToken, configureClient, signInAsAdministrator } from '../support/backchannel-client.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, startJourney } from '../support/wire.ts'

const alexId = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
const alpha = '/json/realms/root/realms/alpha'

let server: TestServer
let url: string
let bearer: string
let admin: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha', {
      lockout: { maxFailures: 2, windowSeconds: 600, lockSeconds: 600, maxFailuresInARow: 100 },
    })
    const ask = { ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } }
    // Nothing in these asks for a password: the journey cannot notice.
    await saveJourney(stores, 'NameOnly', ask, { noSession: false })
    await saveJourney(stores, 'NoSession', ask)
  })
  url = server.url
  admin = await signInAsAdministrator(url)
  await configureClient(url, admin, 'PUT')
  bearer = await accessToken(url)
  for (const _ of [1, 2]) {
    const headers = { 'x-openam-username': 'alex', 'x-openam-password': 'wrong' }
    expect((await authenticate(url, { headers })).body.tokenId).toBeUndefined()
  }
})
afterAll(() => server.stop())

async function post(path: string, body: object, headers: Record<string, string>) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}

const backchannel = (action: string, body: object) =>
  post(`${alpha}/authenticate/backchannel/${action}`, body, { authorization: `Bearer ${bearer}` })

/** The caller's journey, from the link to its end. */
async function callersEnd(journey: string) {
  const subject = { type: 'user', name: 'alex' }
  const { transaction } = await backchannel('initialize', { type: 'service', value: journey, subject })
  const start = await authenticate(url, { query: `?authIndexType=transaction&authIndexValue=${transaction}` })
  const end = await answerStep(url, start, ['alex'])
  return { end, told: await backchannel('info', { transaction }) }
}

test.each(['NameOnly', 'NoSession'])('a locked caller is not approved by %s', async (journey) => {
  const { end, told } = await callersEnd(journey)
  expect(end).toMatchObject({ status: 401, body: { message: 'User Locked Out.' } })
  expect(end.headers.getSetCookie()).toEqual([])
  expect(told).toMatchObject({ state: 'IN_PROGRESS' })
})

test('nobody who is locked is signed in, whatever the journey asked for', async () => {
  const end = await answerStep(url, await startJourney(url, 'NameOnly'), ['alex'])
  expect(end).toMatchObject({ status: 401, body: { message: 'User Locked Out.' } })
})

test('a journey that signs nobody in, such as one for a new password, still ends', async () => {
  expect((await answerStep(url, await startJourney(url, 'NoSession'), ['alex'])).status).toBe(200)
})

test('once an administrator lets them try again, the caller is approved', async () => {
  const unlock = `/openidm/managed/alpha_user/${alexId}?_action=unlock`
  const headers = { 'content-type': 'application/json', iplanetdirectorypro: admin }
  await fetch(new URL(unlock, url), { method: 'POST', headers, body: '{}' })
  const { end, told } = await callersEnd('NameOnly')
  expect(end.status).toBe(200)
  expect(told).toMatchObject({ state: 'COMPLETED', result: 'APPROVED' })
})
