import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { type ConsoleClient, consoleClient } from '../support/console-client.ts'
import { preparedFolder, saveJourney } from '../support/prepared-folder.ts'
import { customTypeOf } from '../support/small-bundle.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let admin: ConsoleClient
beforeAll(async () => {
  const dataFolder = await preparedFolder(async (stores) => {
    await stores.customNodes.create({
      ...customTypeOf('greet', 'Greet'),
      properties: {
        colour: {
          title: 'Colour',
          description: 'Which one.',
          type: 'STRING',
          required: true,
          multivalued: false,
          options: { r: 'Red', b: 'Blue' },
        },
      },
      errorOutcome: true,
    })
    await saveJourney(stores, 'Odd', {
      odd: { type: 'OddNode', config: { _type: { _id: 'OddNode', name: 'Odd One' } }, to: {} },
      gone: { type: 'designer-gone', to: {} },
      name: { type: 'MessageNode', to: {} },
    })
  })
  server = await startServer({ dataFolder, withSamples: false })
  admin = await consoleClient(server.url)
})
afterAll(() => server.stop())

test('one call describes all node types: every version, custom and unsupported ones', async () => {
  const { status, body } = await admin.get('node-types')
  expect(status).toBe(200)
  const types = body.result as JsonObject[]
  const named = (type: string) => types.filter((each) => each.type === type)
  expect(named('PageNode')).toMatchObject([
    { version: '1.0', isNewest: false },
    { version: '2.0', isNewest: true, settings: { properties: { nodes: { refers: { to: 'nodes' } } } } },
  ])
  expect(named('designer-greet')).toMatchObject([
    {
      version: '1.0',
      isCustom: true,
      isSupported: true,
      title: 'Greet',
      family: 'custom',
      outcomesFrom: 'fixed',
      outcomes: [
        { id: 'done', displayName: 'done' },
        { id: 'Script Error', displayName: 'Script Error' },
      ],
      settings: {
        properties: {
          colour: {
            title: 'Colour',
            description: 'Which one.',
            enum: ['r', 'b'],
            options: { enum_titles: ['Red', 'Blue'] },
            propertyOrder: 100,
          },
        },
        required: ['colour'],
      },
    },
  ])
  expect(named('OddNode')).toEqual([
    {
      type: 'OddNode',
      version: '1.0',
      isNewest: false,
      isCustom: false,
      isSupported: false,
      isInteractive: true,
      title: 'Odd One',
      help: '',
      tags: [],
      family: 'flow',
      category: 'utilities',
      outcomesFrom: 'unknown',
      outcomes: null,
      reads: [],
      writes: [],
    },
  ])
  const [retryLimit] = named('RetryLimitDecisionNode')
  expect(retryLimit).toMatchObject({
    about: { writes: [{ key: '‹node id›.retryCount', content: 'Of this node alone.' }] },
  })
  expect(named('designer-gone')).toMatchObject([{ isCustom: true, isSupported: false, family: 'custom' }])
  expect(body.families).toContainEqual({ id: 'collect', title: 'Ask' })
  expect(body.categories).toContainEqual({ id: 'sessions', title: 'Sessions' })
  expect(types.filter(({ isSupported }) => isSupported).every(({ settings }) => settings !== undefined)).toBe(
    true,
  )
  const root = await consoleClient(server.url, '/')
  const elsewhere = (await root.get('node-types')).body.result as JsonObject[]
  expect(elsewhere.some(({ type }) => type === 'OddNode')).toBe(false)
})

test('AM’s own schema answer is unchanged', async () => {
  const path = 'realm-config/authentication/authenticationtrees/nodes/ScriptedDecisionNode?_action=schema'
  const { body } = await admin.post(path)
  const { script } = body.properties as Record<string, JsonObject>
  expect(Object.keys(script ?? {}).toSorted()).toEqual([
    'default',
    'description',
    'exampleValue',
    'propertyOrder',
    'title',
    'type',
  ])
})

test('outcomes of many nodes come in one answer, in order', async () => {
  const nodes = [
    { type: 'ScriptedDecisionNode', settings: { outcomes: ['a', 'b'] } },
    { type: 'PageNode', settings: { nodes: [{ _id: 'draft', nodeType: 'ScriptedDecisionNode' }] } },
    {
      type: 'PageNode',
      version: '2.0',
      settings: { nodes: [{ _id: 'draft', nodeType: 'ScriptedDecisionNode' }] },
    },
    { type: 'PageNode', settings: { nodes: [{ _id: 'Odd-name', nodeType: 'MessageNode' }] } },
    { type: 'ConfigProviderNode', settings: { _id: 'x', nodeType: 'PollingWaitNode' } },
    { type: 'OddNode' },
    { type: 'PollingWaitNode', settings: { secondsToWait: 'soon' } },
  ]
  const innerNodes = {
    draft: { _id: 'draft', _type: { _id: 'ScriptedDecisionNode' }, outcomes: ['c'], script: 's' },
  }
  const { status, body } = await admin.post('node-types?_action=outcomes', { nodes, innerNodes })
  expect(status).toBe(200)
  const result = body.result as { outcomes: { id: string }[] | null; problem?: string }[]
  expect(result.map(({ outcomes }) => outcomes?.map(({ id }) => id) ?? null)).toEqual([
    ['a', 'b'],
    ['c'],
    ['draft-c'],
    ['true', 'false'],
    ['DONE', 'EXITED', 'SPAM', 'CONFIGURATION_FAILED'],
    null,
    null,
  ])
  expect(result[5]?.problem).toBe('Node type OddNode 1.0 is unknown')
  expect(result[5]).not.toHaveProperty('reads')
  expect(result[6]?.problem).toMatch(/^secondsToWait: /)
})

test('state keys follow the settings, without those of the node alone', async () => {
  const nodes = [
    { type: 'BackchannelNotificationNode', settings: { dataKey: 'transaction:notify' } },
    {
      type: 'BackChannelStatusNode',
      settings: { recordTransactionData: true, transactionDataKey: 'transaction:data' },
    },
    { type: 'RetryLimitDecisionNode', settings: {} },
  ]
  const { body } = await admin.post('node-types?_action=outcomes', { nodes })
  expect(body.result).toMatchObject([
    { reads: ['transaction:notify'], writes: [] },
    {
      reads: ['backchannel-transaction', 'transaction:data'],
      writes: ['backchannel-sessionProperties', 'transaction:data'],
    },
    { reads: ['username'] },
  ])
})

test.each([
  [{}, 'nodes: must be a list'],
  [{ nodes: [{}] }, 'nodes.0.type: must be a text'],
  [{ nodes: [], innerNodes: { a: 1 } }, 'innerNodes.a'],
])('a request of %j is rejected', async (body, message) => {
  expect(await admin.post('node-types?_action=outcomes', body)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining(message) },
  })
})
