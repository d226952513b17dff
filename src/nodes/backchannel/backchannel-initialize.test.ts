import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import type { BackchannelPort, OpenTransaction } from '../ports/help-desk-ports.ts'
import { backchannelInitialize } from './backchannel-initialize.ts'

const parameters = 'realm=/alpha&authIndexType=transaction&authIndexValue=tx-1'
const links = {
  get: `http://am/XUI/?${parameters}`,
  post: `http://am/json/authenticate?${parameters}`,
  parameters,
}
const forUser = { tree: 'Verify', idType: 'USER', usernameKey: 'customer._id' }
const shared = { 'customer._id': 'u-1' }
const openFailed = [{ level: 'error', message: 'Error initializing back channel transaction.' }]

function answering(answer: Awaited<ReturnType<BackchannelPort['open']>>) {
  const opened: OpenTransaction[] = []
  const backchannel: Pick<BackchannelPort, 'open'> = {
    open: async (request) => {
      opened.push(request)
      return answer
    },
  }
  return { opened, ports: { backchannel: backchannel as BackchannelPort } }
}

const creating = () => answering({ kind: 'created', id: 'tx-1', links })

async function linkWith(config: JsonObject) {
  const { state } = await runNode(backchannelInitialize, {
    config: { tree: 'Verify', ...config },
    ports: creating().ports,
  })
  return state.shared['backchannel-redirectUri']
}

test('requires only a journey for a transaction open to anyone', async () => {
  const { opened, ports } = creating()
  const { action, state, log } = await runNode(backchannelInitialize, { config: { tree: 'Verify' }, ports })
  expect(action).toEqual({ kind: 'goTo', outcome: 'created' })
  expect(opened).toEqual([
    {
      journey: 'Verify',
      subject: undefined,
      data: {},
      timeoutSeconds: undefined,
      allowRetry: true,
      replaces: undefined,
    },
  ])
  expect(state.shared).toEqual({
    'backchannel-transaction': 'tx-1',
    'backchannel-redirectUri': links.get,
  })
  expect(log).toEqual([])
})

test.each([
  ['USER', 'user'],
  ['AGENT', 'agent'],
])('names a subject of type %s by the value under the key', async (idType, kind) => {
  const { opened, ports } = creating()
  await runNode(backchannelInitialize, { config: { ...forUser, idType }, shared, ports })
  expect(opened[0]?.subject).toEqual({ kind, name: 'u-1' })
})

test('ignores the name key if anyone may run the journey', async () => {
  const { opened, ports } = creating()
  await runNode(backchannelInitialize, { config: { ...forUser, idType: 'NONE' }, shared, ports })
  expect(opened[0]?.subject).toBeUndefined()
})

test.each<[string, JsonObject, JsonObject]>([
  ['no key', { tree: 'Verify', idType: 'USER' }, {}],
  ['no value', forUser, {}],
  ['a blank value', forUser, { 'customer._id': ' ' }],
  ['an object', forUser, { 'customer._id': { name: 'alex' } }],
  ['a number', forUser, { 'customer._id': 7 }],
  ['a path that only looks like the key', forUser, { customer: { _id: 'u-1' } }],
])('takes the outcome error with a warning for %s as subject', async (_case, config, state) => {
  const { opened, ports } = creating()
  const ran = await runNode(backchannelInitialize, { config, shared: state, ports })
  expect(outcomeOf(ran.action)).toBe('error')
  expect(ran.log).toEqual([{ level: 'warn', message: 'Error retrieving subject from node state.' }])
  expect(ran.state.shared).toEqual(state)
  expect(opened).toEqual([])
})

test('takes the outcome unknown for an unknown subject and writes nothing', async () => {
  const { ports } = answering({ kind: 'unknownSubject' })
  const { action, state, log } = await runNode(backchannelInitialize, { config: forUser, shared, ports })
  expect(outcomeOf(action)).toBe('unknown')
  expect(state.shared).toEqual(shared)
  expect(log).toEqual([])
})

