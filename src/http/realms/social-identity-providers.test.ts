import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adminPassword, startServer, type TestServer } from '../../../test/support/start-server.ts'
import { signIn } from '../../../test/support/wire.ts'
import type { JsonObject } from '../../base/json.ts'

let server: TestServer
let token: string
beforeAll(async () => {
  server = await startServer()
  token = await signIn(server.url, 'amadmin', adminPassword, '/')
})
afterAll(() => server.stop())

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const services = `${server.url}/json/realms/root/realms/alpha/realm-config/services`
  const answer = await fetch(`${services}/SocialIdentityProviders${path}`, {
    method,
    headers: {
      cookie: `iPlanetDirectoryPro=${token}`,
      'content-type': 'application/json',
      'accept-api-version': 'protocol=2.1,resource=1.0',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as JsonObject }
}

const secret = 'a secret of ours and theirs'

const google = {
  enabled: true,
  clientId: 'ours',
  clientSecret: secret,
  redirectURI: 'https://app.example.com/',
  scopes: ['openid'],
  transform: 'script-1',
}

const { clientSecret: _secret, ...withoutSecret } = google

const shown = {
  ...withoutSecret,
  _id: 'google',
  _type: { _id: 'googleConfig', name: 'googleConfig', collection: true },
}

describe('an identity provider', () => {
  test('is created, and its secret is never shown', async () => {
    const created = await send('PUT', '/googleConfig/google', google)
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject(shown)
    const read = await send('GET', '/googleConfig/google')
    expect(read).toMatchObject({ status: 200, body: shown })
    const all = await send('POST', '?_action=nextdescendents')
    expect(JSON.stringify([created, read, all])).not.toContain(secret)
  })

  test('is listed with all others, and among those of its type', async () => {
    const { body } = await send('POST', '?_action=nextdescendents')
    expect(body.result).toEqual([expect.objectContaining(shown)])
    expect((await send('GET', '/googleConfig?_queryFilter=true')).body.resultCount).toBe(1)
    expect((await send('GET', '/appleConfig?_queryFilter=true')).body.resultCount).toBe(0)
  })

  test('is replaced', async () => {
    const changed = await send('PUT', '/googleConfig/google', {
      ...google,
      clientSecret: null,
      enabled: false,
    })
    expect(changed).toMatchObject({ status: 200, body: { enabled: false } })
    expect(changed.body).not.toHaveProperty('clientSecret')
  })

  test('is only changed in the expected revision', async () => {
    expect((await send('PUT', '/googleConfig/google', google, { 'if-match': '"old"' })).status).toBe(412)
  })

  test('is not found under another type, and cannot be created there', async () => {
    expect((await send('GET', '/appleConfig/google')).status).toBe(404)
    expect((await send('PUT', '/appleConfig/google', google)).status).toBe(400)
  })

  test('is removed', async () => {
    expect((await send('DELETE', '/googleConfig/google')).status).toBe(200)
    expect((await send('GET', '/googleConfig/google')).status).toBe(404)
  })
})

test('refuses a provider without a client', async () => {
  const { clientId, ...rest } = google
  expect((await send('PUT', '/googleConfig/google', rest)).status).toBe(400)
})

test('refuses callers without the access', async () => {
  const { status } = await send('GET', '/googleConfig/google', undefined, { cookie: '' })
  expect(status).toBe(401)
})
