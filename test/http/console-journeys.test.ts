import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { failureId, successId } from '../../src/engine/journey.ts'
import { type ConsoleClient, consoleClient } from '../support/console-client.ts'
import { preparedFolder, saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let admin: ConsoleClient
beforeAll(async () => {
  const dataFolder = await preparedFolder(async (stores) => {
    await saveRealm(stores, '/alpha', { defaultJourney: 'Default' })
    await saveJourney(stores, 'Default', {
      decide: await scripted(stores, 'Decide', "outcome = 'yes'", { yes: 'strange', no: 'failure' }),
      strange: { type: 'NobodyKnowsNode', config: { odd: true, _outcomes: [] }, to: { out: 'success' } },
      lost: { type: 'ScriptedDecisionNode', config: { script: 'gone' }, to: {} },
      empty: { type: 'MessageNode', to: {} },
    })
    await stores.configuration.removeNode('/alpha', 'Default-empty')
    const inner = {
      inner: { type: 'InnerTreeEvaluatorNode', config: { tree: 'Used' }, to: { true: 'success' } },
    }
    await saveJourney(stores, 'Used', { name: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } })
    await saveJourney(stores, 'Outer', inner)
  })
  server = await startServer({ dataFolder, withSamples: false })
  admin = await consoleClient(server.url)
})
afterAll(() => server.stop())

const page = (children: string[]) => ({
  nodes: children.map((_id) => ({ _id, nodeType: 'UsernameCollectorNode', displayName: _id })),
})
let count = 0
/** A journey with a page and a message node behind it, with unique ids. */
function draft(change: { tree?: JsonObject; nodes?: JsonObject; innerNodes?: JsonObject } = {}) {
  const id = (name: string) => `${name}-${count}`
  count++
  const [first, child, last] = ['page', 'child', 'last'].map(id) as [string, string, string]
  const node = (nodeType: string, target: string) => ({
    nodeType,
    displayName: nodeType,
    connections: { [nodeType === 'PageNode' ? 'outcome' : 'true']: target },
    x: 10,
    y: 20,
  })
  return {
    ids: { first, child, last },
    body: {
      tree: {
        entryNodeId: first,
        nodes: { [first]: node('PageNode', last), [last]: node('MessageNode', successId) },
        staticNodes: { startNode: { x: 1, y: 2 } },
        uiConfig: { categories: '["Help desk"]' },
        ...change.tree,
      } as JsonObject,
      nodes: { [first]: page([child]), [last]: {}, ...change.nodes } as JsonObject,
      innerNodes: { [child]: {}, ...change.innerNodes } as JsonObject,
    },
  }
}
/** Saves a draft under a unique name. */
async function saveDraft(change: Parameters<typeof draft>[0] = {}) {
  const { ids, body } = draft(change)
  const name = `J${count}`
  const answer = await admin.put(`journeys/${name}`, body, 'new')
  expect(answer.status).toBe(201)
  return { name, ids, at: `journeys/${name}`, body: answer.body, rev: String(answer.body._rev), answer }
}
const nodeAt = (type: string, id: string) =>
  `realm-config/authentication/authenticationtrees/nodes/${type}/${id}`
const isStored = async (type: string, id: string) => (await admin.get(nodeAt(type, id))).status === 200
const objectOf = (value: unknown) => value as JsonObject

