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

const start = (headers: Record<string, string>) => startJourney(server.url, 'Login', { headers })

/** Uses up the limit of a new address. */
async function exhaustedAddress(): Promise<Record<string, string>> {
  const headers = from(`198.51.100.${++addresses}`)
  for (let request = 0; request < 4; request++) expect((await start(headers)).status).toBe(200)
  return headers
}

test('a request beyond the limit of a minute gets Retry-After, and other addresses are unaffected', async () => {
  const headers = await exhaustedAddress()
  const refused = await start(headers)
  expect(refused.status).toBe(429)
  expect(refused.body).toMatchObject({
    code: 429,
    reason: 'Too Many Requests',
    detail: { problem: 'tooManyFromAddress', retryAfterSeconds: Number(refused.headers.get('retry-after')) },
  })
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  expect((await start(from('198.51.100.200'))).status).toBe(200)
})

test.each([
  ['POST', '/oauth2/realms/root/realms/alpha/access_token'],
  ['POST', '/oauth2/realms/root/realms/alpha/bc-authorize'],
  ['POST', '/json/realms/root/realms/alpha/authenticate'],
  ['POST', '/json/realms/root/realms/alpha/authenticate/backchannel/describe'],
  ['POST', '/json/realms/root/realms/alpha/authenticate/backchannel/initialize'],
  ['GET', '/json/realms/root/realms/alpha/serverinfo/*'],
  ['POST', '/AuthConsumer/metaAlias/alpha/sp'],
])('the limit counts %s %s', async (method, path) => {
  const headers = await exhaustedAddress()
  const body = method === 'POST' ? { body: '{}' } : {}
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...body,
  })
  expect(answer.status).toBe(429)
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
})

test('requests with a session are not limited', async () => {
  const headers = await exhaustedAddress()
  expect((await ask(`${alpha}/realm-config/settings`, { headers })).status).toBe(200)
})

test('realms count separately', async () => {
  const headers = await exhaustedAddress()
  expect((await startJourney(server.url, 'Login', { headers, realm: '/' })).status).toBe(200)
})

test('the default allows an office of 500 people with a request every second each', async () => {
  const { body } = await ask('/realms/root/realm-config/settings')
  expect(body.limits).toEqual({
    requestsPerAddress: 30_000,
    samlAnswersPerAddress: 600,
    failuresPerAddress: 100,
    transactionsPerClient: 300,
  })
})
