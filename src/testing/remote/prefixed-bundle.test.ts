import { expect, test } from 'vitest'
import { failureId, successId } from '../../engine/journey.ts'
import { emptyBundle } from '../../journeys/exchange/bundle.ts'
import { journeyDocumentSchema, nodeDocumentSchema } from '../../journeys/journey-document.ts'
import { customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import { scriptSchema } from '../../scripts/script.ts'
import { prefixedBundle } from './prefixed-bundle.ts'

const prefix = 'sidegate-0123abcd-'
const ids = { inner: 'i', page: 'p', child: 'c', script: 's', risk: 'risk-id', levels: 'levels-id' }

const placed = (nodeType: string, displayName: string, connections: Record<string, string>) => ({
  nodeType,
  displayName,
  connections,
})
const node = (id: string, type: string, config: object, version = '1.0') =>
  nodeDocumentSchema.parse({ id, type, version, config })
const script = (id: string, name: string, source: string, context: string) =>
  scriptSchema.parse({ id, name, source, context, evaluatorVersion: '2.0' })

const bundle = {
  ...emptyBundle(),
  journeys: [
    journeyDocumentSchema.parse({
      _id: 'Outer',
      entryNodeId: ids.inner,
      nodes: { [ids.inner]: placed('InnerTreeEvaluatorNode', 'In', { true: successId, false: failureId }) },
    }),
    journeyDocumentSchema.parse({
      _id: 'Inner',
      entryNodeId: ids.page,
      nodes: {
        [ids.page]: placed('PageNode', 'Page', { [`${ids.child}-yes`]: ids.script }),
        [ids.script]: placed('ScriptedDecisionNode', 'Risk', { low: successId, high: failureId }),
      },
    }),
  ],
  nodes: [
    node(ids.inner, 'InnerTreeEvaluatorNode', { tree: 'Inner' }),
    node(
      ids.page,
      'PageNode',
      { nodes: [{ _id: ids.child, nodeType: 'MessageNode', displayName: 'Ask' }] },
      '2.0',
    ),
    node(ids.child, 'MessageNode', {}),
    node(ids.script, 'ScriptedDecisionNode', { script: ids.risk, outcomes: ['low', 'high'] }),
  ],
  scripts: [
    script(ids.risk, 'risk', "require('levels'); outcome = 'low'", 'AUTHENTICATION_TREE_DECISION_NODE'),
    script(ids.levels, 'levels', 'exports.a = 1', 'LIBRARY'),
  ],
}

test('copies have new names and ids everywhere, in the order of their creation', () => {
  const { journeys, nodes, scripts } = prefixedBundle(bundle, ['Outer'], prefix)
  expect(journeys.map(({ _id }) => _id)).toEqual([`${prefix}Inner`, `${prefix}Outer`])
  expect(nodes.at(-1)?.type).toBe('PageNode')
  expect(nodes.find(({ type }) => type === 'InnerTreeEvaluatorNode')?.config.tree).toBe(`${prefix}Inner`)
  const [library, risk] = scripts
  expect(library?.name).toBe(`${prefix}levels`)
  expect(risk?.source).toBe(`require('${prefix}levels'); outcome = 'low'`)
  expect(nodes.find(({ type }) => type === 'ScriptedDecisionNode')?.config.script).toBe(risk?.id)
  const texts = JSON.stringify([journeys, nodes, scripts])
  for (const id of Object.values(ids)) expect(texts).not.toContain(`"${id}"`)
})

test('nodes of the copies are those of the project', () => {
  const { journeys, names, nodes } = prefixedBundle(bundle, ['Outer'], prefix)
  const copied = Object.fromEntries(nodes.map(({ id, type }) => [type, id]))
  const idOf = (type: string) => names.idOf(copied[type] ?? '')
  expect(idOf('ScriptedDecisionNode')).toBe(ids.script)
  expect(names.journeyOf(idOf('ScriptedDecisionNode'))).toBe('Inner')
  expect(names.isOnPage(idOf('MessageNode'))).toBe(true)
  expect(names.isOnPage(idOf('PageNode'))).toBe(false)
  expect(names.nameOf(journeys[1]?._id ?? '')).toBe('Outer')
  const [outcome = ''] = Object.keys(journeys[0]?.nodes[copied.PageNode ?? '']?.connections ?? {})
  expect(names.outcomeOf(outcome)).toBe(`${ids.child}-yes`)
  expect(names.outcomeOf('true')).toBe('true')
})

test('custom node types get other names, also inside pages and where a node imitates one', () => {
  const stamp = customNodeTypeSchema.parse({
    ...{ serviceName: 'stamp', displayName: 'Stamp', outcomes: ['done'] },
    script: "require('levels'); outcome = 'done'",
  })
  const inPage = { _id: 'in-page', nodeType: 'designer-stamp', displayName: 'Stamp' }
  const journey = journeyDocumentSchema.parse({
    ...{ _id: 'Stamps', entryNodeId: 'a' },
    nodes: {
      a: placed('designer-stamp', 'Stamp', { done: 'b' }),
      b: placed('PageNode', 'Page', { done: 'd' }),
      d: placed('ConfigProviderNode', 'Imitates', { done: successId }),
    },
  })
  const copies = prefixedBundle(
    {
      ...bundle,
      journeys: [journey],
      nodes: [
        node('a', 'designer-stamp', {}),
        node('b', 'PageNode', { nodes: [inPage] }, '2.0'),
        node('in-page', 'designer-stamp', {}),
        node('d', 'ConfigProviderNode', { nodeType: 'designer-stamp' }),
      ],
      customNodeTypes: [stamp],
    },
    ['Stamps'],
    prefix,
  )
  const [type] = copies.customNodeTypes
  expect(copies.names.typeOf(`designer-${type?.serviceName}`)).toBe(`designer-${stamp.serviceName}`)
  expect(type).toMatchObject({ serviceName: 'sidegate0123abcdstamp', displayName: `${prefix}Stamp` })
  expect(type?.script).toContain(`require('${prefix}levels')`)
  const texts = JSON.stringify([copies.journeys, copies.nodes])
  expect(texts.match(/"designer-sidegate0123abcdstamp"/g)).toHaveLength(5)
  expect(texts).not.toContain('"designer-stamp"')
})