test('a journey is created, read, changed and deleted as one document', async () => {
  const { name, ids, at, body, rev, answer } = await saveDraft()
  expect(answer.headers.get('etag')).toBe(`"${rev}"`)
  expect(answer.headers.get('location')).toBe(`${server.url}/json/realms/root/realms/alpha/${at}`)
  expect(body).toMatchObject({
    _id: name,
    tree: { _id: name, entryNodeId: ids.first, enabled: true, staticNodes: { startNode: { x: 1, y: 2 } } },
    nodes: {
      [ids.first]: {
        _id: ids.first,
        _type: { _id: 'PageNode', name: 'Page Node', collection: true },
        _outcomes: [{ id: 'outcome', displayName: 'Outcome' }],
        nodes: [{ _id: ids.child, nodeType: 'UsernameCollectorNode', displayName: ids.child }],
      },
      [ids.last]: { _type: { _id: 'MessageNode' } },
    },
    innerNodes: { [ids.child]: { _type: { _id: 'UsernameCollectorNode' } } },
    isDefault: false,
    savedBy: 'amadmin',
    saves: 1,
  })
  expect(objectOf(body.tree).nodes).toMatchObject({ [ids.first]: { x: 10, y: 20 } })
  expect((await admin.get(at)).body).toEqual(body)
  const changed = { ...body, tree: { ...objectOf(body.tree), description: 'Changed' } }
  const again = await admin.put(at, changed, rev)
  expect(again).toMatchObject({ status: 200, body: { saves: 2, tree: { description: 'Changed' } } })
  expect(again.body._rev).not.toBe(rev)
  expect(await admin.send('DELETE', at)).toMatchObject({ status: 200, body: { _id: name } })
  expect((await admin.get(at)).status).toBe(404)
  expect(await isStored('PageNode', ids.first)).toBe(false)
  expect(await isStored('UsernameCollectorNode', ids.child)).toBe(false)
  expect((await admin.send('DELETE', at)).status).toBe(404)
})

test('AM’s own resources show a saved journey, and saving there changes the revision', async () => {
  const { name, ids, at, rev } = await saveDraft()
  const tree = `realm-config/authentication/authenticationtrees/trees/${name}`
  expect((await admin.get(tree)).body).toMatchObject({ entryNodeId: ids.first })
  const part = { _id: name, _rev: expect.any(String), entryNodeId: ids.first }
  expect((await admin.get(`${tree}?_fields=entryNodeId`)).body).toEqual(part)
  expect(await isStored('UsernameCollectorNode', ids.child)).toBe(true)
  await admin.send('PUT', nodeAt('MessageNode', ids.last), { message: { en: 'Hello' } })
  const after = await admin.get(at)
  expect(after.body).toMatchObject({ saves: 2, nodes: { [ids.last]: { message: { en: 'Hello' } } } })
  expect(after.body._rev).not.toBe(rev)
  const late = await admin.put(at, after.body, rev)
  expect(late.status).toBe(412)
  expect(late.body).toEqual({
    code: 412,
    reason: 'Precondition Failed',
    message: 'Precondition Failed',
    detail: {
      savedAt: after.body.savedAt,
      savedBy: 'amadmin',
      savedById: after.body.savedById,
      _rev: after.body._rev,
    },
  })
})

test('nodes that the journey no longer has are deleted, unless another journey uses them', async () => {
  const { ids, at, body, rev } = await saveDraft()
  const other = 'realm-config/authentication/authenticationtrees/trees/Shares'
  const place = { nodeType: 'UsernameCollectorNode', displayName: '', connections: {} }
  expect(
    (await admin.send('PUT', other, { entryNodeId: ids.child, nodes: { [ids.child]: place } })).status,
  ).toBe(201)
  const alone = {
    tree: {
      ...objectOf(body.tree),
      entryNodeId: ids.last,
      nodes: { [ids.last]: objectOf(objectOf(body.tree).nodes)[ids.last] },
    },
    nodes: { [ids.last]: objectOf(body.nodes)[ids.last] },
    innerNodes: {},
  }
  expect((await admin.put(at, alone, rev)).status).toBe(200)
  expect(await isStored('PageNode', ids.first)).toBe(false)
  expect(await isStored('UsernameCollectorNode', ids.child)).toBe(true)
  expect(await isStored('MessageNode', ids.last)).toBe(true)
})

