import { afterAll, beforeAll, expect, test } from 'vitest'
import { failureId, successId } from '../../src/engine/journey.ts'
import { bearer } from '../support/admin-tokens.ts'
import { asking } from '../support/rest.ts'
import { assertionOf, createAccount, exchange, newKeys } from '../support/service-accounts.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// The calls of aic-mcp-server, which the package registry doesn't have: by token, in its order and with its headers.

let server: TestServer
let origin: string
let token: string

beforeAll(async () => {
  server = await startServer()
  origin = new URL(server.url).origin
  const ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const scopes = ['fr:am:*', 'fr:idm:*', 'fr:idc:esv:read', 'fr:idc:esv:update']
  const keys = await newKeys()
  const id = String((await createAccount(ask, keys, { scopes })).body._id)
  const { body } = await exchange(server.url, await assertionOf(server.url, id, keys), scopes.join(' '))
  token = body.access_token
})
afterAll(() => server.stop())

const am = '/am/json/alpha'
const trees = `${am}/realm-config/authentication/authenticationtrees`
const journeys = 'protocol=2.1,resource=1.0'
const scripts = 'protocol=2.0,resource=1.0'
const settings = 'protocol=1.0,resource=1.0'
const variables = 'resource=2.0'

type Sent = { version?: string; body?: unknown; headers?: Record<string, string> }

async function call(method: string, path: string, { version, body, headers = {} }: Sent = {}) {
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...bearer(token),
      'content-type': 'application/json',
      ...(version === undefined ? {} : { 'accept-api-version': version }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.json() }
}

/** A journey as the tool builds it: settings of nodes, and of the nodes of a page, in one document. */
const page = 'c1f3b7a0-2222-4e6d-9f2b-1d2c3b4a5f60'
const store = 'c1f3b7a0-3333-4e6d-9f2b-1d2c3b4a5f60'
const username = 'c1f3b7a0-4444-4e6d-9f2b-1d2c3b4a5f60'
const choice = 'c1f3b7a0-5555-4e6d-9f2b-1d2c3b4a5f60'
const children = [
  { _id: username, nodeType: 'UsernameCollectorNode', displayName: 'Name', _properties: {} },
  {
    _id: choice,
    nodeType: 'ChoiceCollectorNode',
    displayName: 'Choice',
    _properties: { prompt: 'How?', choices: ['phone', 'mail'], defaultChoice: 'mail' },
  },
]
const journey = {
  _id: 'Made by a tool',
  description: 'Made by a tool',
  identityResource: 'managed/alpha_user',
  entryNodeId: page,
  staticNodes: {
    startNode: { x: 50, y: 250 },
    [successId]: { x: 550, y: 150 },
    [failureId]: { x: 550, y: 350 },
  },
  nodes: {
    [page]: {
      nodeType: 'PageNode',
      displayName: 'Page',
      connections: { phone: store, mail: failureId },
      config: { _id: page, pageHeader: { en: 'Welcome' }, nodes: children },
    },
    [store]: {
      nodeType: 'DataStoreDecisionNode',
      displayName: 'Check',
      connections: { true: successId, false: failureId },
      config: { _id: store },
    },
  },
}

test('describes node types, and the outcomes of a page with the settings of its nodes', async () => {
  const version = journeys
  const types = await call('POST', `${trees}/nodes?_action=getAllTypes`, { version, body: {} })
  expect(types.body.result).toContainEqual(expect.objectContaining({ _id: 'PageNode' }))
  for (const action of ['schema', 'template', 'listOutcomes']) {
    const at = `${trees}/nodes/ChoiceCollectorNode?_action=${action}`
    expect((await call('POST', at, { version, body: {} })).status).toBe(200)
  }
  const at = `${trees}/nodes/PageNode?_action=listOutcomes`
  const outcomes = await call('POST', at, { version, body: { nodes: children } })
  expect(outcomes.body.map(({ id }: { id: string }) => id)).toEqual(['phone', 'mail'])
})

