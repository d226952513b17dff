import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'
import { failureId, successId } from '../../engine/journey.ts'

let am: Awaited<ReturnType<typeof openAdministration>>
beforeEach(async () => {
  am = await openAdministration()
})
afterEach(() => am.close())

const at = '/realms/root/realms/alpha/realm-config/authentication/authenticationtrees'

const tree = {
  entryNodeId: 'name-1',
  identityResource: 'managed/alpha_user',
  enabled: true,
  innerTreeOnly: false,
  uiConfig: { categories: '["Authentication"]' },
  nodes: {
    'name-1': {
      displayName: 'Name',
      nodeType: 'UsernameCollectorNode',
      x: 10.5,
      y: 20,
      connections: { outcome: successId },
    },
  },
  staticNodes: { startNode: { x: 50, y: 250 }, [successId]: { x: 1, y: 2 }, [failureId]: { x: 3, y: 4 } },
}

const addNode = () => am.send('PUT', `${at}/nodes/UsernameCollectorNode/name-1`, {})
const put = (body: unknown, headers: Record<string, string> = {}) =>
  am.send('PUT', `${at}/trees/Sign in`, body, headers)

test('creates, reads, replaces, lists and removes a journey', async () => {
  await addNode()
  const created = await put({ _id: 'Sign in', _rev: '1', ...tree })
  expect(created.status).toBe(201)
  expect(created.body).toMatchObject({ _id: 'Sign in', ...tree })
  expect(created.headers).toMatchObject({
    etag: `"${created.body._rev}"`,
    location: `http://localhost:80/am/json${at}/trees/Sign%20in`,
  })
  expect((await am.send('GET', `${at}/trees/Sign%20in`)).body).toEqual(created.body)
  const disabled = await put({ ...created.body, enabled: false })
  expect(disabled.status).toBe(200)
  expect(disabled.body).toMatchObject({ enabled: false })
  expect(disabled.body._rev).not.toBe(created.body._rev)
  expect((await am.send('GET', `${at}/trees?_queryFilter=true`)).body).toEqual({
    result: [disabled.body],
    resultCount: 1,
    pagedResultsCookie: null,
    totalPagedResultsPolicy: 'NONE',
    totalPagedResults: -1,
    remainingPagedResults: -1,
  })
  const removed = await am.send('DELETE', `${at}/trees/Sign%20in`)
  expect(removed).toMatchObject({ status: 200, body: disabled.body })
  expect((await am.send('GET', `${at}/trees/Sign%20in`)).body).toEqual({
    code: 404,
    reason: 'Not Found',
    message: 'Not Found',
  })
  expect((await am.send('DELETE', `${at}/trees/Sign%20in`)).status).toBe(404)
})

test('does not show journeys of another realm', async () => {
  await addNode()
  await put(tree)
  const root = await am.send('GET', '/realms/root/realm-config/authentication/authenticationtrees/trees')
  expect(root.body.result).toEqual([])
})

test('refuses an unknown attribute with the list of valid ones', async () => {
  const answer = await put({ ...tree, colour: 'red' })
  expect(answer.body).toEqual({
    code: 400,
    reason: 'Bad Request',
    message: 'Invalid attribute specified.',
    detail: {
      validAttributes: [
        'description',
        'enabled',
        'entryNodeId',
        'identityResource',
        'innerTreeOnly',
        'maximumIdleTime',
        'maximumSessionTime',
        'mustRun',
        'noSession',
        'nodes',
        'staticNodes',
        'transactionalOnly',
        'treeTimeout',
        'uiConfig',
      ],
    },
  })
})

const withNode = (change: object) => ({
  ...tree,
  nodes: { 'name-1': { ...tree.nodes['name-1'], ...change } },
})

test.each([
  ['no entry node', { ...tree, entryNodeId: undefined }, 'Node with ID entryNodeId must exist in the tree.'],
  ['another entry node', { ...tree, entryNodeId: 'x' }, 'Node with ID entryNodeId must exist in the tree.'],
  ['no nodes', { ...tree, nodes: undefined }, 'Data validation failed for the attribute, Nodes'],
  ['nodes that are a list', { ...tree, nodes: [1] }, 'Data validation failed for the attribute, Nodes'],
  ['a node without type', withNode({ nodeType: 1 }), 'Data validation failed for the attribute, Nodes'],
  [
    'a node of another type than stored',
    withNode({ nodeType: 'DebugNode' }),
    'Data validation failed for the attribute, Nodes',
  ],
  [
    'a node that leads to itself',
    withNode({ connections: { outcome: 'name-1' } }),
    'Node outcome cannot connect to itself',
  ],
  [
    'a node that leads nowhere',
    withNode({ connections: { outcome: 'gone' } }),
    'Node with ID gone must exist in the tree.',
  ],
  ['a wrong flag', { ...tree, enabled: 'yes' }, 'Data validation failed for the attribute, Enabled'],
  ['a list for a body', [], 'The request body must be a JSON object'],
])('refuses %s', async (_what, body, message) => {
  await addNode()
  expect(await put(body)).toMatchObject({ status: 400, body: { code: 400, message } })
})

