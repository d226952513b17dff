import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { successId } from '../../src/engine/journey.ts'
import { openAdministration } from '../support/administration.ts'

// The calls of the vendor's export and import tool, in its order.

let am: Awaited<ReturnType<typeof openAdministration>>
beforeEach(async () => {
  am = await openAdministration()
})
afterEach(() => am.close())

const realm = '/realms/root/realms/alpha'
const trees = `${realm}/realm-config/authentication/authenticationtrees`

const script = {
  _id: 'script-1',
  name: 'Decide',
  description: '',
  script: Buffer.from('outcome = "ok"').toString('base64'),
  language: 'JAVASCRIPT',
  context: 'AUTHENTICATION_TREE_DECISION_NODE',
  default: false,
  evaluatorVersion: '2.0',
}

type Node = JsonObject & { _id: string; _type: { _id: string; name: string; collection: boolean } }

const typed = (type: string, name: string) => ({ _id: type, name, collection: true })
const outcome = [{ id: 'outcome', displayName: 'Outcome' }]

const innerNodes: Node[] = [
  { _id: 'name-1', _type: typed('UsernameCollectorNode', 'Username Collector'), _outcomes: outcome },
  { _id: 'password-1', _type: typed('PasswordCollectorNode', 'Password Collector'), _outcomes: outcome },
]

const nodes: Node[] = [
  {
    _id: 'page-1',
    nodes: [
      { _id: 'name-1', nodeType: 'UsernameCollectorNode', displayName: 'Name' },
      { _id: 'password-1', nodeType: 'PasswordCollectorNode', displayName: 'Password' },
    ],
    pageHeader: { en: 'Sign in' },
    pageDescription: {},
    _type: typed('PageNode', 'Page Node'),
    _outcomes: outcome,
  },
  {
    _id: 'decide-1',
    script: 'script-1',
    outcomes: ['ok'],
    inputs: ['*'],
    outputs: ['*'],
    _type: typed('ScriptedDecisionNode', 'Scripted Decision'),
    _outcomes: [{ id: 'ok', displayName: 'ok' }],
  },
]

const tree = {
  _id: 'Sign in',
  identityResource: 'managed/alpha_user',
  entryNodeId: 'page-1',
  enabled: true,
  innerTreeOnly: false,
  uiConfig: { categories: '["Help desk"]' },
  nodes: {
    'page-1': {
      displayName: 'Page',
      nodeType: 'PageNode',
      x: 1,
      y: 2,
      connections: { outcome: 'decide-1' },
    },
    'decide-1': {
      displayName: 'Decide',
      nodeType: 'ScriptedDecisionNode',
      x: 3,
      y: 4,
      connections: { ok: successId },
    },
  },
  staticNodes: { startNode: { x: 0, y: 0 } },
}

const urlOf = ({ _id, _type }: Node) => `${trees}/nodes/${_type._id}/${_id}`

async function importAll(): Promise<number[]> {
  await am.send('GET', `${trees}/trees?_queryFilter=true`)
  const puts: [string, object][] = [
    [`${realm}/scripts/script-1`, script],
    ...[...innerNodes, ...nodes].map((node): [string, object] => [urlOf(node), node]),
    [`${trees}/trees/Sign%20in`, tree],
  ]
  const statuses: number[] = []
  for (const [url, body] of puts) statuses.push((await am.send('PUT', url, body)).status)
  return statuses
}

test('a journey is imported part by part, and again over itself', async () => {
  expect(await importAll()).toEqual([201, 201, 201, 201, 201, 201])
  expect(await importAll()).toEqual([200, 200, 200, 200, 200, 200])
})

test('an export returns what was imported', async () => {
  await importAll()
  expect((await am.send('GET', `${trees}/trees/Sign%20in`)).body).toMatchObject(tree)
  for (const node of [...nodes, ...innerNodes]) {
    const { _rev, ...exported } = (await am.send('GET', urlOf(node))).body
    expect(exported).toMatchObject(node)
  }
  expect((await am.send('GET', `${realm}/scripts/script-1`)).body).toMatchObject(script)
})

test('a journey is disabled and enabled by reading and writing it', async () => {
  await importAll()
  const url = `${trees}/trees/Sign%20in`
  for (const enabled of [false, true]) {
    const { body } = await am.send('GET', url)
    expect((await am.send('PUT', url, { ...body, enabled })).body).toMatchObject({ enabled })
  }
})

test('an export of a newer server is imported without its unknown attributes', async () => {
  const [page] = nodes
  if (page === undefined) throw new Error('no page')
  const newer: JsonObject = { ...page, futureSetting: true }
  const refused = await am.send('PUT', urlOf(page), newer)
  const { validAttributes } = (refused.body as { detail: { validAttributes: string[] } }).detail
  const kept = Object.entries(newer).filter(([name]) => name === '_id' || validAttributes.includes(name))
  expect((await am.send('PUT', urlOf(page), Object.fromEntries(kept))).status).toBe(201)
})

test('deleting a journey returns its nodes, which can then be deleted concurrently', async () => {
  await importAll()
  const { body } = await am.send('DELETE', `${trees}/trees/Sign%20in`)
  expect(Object.keys(body.nodes ?? {})).toEqual(['page-1', 'decide-1'])
  const deleted = await Promise.all([...innerNodes, ...nodes].map((node) => am.send('DELETE', urlOf(node))))
  expect(deleted.map(({ status }) => status)).toEqual([200, 200, 200, 200])
})

test('orphans are found through the nodes of each type', async () => {
  await importAll()
  await am.send('DELETE', `${trees}/trees/Sign%20in`)
  const types = (await am.send('POST', `${trees}/nodes?_action=getAllTypes`, {})).body.result as Node[]
  const found: string[] = []
  for (const { _id } of types) {
    const { body } = await am.send('GET', `${trees}/nodes/${_id}?_queryFilter=true`)
    found.push(...(body.result as Node[]).map((node) => node._id))
  }
  expect(found.toSorted()).toEqual(['decide-1', 'name-1', 'page-1', 'password-1'])
})
