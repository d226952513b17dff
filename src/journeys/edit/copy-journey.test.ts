import { expect, test } from 'vitest'
import { successId } from '../../engine/journey.ts'
import { journeyDocumentSchema } from '../journey-document.ts'
import { copyJourney } from './copy-journey.ts'
import { withNodes } from './whole-journey.ts'

const uuid = '11111111-2222-4333-8444-555555555555'
const place = (nodeType: string, connections: Record<string, string>) => ({ nodeType, connections })
const journey = journeyDocumentSchema.parse({
  _id: 'Login',
  entryNodeId: 'page',
  nodes: {
    page: { ...place('PageNode', { 'ask-true': uuid, 'ask-false': successId }), version: '2.0' },
    [uuid]: place('SetStateNode', { outcome: 'page' }),
  },
})
const node = (id: string, type: string, config = {}) => [id, { id, type, version: '1.0', config }] as const
const whole = withNodes(
  journey,
  new Map([
    node('page', 'PageNode', {
      nodes: ['ask:MessageNode:Ask', { _id: 'name', nodeType: 'UsernameCollectorNode' }],
    }),
    node('ask', 'MessageNode', { message: { name: 'ask' } }),
    node('name', 'UsernameCollectorNode'),
    node(uuid, 'SetStateNode', { attributes: { name: 'page', at: uuid } }),
  ]),
)

test('replaces ids in the graph, in the lists of pages, and in the outcomes of pages', () => {
  let next = 0
  const draft = copyJourney(whole, 'Copy', () => `new-${++next}`)
  expect(draft.journey).toMatchObject({
    _id: 'Copy',
    entryNodeId: 'new-1',
    nodes: {
      'new-1': { connections: { 'new-2-true': 'new-4', 'new-2-false': successId } },
      'new-4': { connections: { outcome: 'new-1' } },
    },
  })
  expect(draft.nodes.get('new-1')?.config.nodes).toEqual([
    'new-2:MessageNode:Ask',
    { _id: 'new-3', nodeType: 'UsernameCollectorNode' },
  ])
  expect(draft.sent).toEqual({ nodes: ['new-1', 'new-4'], innerNodes: ['new-2', 'new-3'] })
})

test('replaces an id in a text only if it can’t be anything else', () => {
  const draft = copyJourney(whole, 'Copy', () => 'new')
  const settings = (id: string) => [...draft.nodes.values()].find((each) => each.type === id)?.config
  expect(settings('SetStateNode')).toEqual({ attributes: { name: 'page', at: 'new' } })
  const kept = copyJourney(
    whole,
    'Copy',
    (() => {
      let next = 0
      return () => `id-${++next}`
    })(),
  )
  expect([...kept.nodes.values()].find(({ type }) => type === 'MessageNode')?.config).toEqual({
    message: { name: 'ask' },
  })
})