test('refuses a journey with missing nodes and names them', async () => {
  expect((await put(tree)).body).toMatchObject({
    message: 'Data validation failed for the attribute, Nodes',
    detail: { missingNodes: ['name-1'] },
  })
})

test('accepts an empty journey with any entry node', async () => {
  expect((await put({ entryNodeId: 'nowhere', nodes: {} })).status).toBe(201)
})

test('checks preconditions of create and update', async () => {
  await addNode()
  expect((await put(tree, { 'if-match': '*' })).status).toBe(404)
  const created = await put(tree, { 'if-none-match': '*' })
  expect(created.status).toBe(201)
  expect((await put(tree, { 'if-none-match': '*' })).status).toBe(412)
  expect((await put(tree, { 'if-match': '"12"' })).status).toBe(412)
  expect((await put(tree, { 'if-match': String(created.headers.etag) })).status).toBe(200)
})

test.each(['__proto__', 'a%2Fb', 'a%00b', 'x'.repeat(300)])('refuses the name %s', async (name) => {
  expect((await am.send('PUT', `${at}/trees/${name}`, tree)).status).toBe(400)
})

test('answers schema, template and ids, and refuses other actions', async () => {
  await put({ nodes: {} })
  const ask = (action: string) => am.send('POST', `${at}/trees?_action=${action}`, {})
  expect((await ask('schema')).body.properties).toHaveProperty('entryNodeId')
  expect((await ask('template')).body).toMatchObject({ enabled: true, nodes: {} })
  expect((await ask('getIds')).body).toEqual({ result: [{ _id: 'Sign in' }] })
  expect((await ask('burn')).body).toMatchObject({
    code: 501,
    message: 'Action burn not implemented for this resource',
  })
  expect((await am.send('POST', `${at}/trees`)).status).toBe(400)
})

describe('a journey with null members', () => {
  const [place] = Object.values(tree.nodes)

  test.each([
    ['null coordinates of nodes', { nodes: { 'name-1': { ...place, x: null, y: null } } }],
    ['static nodes without coordinates', { staticNodes: { startNode: {}, [successId]: { x: null } } }],
    ['a null description', { description: null }],
    ['null times', { maximumSessionTime: null, maximumIdleTime: null, treeTimeout: null }],
    ['a numeric version', { nodes: { 'name-1': { ...place, version: 1 } } }],
    ['null members of a node', { nodes: { 'name-1': { ...place, version: null, displayName: null } } }],
    ['null members', { identityResource: null, uiConfig: null, staticNodes: null, mustRun: null }],
  ])('is saved: %s', async (_what, change) => {
    await addNode()
    const { status, body } = await put({ ...tree, ...change })
    expect(status).toBe(201)
    expect((await put(body)).status).toBe(200)
    expect(JSON.stringify(body)).not.toContain('null')
  })

  test.each([
    ['nodes that are a text', { nodes: 'none' }],
    ['a coordinate that is a text', { nodes: { 'name-1': { ...place, x: 'left' } } }],
    ['a connection to a number', { nodes: { 'name-1': { ...place, connections: { outcome: 7 } } } }],
    ['a static node that is a list', { staticNodes: { startNode: [] } }],
  ])('is refused with %s', async (_what, change) => {
    await addNode()
    expect((await put({ ...tree, ...change })).status).toBe(400)
  })
})

test('always gives nodes of a journey a version: their own, that of their settings, or 1.0', async () => {
  await addNode()
  await am.send('PUT', `${at}/nodes/ValidatedUsernameNode/2.0/name-2`, {})
  const [place] = Object.values(tree.nodes)
  const nodes = { ...tree.nodes, 'name-2': { ...place, nodeType: 'ValidatedUsernameNode' } }
  const versions = { 'name-1': { version: '1.0' }, 'name-2': { version: '2.0' } }
  const { _findings, ...body } = (await put({ ...tree, nodes })).body
  expect(body.nodes).toMatchObject(versions)
  expect((await am.send('GET', `${at}/trees/Sign%20in`)).body).toEqual(body)
  const list = (await am.send('GET', `${at}/trees?_queryFilter=true`)).body
  expect(list.result).toEqual([body])
  expect((await am.send('PUT', `${at}/trees/Sign in`, body, { 'if-match': `"${body._rev}"` })).status).toBe(
    200,
  )
})
