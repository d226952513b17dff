import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminPassword, startServer, type TestServer } from '../../test/support/start-server.ts'
import { signIn } from '../../test/support/wire.ts'

let server: TestServer
let token: string
beforeAll(async () => {
  server = await startServer()
  token = await signIn(server.url, 'amadmin', adminPassword, '/')
})
afterAll(() => server.stop())

const send = (address: string, init: RequestInit = {}) =>
  fetch(address, {
    headers: { iplanetdirectorypro: token, 'content-type': 'application/json' },
    ...init,
  })

const id = 'دخول 𷑧 “über” 🔐'

const provider = {
  enabled: true,
  clientId: 'ours',
  clientSecret: 'theirs',
  redirectURI: 'https://app.example.com/',
  scopes: ['openid'],
  transform: 'script-1',
}

test('refuses an id with a lone surrogate', async () => {
  const nodes = 'authentication/authenticationtrees/nodes/MessageNode'
  const answer = await send(
    `${server.url}/json/realms/root/realms/alpha/realm-config/${nodes}?_action=create`,
    { method: 'POST', body: '{"_id":"half \\ud83d"}' },
  )
  expect([answer.status, await answer.json()]).toEqual([
    400,
    expect.objectContaining({ message: expect.stringContaining('incomplete Unicode characters') }),
  ])
})

test.each([
  ['federation/circlesoftrust', { status: 'active', trustedProviders: [] }],
  ['services/SocialIdentityProviders/googleConfig', provider],
  ['webhooks', { url: 'https://hooks.example.com/bye' }],
  ['authentication/authenticationtrees/nodes/MessageNode', {}],
  ['authentication/authenticationtrees/trees', { entryNodeId: '', nodes: {} }],
])('encodes the Location of a new resource in %s', async (path, body) => {
  const collection = `${server.url}/json/realms/root/realms/alpha/realm-config/${path}`
  const saved = await send(`${collection}/${encodeURIComponent(id)}`, {
    method: 'PUT',
    body: JSON.stringify(body),
  })
  expect([saved.status, await saved.json()]).toEqual([201, expect.objectContaining({ _id: id })])
  const location = new URL(saved.headers.get('location') ?? '')
  const read = await send(new URL(location.pathname, server.url).href)
  expect(await read.json()).toMatchObject({ _id: id })
})