test('of concurrent saves exactly one wins, and the others learn whose it was', async () => {
  const { at, body, rev } = await saveDraft()
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      admin.put(at, { ...body, tree: { ...objectOf(body.tree), description: `${i}` } }, rev),
    ),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(412)])
  const winner = answers.find(({ status }) => status === 200)
  expect((await admin.get(at)).body._rev).toBe(winner?.body._rev)
  for (const { body } of answers.filter(({ status }) => status === 412)) {
    expect(body.detail).toMatchObject({ savedBy: 'amadmin', _rev: winner?.body._rev })
  }
})

test('of concurrent creations exactly one wins', async () => {
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => admin.put('journeys/Race', draft().body, 'new')),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 412, 412, 412])
})

test('a save requires a matching If-Match', async () => {
  const { at, body } = await saveDraft()
  expect(await admin.send('PUT', at, body)).toMatchObject({
    status: 428,
    body: { code: 428, reason: 'Precondition Required' },
  })
  expect((await admin.put(at, body, '*')).status).toBe(200)
  expect((await admin.put('journeys/NotThere', draft().body, '*')).status).toBe(404)
  expect((await admin.put('journeys/NotThere', draft().body, '123')).status).toBe(404)
  expect(await admin.send('DELETE', at, undefined, { 'if-match': '"1"' })).toMatchObject({ status: 412 })
})

const refused = async (body: unknown): Promise<JsonObject> => {
  const { status, body: answer } = await admin.put('journeys/Refused', body, 'new')
  expect((await admin.get('journeys/Refused')).status).toBe(404)
  return { ...answer, status }
}

test('an invalid setting is rejected with its node and name, and nothing is saved', async () => {
  const { ids, body } = draft()
  const wrong = { ...body, nodes: { ...body.nodes, [ids.last]: { message: 7, colour: 'red' } } }
  expect(await refused(wrong)).toMatchObject({
    status: 400,
    code: 400,
    reason: 'Bad Request',
    message: 'MessageNode (MessageNode): Invalid attribute specified.',
    detail: {
      nodeId: ids.last,
      nodeType: 'MessageNode',
      displayName: 'MessageNode',
      attribute: 'colour',
      validAttributes: expect.arrayContaining(['message', 'messageNo', 'messageYes']),
    },
  })
  const both = {
    ...body,
    nodes: { ...body.nodes, [ids.last]: { message: 7 } },
    innerNodes: { [ids.child]: { no: 1 } },
  }
  const answer = await refused(both)
  expect(answer.message).toMatch(
    /^MessageNode \(MessageNode\): Data validation failed for the attribute, .*message/,
  )
  expect(answer.detail).toMatchObject({
    nodeId: ids.last,
    attribute: 'message',
    problems: [
      { nodeId: ids.last, attribute: 'message' },
      { nodeId: ids.child, attribute: 'no', displayName: ids.child, validAttributes: ['autocompleteValues'] },
    ],
  })
  expect(await isStored('PageNode', ids.first)).toBe(false)
})

