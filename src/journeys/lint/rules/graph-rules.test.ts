import { describe, expect, test } from 'vitest'
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
])('%s finds nothing in a valid journey', (rule) => {
  expect(said(rule, sound)).toEqual([])
})

test('reports a start that is not connected to a node of the journey', () => {
  expect(said('no-entry', { ...sound, entryNodeId: 'gone' })).toEqual([
    [undefined, 'The start is not connected to a node of the journey.'],
  ])
})

test('reports a journey without nodes', () => {
  expect(said('no-entry', { nodes: {} })).toEqual([[undefined, 'The journey has no nodes.']])
})

test('accepts a journey that starts with its end', () => {
  expect(said('no-entry', { ...sound, entryNodeId: failureId })).toEqual([])
})

test('reports an unreachable node once, and with no other rule', () => {
  const lost: SampleJourney = { nodes: { ...sound.nodes, lost: { type: 'NobodyKnowsNode', isBare: true } } }
  expect(said('unreachable-node', lost)).toEqual([['lost', "No path leads to 'Node lost'."]])
  expect(said('unknown-node-type', lost)).toEqual([])
})

test('ignores the connection of an unknown outcome when it looks for paths', () => {
  const nodes = {
    ask: { type: name, to: { outcome: successId, other: 'next' } },
    next: { type: name, to: { outcome: successId } },
  }
  expect(said('unreachable-node', { nodes })).toEqual([['next', "No path leads to 'Node next'."]])
  expect(said('unknown-outcome', { nodes })).toEqual([
    ['ask', "'Node ask' has no outcome 'other', but it is connected."],
  ])
})

test('reports outcomes without a connection, and connections to missing nodes', () => {
  expect(
    said('unconnected-outcome', {
      nodes: { level: { type: decide, config: { authLevelRequirement: 5 }, to: { true: 'gone' } } },
    }),
  ).toEqual([
    ['level', "Outcome 'True' of 'Node level' is connected to a node that is not in the journey."],
    ['level', "Outcome 'False' of 'Node level' is not connected."],
  ])
})

test('does not guess the outcomes of an unknown type', () => {
  const nodes = { odd: { type: 'NobodyKnowsNode', to: { maybe: successId } } }
  expect(said('unknown-outcome', { nodes })).toEqual([])
  expect(said('unconnected-outcome', { nodes })).toEqual([])
  expect(said('unknown-node-type', { nodes })).toEqual([
    ['odd', "'Node odd' is of type NobodyKnowsNode 1.0, which is not supported."],
  ])
})

test('takes the outcomes of a page from its last node, and does not guess those of an unknown type', () => {
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

test('reports an outcome that is connected to its own node', () => {
  const nodes = { ask: { type: name, to: { outcome: 'ask' } } }
  expect(said('self-connection', { nodes })).toEqual([
    ['ask', "Outcome 'outcome' of 'Node ask' is connected to the node itself."],
  ])
})

test('reports invalid settings with the reason', () => {
  const nodes = { level: { type: decide, config: { authLevelRequirement: 'high' } } }
  const [[nodeId, message] = []] = said('invalid-settings', { nodes })
  expect(nodeId).toBe('level')
  expect(message).toMatch(/^The settings of 'Node level' are invalid: authLevelRequirement: /)
})

test('reports missing settings', () => {
  const nodes = { ask: { type: name, isBare: true, to: { outcome: successId } } }
  expect(said('invalid-settings', { nodes })).toEqual([['ask', "The settings of 'Node ask' are not stored."]])
})

test('reports a loop without callbacks once', () => {
  const nodes = {
    one: { type: setState, to: { outcome: 'two' } },
    two: { type: setState, to: { outcome: 'three' } },
    three: { type: setState, to: { outcome: 'two' } },
  }
  expect(said('loop-without-callback', { nodes })).toEqual([
    ['two', "The loop of 'Node two', 'Node three' sends no callbacks."],
  ])
})

test('accepts a loop with callbacks', () => {
  const nodes = {
    one: { type: setState, to: { outcome: 'page' } },
    page: { type: 'PageNode', children: { user: { type: name } }, to: { outcome: 'one' } },
  }
  expect(said('loop-without-callback', { nodes })).toEqual([])
})

test('counts the callbacks of an inner journey', () => {
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

test('reports a journey that enters itself through another, but not one that is entered twice', () => {
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

describe('stand-ins', () => {
  const nodes = {
    risk: { type: 'product-PingOneProtectEvaluationNode', to: { low: 'success' } },
  }
  const messages = (rule: string, standIns?: NonNullable<Parameters<typeof complaints>[1]['standIns']>) =>
    complaints(rule, { journeys: { Main: { nodes } }, ...(standIns && { standIns }) }).map(
      ({ message }) => message,
    )
  const type = 'product-PingOneProtectEvaluationNode'

  test('are errors without a declaration', () => {
    expect(messages('stand-in')).toEqual([])
    expect(messages('stand-in-without-outcome')).toEqual([
      `'Node risk' is of type ${type}, for which the realm declares no stand-in.`,
    ])
  })

  test('are warnings that name the declared outcome', () => {
    const declared = [{ type, does: 'outcome' as const, outcome: 'low' }]
    expect(messages('stand-in', declared)).toEqual([
      `'Node risk' checks nothing here: the realm declares that ${type} always takes the outcome 'low'.`,
    ])
    expect(messages('stand-in-without-outcome', declared)).toEqual([])
  })

  test('are errors with a declared outcome that the node does not have', () => {
    const declared = [{ type, does: 'outcome' as const, outcome: 'true' }]
    expect(messages('stand-in-without-outcome', declared)).toEqual([
      `'Node risk' has no outcome 'true', which the realm declares for ${type}.`,
    ])
  })

  test('that were declared for a type that runs here have no effect, which a warning says', () => {
    const declared = [{ type: 'PushWaitNode', does: 'outcome' as const, outcome: 'DONE' }]
    const nodes = { wait: { type: 'PushWaitNode', to: { DONE: 'success', EXITED: 'failure' } } }
    const [found, ...others] = complaints('stand-in', { journeys: { Main: { nodes } }, standIns: declared })
    expect(found?.message).toBe(
      "'Node wait' runs here, so the stand-in that the realm declares for PushWaitNode has no effect: remove it.",
    )
    expect(others).toEqual([])
    expect(
      complaints('stand-in-without-outcome', { journeys: { Main: { nodes } }, standIns: declared }),
    ).toEqual([])
  })

  test('are warnings with a web service', () => {
    const declared = [{ type, does: 'hook' as const, outcome: '' }]
    expect(messages('stand-in', declared)).toEqual([
      `'Node risk' checks nothing here: a web service of the realm answers for ${type}.`,
    ])
    expect(messages('stand-in-without-outcome', declared)).toEqual([])
  })
})
