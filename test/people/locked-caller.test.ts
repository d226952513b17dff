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
    // These journeys check no password, so they can't notice the lock.
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

/** Runs the caller's journey from the link to its end. */
async function runCallersJourney(journey: string) {
  const subject = { type: 'user', name: 'alex' }
  const { transaction } = await backchannel('initialize', { type: 'service', value: journey, subject })
  const start = await authenticate(url, { query: `?authIndexType=transaction&authIndexValue=${transaction}` })
  const end = await answerStep(url, start, ['alex'])
  return { end, info: await backchannel('info', { transaction }) }
}

test.each(['NameOnly', 'NoSession'])('%s doesn’t approve a locked caller', async (journey) => {
  const { end, info } = await runCallersJourney(journey)
  expect(end).toMatchObject({ status: 401, body: { message: 'User Locked Out.' } })
  expect(end.headers.getSetCookie()).toEqual([])
  expect(info).toMatchObject({ state: 'IN_PROGRESS' })
})

test('a locked person can’t sign in, even if the journey checks no password', async () => {
  const end = await answerStep(url, await startJourney(url, 'NameOnly'), ['alex'])
  expect(end).toMatchObject({ status: 401, body: { message: 'User Locked Out.' } })
})

test('a journey without a session, such as a password reset, still ends in success', async () => {
  expect((await answerStep(url, await startJourney(url, 'NoSession'), ['alex'])).status).toBe(200)
})

test('after an administrator unlocks them, the caller is approved', async () => {
  const unlock = `/openidm/managed/alpha_user/${alexId}?_action=unlock`
  const headers = { 'content-type': 'application/json', iplanetdirectorypro: admin }
  await fetch(new URL(unlock, url), { method: 'POST', headers, body: '{}' })
  const { end, info } = await runCallersJourney('NameOnly')
  expect(end.status).toBe(200)
  expect(info).toMatchObject({ state: 'COMPLETED', result: 'APPROVED' })
})