test('takes the outcome error if the transaction cannot be created', async () => {
  const backchannel: Pick<BackchannelPort, 'open'> = { open: () => Promise.reject(new Error('away')) }
  const { action, state, log } = await runNode(backchannelInitialize, {
    config: forUser,
    shared,
    ports: { backchannel: backchannel as BackchannelPort },
  })
  expect(outcomeOf(action)).toBe('error')
  expect(state.shared).toEqual(shared)
  expect(log).toEqual(openFailed)
})

test('merges, passes on and stores the object under the data key', async () => {
  const { opened, ports } = creating()
  const { state } = await runNode(backchannelInitialize, {
    config: { tree: 'Verify', dataKey: 'backchannel:data' },
    shared: { 'backchannel:data': { username: 'alex' } },
    transient: { 'backchannel:data': { hint: 'one time' } },
    ports,
  })
  const data = { username: 'alex', hint: 'one time' }
  expect(opened[0]?.data).toEqual(data)
  expect(state.shared['backchannel-data']).toEqual(data)
})

test.each([{}, { 'backchannel:data': 'text' }, { 'backchannel:data': ['list'] }])(
  'passes on no data if the key holds no object: %j',
  async (state) => {
    const { opened, ports } = creating()
    const ran = await runNode(backchannelInitialize, {
      config: { tree: 'Verify', dataKey: 'backchannel:data' },
      shared: state,
      ports,
    })
    expect(outcomeOf(ran.action)).toBe('created')
    expect(opened[0]?.data).toEqual({})
    expect(ran.state.shared).not.toHaveProperty('backchannel-data')
  },
)

test('passes on lifetime and retry', async () => {
  const { opened, ports } = creating()
  await runNode(backchannelInitialize, {
    config: { tree: 'Verify', timeout: 600, allowRetry: false },
    ports,
  })
  expect(opened[0]).toMatchObject({ timeoutSeconds: 600, allowRetry: false })
})

test('replaces an earlier transaction and overwrites its keys', async () => {
  const { opened, ports } = creating()
  const { state } = await runNode(backchannelInitialize, {
    config: { tree: 'Verify' },
    shared: { 'backchannel-transaction': 'tx-0', 'backchannel-redirectUri': 'http://am/old' },
    ports,
  })
  expect(opened[0]?.replaces).toBe('tx-0')
  expect(state.shared).toEqual({
    'backchannel-transaction': 'tx-1',
    'backchannel-redirectUri': links.get,
  })
})

test.each<[string, JsonObject, string | undefined]>([
  ['to the sign-in page', { redirectUrlType: 'GET' }, links.get],
  ['to the authenticate endpoint', { redirectUrlType: 'POST' }, links.post],
  ['undefined without a redirect', { redirectUrlType: 'NONE' }, undefined],
  ['to a page', { redirectUrlType: 'CUSTOM', customRedirectUrl: 'https://a/b' }, `https://a/b?${parameters}`],
  [
    'to a page with a query',
    { redirectUrlType: 'CUSTOM', customRedirectUrl: 'https://a/b?c=d' },
    `https://a/b?c=d&${parameters}`,
  ],
  [
    'to a page with a fragment',
    { redirectUrlType: 'CUSTOM', customRedirectUrl: 'https://a/b#login' },
    `https://a/b?${parameters}#login`,
  ],
])('creates a link %s', async (_case, config, link) => {
  expect(await linkWith(config)).toBe(link)
})

test.each([{}, { customRedirectUrl: ' ' }])(
  'takes the outcome error for a custom link without a page: %j',
  async (config) => {
    const { opened, ports } = creating()
    const { action, log } = await runNode(backchannelInitialize, {
      config: { tree: 'Verify', redirectUrlType: 'CUSTOM', ...config },
      ports,
    })
    expect(outcomeOf(action)).toBe('error')
    expect(log).toEqual(openFailed)
    expect(opened).toEqual([])
  },
)

test.each([
  ['NONE', ['created', 'error']],
  ['USER', ['created', 'unknown', 'error']],
  ['AGENT', ['created', 'unknown', 'error']],
])('subject type %s offers the outcomes %j', (idType, ids) => {
  const config = backchannelInitialize.config.parse({ tree: 'Verify', idType })
  const around = { typeNamed: () => undefined, child: () => undefined }
  expect(outcomesOf(backchannelInitialize, config, around).map(({ id }) => id)).toEqual(ids)
})
