import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer } from '../support/admin-tokens.ts'
import { asking } from '../support/rest.ts'
import { assertionOf, createAccount, exchange, type Keys, newKeys } from '../support/service-accounts.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// The calls of fr-config-manager and aic-mcp-server, which the package registry doesn't have: by token, without a cookie, and
// with few headers.

let server: TestServer
let origin: string
let token: string

beforeAll(async () => {
  server = await startServer()
  origin = new URL(server.url).origin
  const ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const keys: Keys = await newKeys()
  const id = String((await createAccount(ask, keys)).body._id)
  const { body } = await exchange(server.url, await assertionOf(server.url, id, keys))
  token = body.access_token
})
afterAll(() => server.stop())

/** Sends a call as these tools do. */
async function call(path: string, version = '', method = 'GET', body?: object) {
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...bearer(token),
      ...(version === '' ? {} : { 'accept-api-version': version }),
      ...(method === 'GET' || method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.json() }
}

const realm = '/am/json/realms/root/realms/alpha'
const trees = `${realm}/realm-config/authentication/authenticationtrees`
const treeVersion = 'protocol=2.1,resource=1.0'

describe('by token, a tool', () => {
  test('lists journeys, and reads and writes one', async () => {
    const listed = await call(`${trees}/trees?_queryFilter=true`, treeVersion)
    expect(listed.body.result.map(({ _id }: { _id: string }) => _id)).toContain('Login')
    const { body: tree } = await call(`${trees}/trees/Login`, treeVersion)
    const { _rev, ...document } = tree
    const written = await call(`${trees}/trees/Login`, treeVersion, 'PUT', document)
    expect(written).toMatchObject({ status: 200, body: { _id: 'Login', nodes: tree.nodes } })
    for (const [id, { nodeType }] of Object.entries<{ nodeType: string }>(tree.nodes))
      expect((await call(`${trees}/nodes/${nodeType}/${id}`, treeVersion)).status).toBe(200)
  })

  test('lists, creates and deletes scripts', async () => {
    const version = 'protocol=2.0,resource=1.0'
    expect((await call(`${realm}/scripts?_queryFilter=true`, version)).body.resultCount).toBeGreaterThan(0)
    const at = `${realm}/scripts/6b4c3a4e-54c9-4f7f-8a53-1f7a7e0c9d11`
    const script = {
      name: 'by tool',
      script: Buffer.from('action.goTo("true")').toString('base64'),
      context: 'AUTHENTICATION_TREE_DECISION_NODE',
      language: 'JAVASCRIPT',
      evaluatorVersion: '2.0',
    }
    expect((await call(at, version, 'PUT', script)).status).toBe(201)
    // Without any header that a form of another site can't send: the token needs none.
    expect((await call(at, '', 'DELETE')).status).toBe(200)
  })

  test('reads themes, email templates and managed objects', async () => {
    expect((await call('/openidm/config/ui/themerealm')).status).toBe(200)
    expect((await call('/openidm/config/emailTemplate/welcome')).body).toHaveProperty('subject')
    const filter = '_queryFilter=true&_pageSize=1&_fields=userName'
    expect((await call(`/openidm/managed/alpha_user?${filter}`)).body.resultCount).toBe(1)
    expect((await call('/openidm/info/version')).status).toBe(200)
  })

  test('sees the features and scopes of the platform', async () => {
    expect((await call('/feature?_queryFilter=true')).body.result[0]._id).toBe('service-accounts')
    const scopes: { scope: string }[] = (await call('/environment/scopes/service-accounts')).body
    expect(scopes.map(({ scope }) => scope)).toEqual(['fr:am:*', 'fr:idm:*', 'fr:idc:esv:*'])
  })
})
