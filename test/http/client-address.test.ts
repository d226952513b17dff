import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { authenticate, signIn, startJourney } from '../support/wire.ts'

/** Shows the headers that a script sees and that name a client. */
const seenHeaders = `
  const seen = ['X-Forwarded-For', 'X-Real-IP', 'Forwarded'].map((name) =>
    requestHeaders.containsKey(name) ? String(requestHeaders.get(name).get(0)) : 'none')
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, seen.join(' '))
  else action.goTo('true')
`

const claims = {
  'x-forwarded-for': '203.0.113.5, 198.51.100.9',
  'x-real-ip': '203.0.113.5',
  forwarded: 'for=203.0.113.5',
}

let direct: TestServer
let proxied: TestServer

beforeAll(async () => {
  const prepare = async (stores: Parameters<Parameters<typeof startPrepared>[0]>[0]) => {
    await saveRealm(stores, '/alpha')
    await saveJourney(stores, 'Seen', {
      look: await scripted(stores, 'seen', seenHeaders, { true: 'success' }),
    })
  }
  direct = await startPrepared(prepare)
  proxied = await startPrepared(prepare, { trustedProxies: ['127.0.0.1', '198.51.100.0/24'] })
})
afterAll(async () => {
  await direct.stop()
  await proxied.stop()
})

async function auditedAddress(server: TestServer, headers: Record<string, string>): Promise<unknown> {
  const admin = await signIn(server.url, 'amadmin', adminPassword, '/')
  const own = { 'x-openam-username': 'amadmin', 'x-openam-password': adminPassword }
  await authenticate(server.url, { headers: { ...headers, ...own }, realm: '/' })
  const [newest] = await audited(asking(server.url, admin), 'event=AM-TREE-LOGIN-COMPLETED', '/realms/root')
  return newest.ip
}

const seen = async (server: TestServer, headers: Record<string, string>) =>
  (await startJourney(server.url, 'Seen', { headers })).body.callbacks?.[0]?.output[0]?.value

test('headers of an untrusted client are ignored', async () => {
  expect(await auditedAddress(direct, claims)).toBe('127.0.0.1')
  expect(await seen(direct, claims)).toBe('127.0.0.1 127.0.0.1 none')
})

test('behind trusted proxies, the client is the rightmost address that isn’t a proxy’s', async () => {
  expect(await auditedAddress(proxied, claims)).toBe('203.0.113.5')
  expect(await seen(proxied, claims)).toBe('203.0.113.5 203.0.113.5 none')
})

test('entries that a client added before the proxy’s are ignored', async () => {
  const forged = { 'x-forwarded-for': '192.0.2.66, 203.0.113.5' }
  expect(await auditedAddress(proxied, forged)).toBe('203.0.113.5')
})

test('a client that connects to a proxied server directly is its peer', async () => {
  expect(await auditedAddress(proxied, {})).toBe('127.0.0.1')
  expect(await seen(proxied, {})).toBe('none none none')
})

test.each([
  ['https', 'https', () => proxied],
  ['javascript', 'http', () => proxied],
  ['https', 'http', () => direct],
] as const)('a forwarded scheme of %s makes links of %s', async (header, scheme, server) => {
  const path = '/oauth2/realms/root/realms/alpha/.well-known/openid-configuration'
  const response = await fetch(`${server().url}${path}`, { headers: { 'x-forwarded-proto': header } })
  expect((await response.json()).issuer).toMatch(new RegExp(`^${scheme}://127`))
})
