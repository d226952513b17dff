import { expect, test } from 'vitest'
import { complaints, type SampleJourney } from '../../../../test/support/lint-realm.ts'
import { successId } from '../../../engine/journey.ts'

type Children = NonNullable<SampleJourney['nodes'][string]['children']>

const said = (rule: string, children: Children) =>
  complaints(rule, {
    journeys: { Main: { nodes: { page: { type: 'PageNode', children, to: { outcome: successId } } } } },
  }).map(({ nodeId, message }) => [nodeId, message])

const user = { type: 'UsernameCollectorNode' }
const decides = { type: 'DataStoreDecisionNode' }

test.each(['page-child-outcomes', 'page-child-type', 'page-child-missing'])(
  '%s accepts a page whose last node decides',
  (rule) => {
    expect(said(rule, { user, decides })).toEqual([])
  },
)

test('reports a node with several outcomes that is not the last of its page', () => {
  expect(said('page-child-outcomes', { decides, user })).toEqual([
    ['decides', "'Node decides' has several outcomes and does not decide the outcome of page 'Node page'."],
  ])
})

/** Complaints about the outcomes of a page 2.0. */
const saidInV2 = (children: Children) =>
  complaints('page-child-outcomes', {
    journeys: { Main: { nodes: { page: { type: 'PageNode', version: '2.0', children } } } },
  }).map(({ nodeId }) => nodeId)

const passkey = { type: 'WebAuthnAuthenticationNode' }
const provider = { type: 'SelectIdPNode' }

test('accepts standalone nodes after the node that decides a page 2.0', () => {
  expect(saidInV2({ user, provider, passkey })).toEqual([])
  expect(saidInV2({ user, decides, passkey })).toEqual([])
  expect(said('page-child-outcomes', { user, provider, passkey })).toHaveLength(1)
})

test('reports nodes before it, and one whose outcomes a choice of providers replaces', () => {
  expect(saidInV2({ passkey, user })).toEqual(['passkey'])
  expect(saidInV2({ decides, user, passkey })).toEqual(['decides'])
  expect(saidInV2({ user, decides, provider })).toEqual(['decides'])
})

test.each(['PageNode', 'InnerTreeEvaluatorNode'])('reports a %s on a page', (type) => {
  expect(said('page-child-type', { inside: { type } })).toEqual([
    ['inside', `'Node inside' is of type ${type}, which is not allowed on page 'Node page'.`],
  ])
})

test('page-child-silent reports a node that asks for nothing, and no node that may ask', () => {
  const asks = { type: 'ScriptedDecisionNode' }
  const cloud = { type: 'product-PingOneProtectEvaluationNode' }
  expect(said('page-child-silent', { user, asks, cloud, decides })).toEqual([
    ['decides', "'Node decides' asks for nothing, and runs each time page 'Node page' is shown."],
  ])
})

test('reports a page without nodes', () => {
  expect(said('page-child-missing', {})).toEqual([['page', "Page 'Node page' has no nodes."]])
})

test('checks a page that contains itself', () => {
  const page = { type: 'PageNode', config: { nodes: [{ _id: 'page', nodeType: 'PageNode' }] } }
  expect(complaints('page-child-type', { journeys: { Main: { nodes: { page } } } })).toHaveLength(1)
})
