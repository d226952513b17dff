import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { startJourney } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'

let server: TestServer
let ask: Ask
let addresses = 0

beforeAll(async () => {
  const proxied = { trustedProxies: ['127.0.0.1'] }
  server = await startPrepared((stores) => saveRealm(stores, '/alpha'), proxied)
  ask = asking(server.url, await signInAsAdministrator(server.url))
  await ask(`${alpha}/realm-config/settings`, { method: 'PUT', body: { limits: { requestsPerAddress: 4 } } })
})
afterAll(() => server.stop())

const from = (address: string) => ({ 'x-forwarded-for': address })

const starts = (headers: Record<string, string>) => startJourney(server.url, 'Login', { headers })

/** Uses up what an address has. */
async function busyAddress(): Promise<Record<string, string>> {
  const headers = from(`198.51.100.${++addresses}`)
  for (let request = 0; request < 4; request++) expect((await starts(headers)).status).toBe(200)
  return headers
}

test('one request too many within a minute is told how long to wait, and other addresses are not', async () => {
  const headers = await busyAddress()
  const refused = await starts(headers)
  expect(refused.status).toBe(429)
  expect(refused.body).toMatchObject({
    code: 429,
    reason: 'Too Many Requests',
    detail: { problem: 'tooManyFromAddress', retryAfterSeconds: Number(refused.headers.get('retry-after')) },
  })
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  expect((await starts(from('198.51.100.200'))).status).toBe(200)
})

test.each([
  ['POST', '/oauth2/realms/root/realms/alpha/access_token'],
  ['POST', '/oauth2/realms/root/realms/alpha/bc-authorize'],
  ['POST', '/json/realms/root/realms/alpha/authenticate'],
  ['POST', '/json/realms/root/realms/alpha/authenticate/backchannel/describe'],
  ['POST', '/json/realms/root/realms/alpha/authenticate/backchannel/initialize'],
  ['GET', '/json/realms/root/realms/alpha/serverinfo/*'],
  ['POST', '/AuthConsumer/metaAlias/alpha/sp'],
])('it counts for %s %s', async (method, path) => {
  const headers = await busyAddress()
  const body = method === 'POST' ? { body: '{}' } : {}
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...body,
  })
  expect(answer.status).toBe(429)
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
})

test('who has a session is not kept from what needs one', async () => {
  const headers = await busyAddress()
  expect((await ask(`${alpha}/realm-config/settings`, { headers })).status).toBe(200)
})

test('other realms count for themselves', async () => {
  const headers = await busyAddress()
  expect((await startJourney(server.url, 'Login', { headers, realm: '/' })).status).toBe(200)
})

test('by default an office of 500 people, each with a request every second, meets no limit', async () => {
  const { body } = await ask('/realms/root/realm-config/settings')
  expect(body.limits).toEqual({
    requestsPerAddress: 30_000,
    samlAnswersPerAddress: 600,
    failuresPerAddress: 100,
    transactionsPerClient: 300,
  })
})