test('creates a journey with one document, lists, changes and removes it', async () => {
  const version = journeys
  const at = `${trees}/trees/${encodeURIComponent(journey._id)}`
  expect((await call('PUT', at, { version, body: journey })).status).toBe(201)
  const child = await call('GET', `${trees}/nodes/ChoiceCollectorNode/${choice}`, { version })
  expect(child.body).toMatchObject(children[1]?._properties ?? {})
  const fields = '_id,description,identityResource,uiConfig,nodes,enabled,mustRun'
  const list = await call('GET', `${trees}/trees?_queryFilter=true&_pageSize=-1&_fields=${fields}`, {
    version,
  })
  expect(list.body.result).toContainEqual(expect.objectContaining({ _id: journey._id }))
  const { _rev, ...read } = (await call('GET', at, { version })).body
  const changed = {
    ...read,
    description: 'Changed',
    mustRun: true,
    maximumSessionTime: 5,
    maximumIdleTime: 3,
  }
  expect((await call('PUT', at, { version, body: changed })).body).toMatchObject({
    description: 'Changed',
    maximumIdleTime: 3,
  })
  const authentication = `${am}/realm-config/authentication`
  const { body: before } = await call('GET', authentication, { version: settings })
  const body = { orgConfig: journey._id, adminAuthModule: 'Login' }
  expect((await call('PUT', authentication, { version: settings, body })).body.core.orgConfig).toBe(
    journey._id,
  )
  const numbered = { orgConfig: 1 }
  expect((await call('PUT', authentication, { version: settings, body: numbered })).status).toBe(400)
  const back = { orgConfig: before.core.orgConfig, adminAuthModule: 'Login' }
  expect((await call('PUT', authentication, { version: settings, body: back })).status).toBe(200)
  expect((await call('DELETE', at, { version })).status).toBe(200)
})

test('creates, changes and removes scripts, and reads their bindings', async () => {
  const version = scripts
  const body = {
    context: 'AUTHENTICATION_TREE_DECISION_NODE',
    name: 'made by a tool',
    description: '',
    language: 'JAVASCRIPT',
    script: Buffer.from('action.goTo("true")').toString('base64'),
    evaluatorVersion: '2.0',
  }
  const { status, body: created } = await call('POST', `${am}/scripts?_action=create`, { version, body })
  expect(status).toBe(201)
  const at = `${am}/scripts/${created._id}`
  const read = (await call('GET', at, { version })).body
  expect((await call('PUT', at, { version, body: { ...read, description: 'Changed' } })).status).toBe(200)
  expect((await call('DELETE', at, { version })).status).toBe(200)
  const { bindings } = (await call('GET', `${am}/contexts/SCRIPTED_DECISION_NODE`, { version })).body
  expect(bindings).toContainEqual(expect.objectContaining({ name: 'nodeState' }))
  const global = await call('POST', `${am}/scripts?_action=createGlobal`, { version, body })
  expect(global).toMatchObject({ status: 501, body: { message: expect.stringContaining('in the realms') } })
})

test('finds themes of a realm, and creates, changes and removes one', async () => {
  const config = '/openidm/config/ui/themerealm'
  const find = (filter: string, realm = 'alpha') =>
    call('GET', `/openidm/ui/theme/?realm=${realm}&_queryFilter=${encodeURIComponent(filter)}`)
  const theme = { _id: 'made', name: 'Made', isDefault: false, primaryColor: '#123456' }
  const write = async (themes: object[]) => {
    const { body } = await call('GET', config)
    return call('PUT', config, { body: { ...body, realm: { ...body.realm, alpha: themes } } })
  }
  expect((await write([theme])).status).toBe(200)
  expect((await find('_id eq "Made" or name eq "Made"')).body).toMatchObject({
    resultCount: 1,
    result: [theme],
  })
  expect((await find('name eq "Other"')).body.resultCount).toBe(0)
  expect((await find('true', 'nowhere')).status).toBe(404)
  expect((await write([{ ...theme, isDefault: true }])).status).toBe(200)
  expect((await write([])).status).toBe(200)
  expect((await find('true')).body.result).toEqual([])
})

