import { expect, test } from 'vitest'
import { changedNodes, uncoveredChanges } from './changed-nodes.ts'
import { configurationOf, oneOutcome, twoOutcomes, visitsOf } from './fixtures/configuration.ts'
import { OutcomeCounter } from './outcome-counter.ts'

type Journeys = Parameters<typeof configurationOf>[0]
type Scripts = Parameters<typeof configurationOf>[1]

const risk = {
  type: 'ScriptedDecisionNode',
  to: { low: 'check' },
  config: { script: 'risk', outcomes: ['low'], inputs: ['*'], outputs: ['*'] },
}
const check = { type: twoOutcomes, to: { true: 'success', false: 'failure' } }
const login = { name: { type: oneOutcome, to: { outcome: 'risk' } }, risk, check }
const scripts = {
  risk: { source: "require('scores')\noutcome = 'low'" },
  scores: { source: 'exports.low = 1', context: 'LIBRARY' },
}

function contentOf(journeys: Journeys, with_: Scripts = scripts) {
  return { ...configurationOf(journeys, with_), documents: [] }
}

function changes(journeys: Journeys, with_: Scripts = scripts): string[] {
  return changedNodes(contentOf({ Login: login }), contentOf(journeys, with_)).map(
    ({ journey, nodeId }) => `${journey}/${nodeId}`,
  )
}

test('finds nothing between equal configurations', () => {
  expect(changes({ Login: login })).toEqual([])
})

test('does not count coordinates', () => {
  expect(changes({ Login: { ...login, check: { ...check, at: [400, 80] } } })).toEqual([])
})

test('does not count a new display name', () => {
  const after = contentOf({ Login: login })
  for (const journey of after.journeys)
    for (const node of Object.values(journey.nodes)) node.displayName += '!'
  expect(changedNodes(contentOf({ Login: login }), after)).toEqual([])
})

test.each<[string, Journeys, string[]]>([
  ['a new node', { Login: { ...login, more: check } }, ['Login/more']],
  [
    'a connection',
    { Login: { ...login, check: { ...check, to: { true: 'success', false: 'name' } } } },
    ['Login/check'],
  ],
  [
    'a setting',
    { Login: { ...login, risk: { ...risk, config: { ...risk.config, inputs: ['username'] } } } },
    ['Login/risk'],
  ],
  ['a new journey', { Login: login, Other: { one: check } }, ['Other/one']],
])('finds the node of %s', (_what, journeys, nodes) => {
  expect(changes(journeys)).toEqual(nodes)
})

test('finds the nodes of a changed script', () => {
  expect(changes({ Login: login }, { ...scripts, risk: { source: "outcome = 'high'" } })).toEqual([
    'Login/risk',
  ])
})

test('finds the nodes whose script requires a changed library', () => {
  const scores = { source: 'exports.low = 2', context: 'LIBRARY' }
  expect(changes({ Login: login }, { ...scripts, scores })).toEqual(['Login/risk'])
})

test('finds the nodes of a changed custom node type', () => {
  const content = contentOf({ Login: { way: { type: 'designer-threeways' } } })
  const [type] = content.customNodeTypes
  if (type === undefined) throw new Error('no custom node type')
  const after = { ...content, customNodeTypes: [{ ...type, script: "action.goTo('low')" }] }
  expect(changedNodes(content, after).map(({ nodeId }) => nodeId)).toEqual(['way'])
})

test('finds the page of a changed node', () => {
  const page = {
    type: 'PageNode',
    to: { true: 'success', false: 'failure' },
    config: { nodes: [{ _id: 'name', nodeType: 'MessageNode', displayName: 'Name' }] },
  }
  const saying = (text: string) => {
    const content = contentOf({ Login: { page } })
    const child = { id: 'name', type: 'MessageNode', version: '1.0', config: { message: { en: text } } }
    return { ...content, nodes: [...content.nodes, child] }
  }
  const [before, after] = [saying('Go on?'), saying('Really?')]
  expect(changedNodes(before, after).map(({ nodeId }) => nodeId)).toEqual(['page'])
})

test('requires every outcome of a changed node, and says what changed', () => {
  const after = contentOf({
    Login: { ...login, check: { ...check, to: { true: 'success', false: 'name' } } },
  })
  const counter = new OutcomeCounter(after)
  counter.add(visitsOf('Login/check → true'))
  const uncovered = uncoveredChanges(counter.report(), changedNodes(contentOf({ Login: login }), after))
  expect(uncovered).toMatchObject([{ journey: 'Login', nodeId: 'check', outcome: 'false' }])
  expect(uncovered[0]?.words.join()).toContain('false')
})