test.each<[string, (saveDraft: ReturnType<typeof draft>) => unknown, string]>([
  ['no tree', () => ({ nodes: {} }), 'Data validation failed for the attribute, Tree'],
  ['another name', () => draft({ tree: { _id: 'Other' } }).body, 'attribute, Tree'],
  ['a flag that isn’t boolean', () => draft({ tree: { enabled: 'yes' } }).body, 'attribute, Tree'],
  ['an unknown member of the tree', () => draft({ tree: { colour: 'red' } }).body, 'Invalid attribute'],
  ['an unknown member', ({ body }) => ({ ...body, scripts: {} }), 'Invalid attribute'],
  ['nodes that are a list', ({ body }) => ({ ...body, nodes: [] }), 'attribute, Nodes'],
  ['a node that is text', ({ body, ids }) => ({ ...body, nodes: { [ids.first]: 'x' } }), 'attribute, Nodes'],
  ['a node without settings', ({ body }) => ({ ...body, nodes: {} }), 'has no settings in nodes'],
  [
    'a node on a page without settings',
    ({ body }) => ({ ...body, innerNodes: {} }),
    'no settings in innerNodes',
  ],
  ['settings of an unknown node', () => draft({ nodes: { x: {} } }).body, 'Node is not in the tree'],
  ['an inner node without a page', () => draft({ innerNodes: { x: {} } }).body, 'Node is on no page'],
  ['an unknown entry node', () => draft({ tree: { entryNodeId: 'x' } }).body, 'entryNodeId must exist'],
  [
    'a node of two types',
    ({ body, ids }) => ({ ...body, nodes: { ...body.nodes, [ids.last]: { _type: { _id: 'PageNode' } } } }),
    'is of type MessageNode in the journey and of type PageNode itself',
  ],
  [
    'an unknown script',
    () => {
      const nodes = { s: { nodeType: 'ScriptedDecisionNode', connections: {} } }
      return { tree: { entryNodeId: 's', nodes }, nodes: { s: { script: 'gone' } } }
    },
    's (ScriptedDecisionNode): Data validation failed for the attribute, Script',
  ],
  [
    'a connection to an unknown node',
    () => {
      const nodes = { m: { nodeType: 'MessageNode', connections: { true: 'gone' } } }
      return { tree: { entryNodeId: 'm', nodes }, nodes: { m: {} } }
    },
    'm (MessageNode): Node with ID gone must exist in the tree.',
  ],
])('a journey with %s is rejected', async (_what, body, message) => {
  const answer = await refused(body(draft()))
  expect(answer).toMatchObject({ status: 400, message: expect.stringContaining(message) })
})

test('a new node can’t have the id of a node in another journey', async () => {
  const { ids, name } = await saveDraft()
  const { body } = draft({
    tree: { entryNodeId: ids.last, nodes: { [ids.last]: { nodeType: 'MessageNode' } } },
  })
  const answer = await refused({ ...body, nodes: { [ids.last]: {} }, innerNodes: {} })
  expect(answer).toMatchObject({ status: 409, detail: { nodeId: ids.last, journeys: [name] } })
})

test('a save keeps imported members that it doesn’t change', async () => {
  const { body } = await admin.get('journeys/Default')
  const { tree } = body as { tree: JsonObject }
  expect(body.nodes).toMatchObject({ 'Default-strange': { odd: true, _outcomes: [] } })
  const saved = await admin.put('journeys/Default', { ...body, tree: { ...tree, description: 'x' } }, '*')
  expect(saved.status).toBe(200)
  expect(saved.body.nodes).toEqual(body.nodes)
  expect(saved.body._findings).toContainEqual(
    expect.objectContaining({ rule: 'unknown-node-type', severity: 'error', nodeId: 'Default-strange' }),
  )
  expect(saved.body.nodes).not.toHaveProperty('Default-empty')
  const copy = await admin.post('journeys/Default?_action=duplicate', { name: 'Default copy' })
  expect(copy.status).toBe(201)
  expect((await admin.send('DELETE', 'journeys/Default%20copy')).status).toBe(200)
})

test('a copy has its own nodes', async () => {
  const { at, ids, body } = await saveDraft()
  const copied = await admin.post(`${at}?_action=duplicate`, { name: 'A copy' })
  expect(copied.status).toBe(201)
  const { tree, nodes, innerNodes } = copied.body as Record<'tree' | 'nodes' | 'innerNodes', JsonObject>
  const all = [...Object.keys(nodes), ...Object.keys(innerNodes)]
  expect(all).toHaveLength(3)
  for (const id of Object.values(ids)) expect(JSON.stringify(copied.body)).not.toContain(`"${id}",`)
  expect(Object.keys(objectOf(tree.nodes))).toEqual(Object.keys(nodes))
  expect(Object.keys(nodes)).toContain(tree.entryNodeId)
  const copiedPage = objectOf(nodes[String(tree.entryNodeId)])
  expect(copiedPage.nodes).toMatchObject([{ _id: Object.keys(innerNodes)[0] }])
  expect(copied.body._findings).toHaveLength((body._findings as unknown[]).length)
  expect((await admin.get(at)).body._rev).toBe(body._rev)
  expect((await admin.post(`${at}?_action=duplicate`, { name: 'A copy' })).status).toBe(409)
  expect((await admin.post(`${at}?_action=duplicate`, {})).status).toBe(400)
  expect((await admin.post('journeys/NotThere?_action=duplicate', { name: 'B' })).status).toBe(404)
})