test('searches people, and objects that are not here', async () => {
  const filter = ['userName', 'givenName', 'sn', 'mail'].map((field) => `${field} sw "ale"`).join(' OR ')
  const more = '_pageSize=10&_totalPagedResultsPolicy=EXACT&_sortKeys=userName&_fields=userName,mail'
  const query = `_queryFilter=${encodeURIComponent(filter)}&${more}`
  const found = await call('GET', `/openidm/managed/alpha_user?${query}`)
  expect(found.body.result).toEqual([expect.objectContaining({ userName: 'alex' })])
  for (const kind of ['role', 'group', 'organization', 'application']) {
    expect((await call('GET', `/openidm/managed/alpha_${kind}?${query}`)).body.result, kind).toEqual([])
  }
})

test('changes the definition of people with a patch, as far as people here can have it', async () => {
  const at = '/openidm/config/managed'
  const { objects } = (await call('GET', at)).body
  const place = objects.findIndex(({ name }: { name: string }) => name === 'alpha_user')
  const field = `/objects/${place}/schema/properties/badge`
  const value = { type: 'string', title: 'Badge', viewable: true, userEditable: false }
  const patch = (operation: object) => call('PATCH', at, { headers: { 'if-match': '*' }, body: [operation] })
  const added = await patch({ operation: 'add', field, value })
  expect(added.status).toBe(200)
  expect(added.body.objects[place].schema.properties.badge).toMatchObject({ title: 'Badge' })
  const removed = await patch({ operation: 'remove', field })
  expect(removed.body.objects[place].schema.properties).not.toHaveProperty('badge')
  expect((await patch({ operation: 'add', field: '/objects/900/schema', value })).status).toBe(400)
  expect((await patch({ operation: 'add', field: '/objects', value: 'all' })).status).toBe(400)
})

test('sets and searches variables, and searches secrets', async () => {
  const version = variables
  const valueBase64 = Buffer.from('{"a":1}').toString('base64')
  const body = { _id: 'esv-made', description: '', valueBase64, expressionType: 'object' }
  expect((await call('PUT', '/environment/variables/esv-made', { version, body })).status).toBe(200)
  const query = `_queryFilter=${encodeURIComponent('/_id co "made"')}&_pageSize=50&_sortKeys=_id,-lastChangeDate`
  const found = await call('GET', `/environment/variables?${query}`, { version })
  expect(found.body.result).toEqual([expect.objectContaining({ _id: 'esv-made' })])
  expect((await call('GET', `/environment/secrets?${query}`, { version })).body.result).toEqual([])
  expect((await call('DELETE', '/environment/variables/esv-made', { version })).status).toBe(200)
})

test('creates an OAuth2 client, and learns why there is no application beside it', async () => {
  const at = `${am}/realm-config/agents/OAuth2Client/made`
  const redirectionUris = { inherited: false, value: ['https://shop.example.com/'] }
  const body = {
    coreOAuth2ClientConfig: { clientName: { inherited: false, value: ['Made'] }, redirectionUris },
  }
  const headers = { 'if-none-match': '*' }
  expect((await call('PUT', at, { version: scripts, headers, body })).status).toBe(201)
  expect((await call('PUT', at, { version: scripts, headers, body })).status).toBe(412)
  const application = await call('POST', '/openidm/managed/alpha_application?_action=create', { body: {} })
  expect(application).toMatchObject({
    status: 501,
    body: { message: expect.stringContaining('no managed applications') },
  })
})

test('learns that a realm names its web applications, and that logs need a key', async () => {
  const cors = '/am/json/global-config/services/CorsService'
  const body = { acceptedOrigins: ['https://shop.example.com'], enabled: true }
  expect(await call('POST', `${cors}?_action=create`, { version: journeys, body })).toMatchObject({
    status: 501,
    body: { message: expect.stringContaining('acceptedOrigins') },
  })
  expect((await call('GET', `${cors}?_queryFilter=true`, { version: journeys })).status).toBe(200)
  expect((await call('GET', '/monitoring/logs/sources')).status).toBe(401)
})
