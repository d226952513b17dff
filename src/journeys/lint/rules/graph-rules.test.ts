import { expect, test } from 'vitest'
import { complaints, type SampleJourney } from '../../../../test/support/lint-realm.ts'
import { failureId, successId } from '../../../engine/journey.ts'

const name = 'UsernameCollectorNode'
const decide = 'AuthLevelDecisionNode'
const setState = 'SetStateNode'

const said = (rule: string, main: SampleJourney) =>
  complaints(rule, { journeys: { Main: main } }).map(({ nodeId, message }) => [nodeId, message])

const sound: SampleJourney = {
  nodes: {
    ask: { type: name, to: { outcome: 'level' } },
    level: { type: decide, config: { authLevelRequirement: 5 }, to: { true: successId, false: failureId } },
  },
}

test.each([
  'no-entry',
  'unreachable-node',
  'unconnected-outcome',
  'unknown-outcome',
  'self-connection',
  'unknown-node-type',
  'invalid-settings',
  'loop-without-callback',
])('%s finds nothing in a journey that is connected well', (rule) => {
  expect(said(rule, sound)).toEqual([])
})

test('a journey that begins at no node of its own begins nowhere', () => {
  expect(said('no-entry', { ...sound, entryNodeId: 'gone' })).toEqual([
    [undefined, 'The journey begins nowhere.'],
  ])
})

test('a journey without nodes says so, whatever it begins with', () => {
  expect(said('no-entry', { nodes: {} })).toEqual([[undefined, 'The journey has no nodes.']])
})

test('a journey may begin with its own end', () => {
  expect(said('no-entry', { ...sound, entryNodeId: failureId })).toEqual([])
})

test('a node that no path leads to is named once, and nothing else is said about it', () => {
  const lost: SampleJourney = { nodes: { ...sound.nodes, lost: { type: 'NobodyKnowsNode', isBare: true } } }
  expect(said('unreachable-node', lost)).toEqual([['lost', "No path leads to 'Node lost'."]])
  expect(said('unknown-node-type', lost)).toEqual([])
})

test('a connection of an outcome that is not there leads nobody on', () => {
  const nodes = {
    ask: { type: name, to: { outcome: successId, other: 'next' } },
    next: { type: name, to: { outcome: successId } },
  }
  expect(said('unreachable-node', { nodes })).toEqual([['next', "No path leads to 'Node next'."]])
  expect(said('unknown-outcome', { nodes })).toEqual([
    ['ask', "'Node ask' has no outcome 'other', and it is connected."],
  ])
})

test('an outcome without a connection leads nowhere, and one to a node that is gone too', () => {
  expect(
    said('unconnected-outcome', {
      nodes: { level: { type: decide, config: { authLevelRequirement: 5 }, to: { true: 'gone' } } },
    }),
  ).toEqual([
    ['level', "Outcome 'True' of 'Node level' leads to a node that is not in the journey."],
    ['level', "Outcome 'False' of 'Node level' leads nowhere."],
  ])
})

test('what outcomes a node of an unknown type has is not guessed', () => {
  const nodes = { odd: { type: 'NobodyKnowsNode', to: { maybe: successId } } }
  expect(said('unknown-outcome', { nodes })).toEqual([])
  expect(said('unconnected-outcome', { nodes })).toEqual([])
  expect(said('unknown-node-type', { nodes })).toEqual([
    ['odd', "'Node odd' is of type NobodyKnowsNode 1.0, which is not supported."],
  ])
})

test('a page has the outcomes of its last node, none of which are guessed when its type is unknown', () => {
  const page = (last: string): SampleJourney => ({
    nodes: {
      page: {
        type: 'PageNode',
        children: { user: { type: name }, last: { type: last } },
        to: { outcome: successId, more: failureId },
      },
    },
  })
  expect(said('unknown-outcome', page('PasswordCollectorNode'))).toHaveLength(1)
  expect(said('unknown-outcome', page('NobodyKnowsNode'))).toEqual([])
})

test('an outcome that leads back to its own node is named', () => {
  const nodes = { ask: { type: name, to: { outcome: 'ask' } } }
  expect(said('self-connection', { nodes })).toEqual([
    ['ask', "Outcome 'outcome' of 'Node ask' leads back to the node itself."],
  ])
})

test('settings that the type does not accept are named with the reason', () => {
  const nodes = { level: { type: decide, config: { authLevelRequirement: 'high' } } }
  const [[nodeId, message] = []] = said('invalid-settings', { nodes })
  expect(nodeId).toBe('level')
  expect(message).toMatch(/^The settings of 'Node level' are not accepted: authLevelRequirement: /)
})

test('settings that nobody has stored are missed', () => {
  const nodes = { ask: { type: name, isBare: true, to: { outcome: successId } } }
  expect(said('invalid-settings', { nodes })).toEqual([['ask', "The settings of 'Node ask' are not stored."]])
})

test('a circle in which nobody is asked is found once', () => {
  const nodes = {
    one: { type: setState, to: { outcome: 'two' } },
    two: { type: setState, to: { outcome: 'three' } },
    three: { type: setState, to: { outcome: 'two' } },
  }
  expect(said('loop-without-callback', { nodes })).toEqual([
    ['two', "The circle of 'Node two', 'Node three' asks nobody anything."],
  ])
})

test('a circle with a question in it is none', () => {
  const nodes = {
    one: { type: setState, to: { outcome: 'page' } },
    page: { type: 'PageNode', children: { user: { type: name } }, to: { outcome: 'one' } },
  }
  expect(said('loop-without-callback', { nodes })).toEqual([])
})

test('an inner journey counts as a question when it asks one', () => {
  const through = (inner: SampleJourney) =>
    complaints('loop-without-callback', {
      journeys: {
        Main: {
          nodes: {
            set: { type: setState, to: { outcome: 'inner' } },
            inner: {
              type: 'InnerTreeEvaluatorNode',
              config: { tree: 'Inner' },
              to: { true: successId, false: 'set' },
            },
          },
        },
        Inner: inner,
      },
    })
  expect(through(sound)).toEqual([])
  expect(through({ nodes: { set: { type: setState, to: { outcome: failureId } } } })).toHaveLength(1)
})

test('a journey that enters itself through another is recursive, and one that is entered twice is not', () => {
  const enter = (tree: string, next: string) => ({
    type: 'InnerTreeEvaluatorNode',
    config: { tree },
    to: { true: next, false: failureId },
  })
  const rule = 'inner-journey-recursion'
  const round = {
    journeys: {
      Main: { nodes: { a: enter('Inner', successId) } },
      Inner: { nodes: { b: enter('Main', successId) } },
    },
  }
  expect(complaints(rule, round).map(({ message }) => message)).toEqual([
    "'Node a' enters 'Inner', which leads back into this journey.",
  ])
  const twice = {
    journeys: { Main: { nodes: { a: enter('Inner', 'b'), b: enter('Inner', successId) } }, Inner: sound },
  }
  expect(complaints(rule, twice)).toEqual([])
})
