import { describe, expect, test } from 'vitest'
import { complaints, type SampleJourney, type SampleRealm } from '../../../../test/support/lint-realm.ts'
import { failureId, successId } from '../../../engine/journey.ts'

const said = (main: SampleJourney, more: Partial<SampleRealm> = {}) =>
  complaints('state-read-never-written', { ...more, journeys: { Main: main, ...more.journeys } }).map(
    ({ nodeId, message, remedy }) => ({ nodeId, message, remedy }),
  )

const user = { type: 'UsernameCollectorNode' }
const password = { type: 'PasswordCollectorNode' }
const check = { type: 'DataStoreDecisionNode', to: { true: successId, false: failureId } }
const notify = {
  type: 'BackchannelNotificationNode',
  config: { dataKey: 'told' },
  to: { success: successId, error: failureId },
}
const status = { type: 'BackChannelStatusNode', to: { success: successId } }
const initialize = (config = {}, next = successId) => ({
  type: 'BackChannelInitNode',
  config: { tree: 'Main', ...config },
  to: { created: next },
})
const script = (name: string, next: string, config = {}) => ({
  type: 'ScriptedDecisionNode',
  config: { script: name, outcomes: ['a'], ...config },
  to: { a: next },
})

describe('a required state key', () => {
  test('is reported when no path writes it', () => {
    const page = { type: 'PageNode', children: { user }, to: { outcome: 'check' } }
    expect(said({ nodes: { page, check } })).toMatchObject([
      {
        nodeId: 'check',
        message: "'Node check' needs the state key 'password', which no path to it writes.",
      },
    ])
  })

  test('is accepted when an earlier page asks for it', () => {
    const page = { type: 'PageNode', children: { user, password }, to: { outcome: 'check' } }
    expect(said({ nodes: { page, check } })).toEqual([])
  })

  test('is accepted when an earlier node on the same page writes it', () => {
    const page = { type: 'PageNode', children: { user, password, check }, to: check.to }
    expect(said({ nodes: { page } })).toEqual([])
    const late = { type: 'PageNode', children: { check, user, password }, to: check.to }
    expect(said({ nodes: { late } })).toHaveLength(2)
  })

  test('is accepted when an inner journey writes it', () => {
    const inner = {
      type: 'InnerTreeEvaluatorNode',
      config: { tree: 'Ask' },
      to: { true: 'check', false: failureId },
    }
    const ask = {
      nodes: { page: { type: 'PageNode', children: { user, password }, to: { outcome: successId } } },
    }
    expect(said({ nodes: { inner, check } }, { journeys: { Ask: ask } })).toEqual([])
  })

  test('is accepted in an inner journey when the outer one writes it', () => {
    const outer = {
      nodes: {
        page: { type: 'PageNode', children: { user, password }, to: { outcome: 'inner' } },
        inner: { type: 'InnerTreeEvaluatorNode', config: { tree: 'Main' } },
      },
    }
    expect(said({ nodes: { check } }, { journeys: { Outer: outer } })).toEqual([])
  })

  test('is accepted when it comes with a transaction, as the username of its subject or in its data', () => {
    const page = { type: 'PageNode', children: { password }, to: { outcome: 'check' } }
    const opened = (config: object) =>
      said({ nodes: { page, check } }, { journeys: { Front: { nodes: { open: initialize(config) } } } })
    expect(opened({ idType: 'USER', usernameKey: 'who' })).toEqual([])
    expect(opened({ dataKey: 'data' })).toEqual([])
    expect(opened({ idType: 'NONE' })).toHaveLength(1)
  })

  test('includes the declared inputs of a script', () => {
    const reads = (inputs: string[]) =>
      said({ nodes: { one: script('s1', successId, { inputs }) } }, { scripts: { s1: '' } })
    expect(reads(['flag'])).toHaveLength(1)
    expect(reads(['*'])).toEqual([])
    expect(reads([])).toEqual([])
  })
})

test('reports Backchannel Status without Backchannel Initialize', () => {
  expect(said({ nodes: { status } })).toEqual([
    {
      nodeId: 'status',
      message: "'Node status' needs the state key 'backchannel-transaction', which no path to it writes.",
      remedy: 'Make every path to it pass a Backchannel Initialize node.',
    },
  ])
  expect(said({ nodes: { open: initialize({}, 'status'), status } })).toEqual([])
})

describe("a Backchannel Notification node's Data Key", () => {
  const front: SampleJourney = { nodes: { open: initialize({ dataKey: 'data' }) } }
  const told = (source: string, config = {}) =>
    said(
      { nodes: { tell: { type: 'designer-tell', config, to: { next: 'notify' } }, notify } },
      {
        journeys: { Front: front },
        customNodeTypes: [{ serviceName: 'tell', script: source, properties: properties('key') }],
      },
    ).length

  test('does not come with the transaction', () => {
    expect(said({ nodes: { notify } }, { journeys: { Front: front } })).toMatchObject([
      { nodeId: 'notify', remedy: 'Make an earlier node write an object to the Data Key.' },
    ])
  })

  test.each([
    ['nodeState.putShared("told", {})', {}],
    ["sharedState.put('told', {})", {}],
    ['nodeState.putShared(properties.key, {})', { key: 'told' }],
    ['var k = properties["key"];\nnodeState.putTransient(k, {})', { key: 'told' }],
    ['nodeState.putShared(prefix + "d", {})', {}],
    ['nodeState.mergeShared({ told: {} })', {}],
    ['helper(nodeState)', {}],
    ['var k = "a"; k = "told"; nodeState.putShared(k, {})', {}],
  ])('may be written by %j', (source, config) => {
    expect(told(source, config)).toBe(0)
  })

  test.each([
    ['nodeState.putShared("other", {})', {}],
    ['nodeState.putShared(properties.key, {})', { key: 'other' }],
    ['var k = properties.key;\nnodeState.putShared(k, {})', { key: 'other' }],
    ['var told = nodeState.get("told")', {}],
    ['// nodeState.putShared("told", {})', {}],
    ['logger.error("no nodeState was written")', {}],
    ['outcome = "next"', {}],
  ])('is not written by %j', (source, config) => {
    expect(told(source, config)).toBe(1)
  })
})

function properties(name: string) {
  return {
    [name]: { title: name, description: '', type: 'STRING' as const, required: false, multivalued: false },
  }
}