test('a journey in use lists its usages, and is deleted only with force', async () => {
  expect((await admin.get('journeys/Used/usages')).body).toEqual({
    result: [{ kind: 'innerJourney', journey: 'Outer', nodeId: 'Outer-inner', displayName: 'inner' }],
  })
  expect((await admin.get('journeys/Default/usages')).body).toEqual({ result: [{ kind: 'defaultJourney' }] })
  expect((await admin.get('journeys/NotThere/usages')).status).toBe(404)
  const refusal = await admin.send('DELETE', 'journeys/Used')
  expect(refusal).toMatchObject({
    status: 409,
    body: {
      message: 'Journey Used is in use',
      detail: { usages: [{ kind: 'innerJourney', journey: 'Outer' }] },
    },
  })
  expect((await admin.send('DELETE', 'journeys/Used?force=true')).status).toBe(200)
})

test('the list summarizes each journey', async () => {
  const { name, ids, rev } = await saveDraft()
  const { body } = await admin.get(`journeys?_queryFilter=${encodeURIComponent(`_id eq "${name}"`)}`)
  expect(body).toMatchObject({ resultCount: 1 })
  expect(body.result).toEqual([
    {
      _id: name,
      _rev: rev,
      name,
      description: '',
      categories: ['Help desk'],
      enabled: true,
      innerTreeOnly: false,
      mustRun: false,
      noSession: false,
      transactionalOnly: false,
      isDefault: false,
      nodeCount: 3,
      scripts: [],
      picture: {
        entryNodeId: ids.first,
        nodes: {
          [ids.first]: {
            type: 'PageNode',
            family: 'collect',
            name: 'PageNode',
            x: 10,
            y: 20,
            to: [ids.last],
          },
          [ids.last]: {
            type: 'MessageNode',
            family: 'collect',
            name: 'MessageNode',
            x: 10,
            y: 20,
            to: [successId],
          },
        },
        staticNodes: { startNode: { x: 1, y: 2 } },
      },
      findings: { error: 0, warning: 1, hint: 0 },
      unsupported: [],
      savedAt: expect.any(Number),
      savedBy: 'amadmin',
      savedById: expect.any(String),
      saves: 1,
    },
  ])
  const all = (await admin.get('journeys')).body.result as JsonObject[]
  expect(all.find(({ _id }) => _id === 'Default')).toMatchObject({
    isDefault: true,
    scripts: ['Decide'],
    unsupported: ['NobodyKnowsNode'],
  })
  expect(all.find(({ _id }) => _id === 'Outer')).toMatchObject({ savedAt: null, savedBy: null })
})

test('lint checks a draft without saving it', async () => {
  const { ids, body } = draft()
  const broken = { ...body, nodes: { ...body.nodes, [ids.last]: { message: 7 } } }
  const answer = await admin.post('journeys?_action=lint', {
    ...broken,
    tree: { ...body.tree, _id: 'Draft' },
  })
  expect(answer.status).toBe(200)
  expect(answer.body.result).toContainEqual({
    rule: 'invalid-settings',
    severity: 'error',
    journey: 'Draft',
    nodeId: ids.last,
    setting: 'message',
    message: expect.stringContaining('message'),
    remedy: expect.any(String),
  })
  expect((await admin.get('journeys/Draft')).status).toBe(404)
  expect((await admin.post('journeys?_action=lint', {})).status).toBe(400)
  const failing = draft({ tree: { entryNodeId: failureId, nodes: {} } })
  expect(
    (await admin.post('journeys?_action=lint', { ...failing.body, nodes: {}, innerNodes: {} })).status,
  ).toBe(200)
})
