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

const alpha = 'realms/root/realms/alpha'

async function send(method: string, path: string, body?: JsonObject) {
  const answer = await fetch(`${server.url}/json/${path}`, {
    method,
    headers: {
      cookie: `iPlanetDirectoryPro=${token}`,
      'content-type': 'application/json',
      'accept-api-version': 'protocol=2.1,resource=1.0',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as JsonObject }
}

describe('a kind that has nothing here', () => {
  test.each([
    [`${alpha}/policies`, /would protect nothing/],
    [`${alpha}/applications`, /would protect nothing/],
    [`${alpha}/resourcetypes`, /would protect nothing/],
    [`${alpha}/realm-config/agents/TrustedJwtIssuer`, /would have no effect/],
    [`${alpha}/realm-config/federation/entityproviders/ws`, /not served/],
    ['global-config/servers', /environment/],
    ['global-config/sites', /SIDEGATE_BASE_URL/],
  ])('is an empty list in %s, and refuses writes with the reason', async (path, reason) => {
    const list = await send('GET', `${path}?_queryFilter=true`)
    expect(list).toMatchObject({ status: 200, body: { result: [], resultCount: 0 } })
    expect((await send('GET', `${path}/one`)).status).toBe(404)
    const refused = { status: 501, body: { code: 501, message: expect.stringMatching(reason) } }
    expect(await send('PUT', `${path}/one`, { name: 'one' })).toMatchObject(refused)
    expect(await send('POST', `${path}?_action=create`, { name: 'one' })).toMatchObject(refused)
    expect(await send('POST', `${path}/one?_action=create`, { name: 'one' })).toMatchObject(refused)
  })

  test.each([
    `${alpha}/realm-config/agents`,
    `${alpha}/realm-config/agents/groups`,
    `${alpha}/realm-config/secrets/stores`,
    `${alpha}/realm-config/authentication/modules`,
    'global-config/agents',
    'global-config/secrets/stores',
    'global-config/authentication/modules',
  ])('has no descendents in %s, and refuses writes', async (path) => {
    expect(await send('POST', `${path}?_action=nextdescendents`)).toEqual({
      status: 200,
      body: { result: [] },
    })
    expect((await send('PUT', `${path}/Type/one`, {})).status).toBe(501)
  })

  test.each(['applicationtypes', 'conditiontypes', 'decisioncombiners', 'subjectattributes', 'subjecttypes'])(
    'has nothing built in for policies: %s',
    async (name) => {
      expect((await send('GET', `${alpha}/${name}?_queryFilter=true`)).body).toMatchObject({ result: [] })
    },
  )

  test('has no types of secret stores', async () => {
    for (const path of [`${alpha}/realm-config/secrets`, 'global-config/secrets'])
      expect((await send('POST', `${path}?_action=nextdescendents`)).body).toEqual({ result: [] })
  })

  test('leaves the OAuth2 clients beside agents alone', async () => {
    const client = `${alpha}/realm-config/agents/OAuth2Client/shop`
    const body = { coreOAuth2ClientConfig: { redirectionUris: ['https://shop.example.com/'] } }
    expect((await send('PUT', client, body)).status).toBe(201)
    expect(await send('GET', `${alpha}/realm-config/agents/OAuth2Client?_queryFilter=true`)).toMatchObject({
      body: { result: [{ _id: 'shop' }] },
    })
  })
})

describe('the identity management', () => {
  const sendTo = async (method: string, path: string, body?: JsonObject) => {
    const answer = await fetch(`${server.url.replace(/\/am$/, '')}/openidm/${path}`, {
      method,
      headers: { iplanetdirectorypro: token, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as JsonObject }
  }

  test.each([
    'internal/role',
    'managed/application',
    'managed/alpha_application',
    'managed/alpha_role',
    'managed/bravo_group',
    'managed/alpha_organization',
  ])('has nothing in %s, and refuses writes', async (path) => {
    expect(await sendTo('GET', `${path}?_queryFilter=true`)).toMatchObject({
      status: 200,
      body: { result: [], resultCount: 0 },
    })
    expect((await sendTo('PUT', `${path}/one`, {})).status).toBe(501)
  })

  test.each(['access', 'audit', 'sync', 'external.email', 'ui/configuration', 'authentication'])(
    'has an empty document %s, which it keeps without effect as it was sent',
    async (name) => {
      const empty = await sendTo('GET', `config/${name}`)
      expect(empty).toMatchObject({ status: 200, body: { _id: name } })
      const sent = { _id: name, host: 'mail.example.com', auth: { password: 'hidden-value' } }
      const kept = { ...sent, auth: { password: null } }
      expect(await sendTo('PUT', `config/${name}`, sent)).toMatchObject({
        status: 201,
        body: { ...kept, _findings: [`${name} is kept and has no effect here`] },
      })
      const { _rev, ...read } = (await sendTo('GET', `config/${name}`)).body
      expect(read).toEqual(kept)
    },
  )

  test('keeps schedules, connectors and endpoints, and lists them', async () => {
    const sent = { _id: 'endpoint/hello', type: 'text/javascript', source: 'request' }
    expect((await sendTo('GET', 'config/endpoint/hello')).status).toBe(404)
    expect((await sendTo('PUT', 'config/endpoint/hello', sent)).status).toBe(201)
    const filter = encodeURIComponent('!(file pr) and _id sw "endpoint" and !(context sw "util")')
    expect((await sendTo('GET', `config?_queryFilter=${filter}`)).body.result).toMatchObject([sent])
    expect((await sendTo('DELETE', 'config/endpoint/hello')).status).toBe(200)
    expect((await sendTo('DELETE', 'config/endpoint/hello')).status).toBe(404)
    expect((await sendTo('PUT', 'config/endpoint/a%2Fb', sent)).status).toBe(400)
  })

  test('keeps each name apart from every other, and has no document that nobody sent', async () => {
    for (const name of ['constructor', 'toString', 'endpoint/hello'])
      expect((await sendTo('GET', `config/${name}`)).status).toBe(404)
    const names = ['a/b', 'a b', 'a%2fb', 'a%b']
    for (const name of names) {
      const at = name.split('/').map(encodeURIComponent).join('/')
      expect((await sendTo('PUT', `config/${at}`, { of: name })).status).toBe(201)
    }
    const filter = encodeURIComponent('_id sw "a" and of pr')
    const { result } = (await sendTo('GET', `config?_queryFilter=${filter}`)).body
    expect(result).toHaveLength(names.length)
    expect(result).toEqual(
      expect.arrayContaining(names.map((name) => expect.objectContaining({ _id: name, of: name }))),
    )
    expect((await sendTo('DELETE', 'config/a/b')).status).toBe(200)
    expect((await sendTo('GET', 'config/a%20b')).body).toMatchObject({ of: 'a b' })
  })

  test('has no connectors and no connected systems', async () => {
    expect(await sendTo('POST', 'system?_action=testConnectorServers')).toEqual({
      status: 200,
      body: { openicf: [] },
    })
    expect((await sendTo('POST', 'system?_action=test')).body).toEqual([])
  })
})

describe('the environment', () => {
  const environment = async (method: string, path: string, body?: JsonObject) => {
    const answer = await fetch(`${server.url.replace(/\/am$/, '')}/environment/${path}`, {
      method,
      headers: { iplanetdirectorypro: token, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as JsonObject }
  }

  test.each([
    ['cookie-domains', { domains: ['.example.com'] }],
    ['content-security-policy/enforced', { active: true, directives: { 'default-src': ["'self'"] } }],
    ['content-security-policy/report-only', { active: true, directives: {} }],
    ['content-security-policy/report-only', { active: false, directives: { 'img-src': ['*'] } }],
  ])('takes %s as it is, and refuses other settings', async (path, other) => {
    const { status, body } = await environment('GET', path)
    expect(status).toBe(200)
    expect(await environment('PUT', path, body)).toEqual({ status: 200, body })
    expect((await environment('PUT', path, other)).status).toBe(501)
    expect((await environment('PUT', path, { domains: 'all', active: 'yes' })).status).toBe(400)
  })

  test.each(['info', 'release', 'sso-cookie', 'telemetry'])('describes itself in %s', async (path) => {
    expect((await environment('GET', path)).status).toBe(200)
  })

  test('has no other content security policy', async () => {
    expect((await environment('GET', 'content-security-policy/other')).status).toBe(404)
  })
})

test('a secret mapping is kept with its names only, listed and removed', async () => {
  const path = `${alpha}/realm-config/secrets/stores/GoogleSecretManagerSecretStoreProvider/ESV/mappings`
  const label = 'am.services.oauth2.stateless.signing.RSA'
  const mapping = { _id: label, secretId: label, aliases: ['esv-signing-key'] }
  expect((await send('PUT', `${path}/${label}`, { ...mapping, password: 'hidden-value' })).status).toBe(201)
  const { body } = await send('GET', `${path}?_queryFilter=true`)
  expect(body.result).toEqual([expect.objectContaining(mapping)])
  expect(JSON.stringify(body)).not.toContain('hidden-value')
  expect((await send('PUT', `${path}/other`, { aliases: 'all' })).status).toBe(400)
  const another = await send('PUT', `${path}/${label}`, { ...mapping, secretId: 'am.another' })
  expect(another).toMatchObject({ status: 200, body: mapping })
  expect((await send('POST', `${path}?_action=create`, mapping)).status).toBe(409)
  expect((await send('POST', `${path}?_action=create`, { secretId: 'am.other', aliases: [] })).status).toBe(
    201,
  )
  expect((await send('DELETE', `${path}/${label}`)).status).toBe(200)
})

describe('a document that has no effect here', () => {
  test.each([
    'global-config/authentication',
    'global-config/authentication/chains',
    'global-config/authentication/authenticationtrees',
    'global-config/webhooks',
    'global-config/servers/server-default/properties/general',
    'global-config/services/scripting/contexts/LIBRARY/engineConfiguration',
  ])('is empty at first in %s, and returned as it was sent', async (path) => {
    const empty = await send('GET', path)
    expect(empty.body).toEqual({
      _id: expect.any(String),
      _rev: expect.any(String),
      _type: { _id: 'EMPTY', name: expect.any(String), collection: false },
    })
    const sent = { defaults: { mode: 'on', list: [1, { deep: true }] }, apiKey: null }
    expect(await send('PUT', path, { ...empty.body, ...sent })).toMatchObject({ status: 200, body: sent })
    expect((await send('GET', path)).body).toMatchObject(sent)
  })

  test('never contains a credential', async () => {
    const path = `${alpha}/realm-config/authentication/chains/ldap`
    const sent = { authChainConfiguration: [{ module: 'LDAP', options: { bindPassword: 'hidden-value' } }] }
    const kept = { authChainConfiguration: [{ module: 'LDAP', options: { bindPassword: null } }] }
    expect(await send('PUT', path, sent)).toMatchObject({ status: 201, body: kept })
    const list = await send('GET', `${alpha}/realm-config/authentication/chains?_queryFilter=true`)
    expect(list.body).toMatchObject({ result: [{ _id: 'ldap', ...kept }] })
    expect((await send('DELETE', path)).status).toBe(200)
    expect((await send('GET', path)).status).toBe(404)
  })

  test('has only the ids that the vendor has', async () => {
    expect((await send('GET', 'global-config/servers/server-default/properties/other')).status).toBe(404)
    const engine = 'global-config/services/scripting/contexts/OTHER/engineConfiguration'
    expect((await send('PUT', engine, {})).status).toBe(404)
  })
})
