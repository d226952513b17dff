import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { JsonObject } from '../base/json.ts'
import { goTo } from '../engine/action.ts'
import type { AnyNodeType } from '../engine/node-type.ts'
import { customNodeTypeSchema } from '../nodes/custom-node-type.ts'
import { type Script, scriptSchema } from '../scripts/script.ts'
import { journeyDocumentSchema, type NodeDocument } from './journey-document.ts'
import { freeze, type RealmConfiguration, revisionSchema, type TypeLookup } from './revision.ts'

type Placed = { type: string; to?: Record<string, string>; version?: string; name?: string }

function journey(_id: string, nodes: Record<string, Placed>, more: JsonObject = {}) {
  const placed = Object.entries(nodes).map(([id, { type, to = {}, version, name = `Node ${id}` }]) => [
    id,
    { nodeType: type, connections: to, displayName: name, ...(version && { version }), x: 10, y: 20 },
  ])
  return journeyDocumentSchema.parse({
    _id,
    entryNodeId: Object.keys(nodes)[0] ?? '',
    nodes: Object.fromEntries(placed),
    ...more,
  })
}

const node = (id: string, type: string, config: JsonObject = {}, version = '1.0'): NodeDocument => ({
  id,
  type,
  version,
  config,
})

const script = (
  id: string,
  context = 'AUTHENTICATION_TREE_DECISION_NODE',
  more: Partial<Script> = {},
): Script => scriptSchema.parse({ id, name: `Script ${id}`, source: `// ${id}`, context, ...more })

const collector: AnyNodeType = {
  type: 'Collector',
  version: '1.0',
  title: 'Collector',
  help: '',
  tags: [],
  config: z.object({ key: z.string() }),
  outcomes: { all: { outcome: 'Outcome' } },
  reads: ({ key }: { key: string }, id) => [key, `${id}.count`],
  needs: [],
  run: () => goTo('outcome'),
}
const typeNamed: TypeLookup = (type, version) =>
  type === 'Collector' && version === '1.0' ? collector : undefined

const realm = (more: Partial<RealmConfiguration>): RealmConfiguration => ({
  realm: '/alpha',
  journeys: [],
  nodes: [],
  scripts: [],
  customNodeTypes: [],
  ...more,
})

const freezeIn = (name: string, more: Partial<RealmConfiguration>, types = typeNamed) =>
  freeze(name, realm(more), types)

describe('a frozen journey', () => {
  it('is undefined for an unknown name', () => {
    expect(freezeIn('Login', {})).toBeUndefined()
    expect(freezeIn('constructor', { journeys: [journey('Login', {})] })).toBeUndefined()
  })

  it('contains the graph, the settings and the keys that each node reads, but no layout', () => {
    const frozen = freezeIn('Login', {
      journeys: [
        journey(
          'Login',
          { n: { type: 'Collector', to: { outcome: 'end' } } },
          {
            mustRun: true,
            treeTimeout: 15,
            description: 'Signs in',
            uiConfig: { categories: '[]' },
            staticNodes: { startNode: { x: 1, y: 2 } },
          },
        ),
      ],
      nodes: [node('n', 'Collector', { key: 'username' }), node('other', 'Collector', { key: 'unused' })],
    })
    expect(frozen).toEqual({
      v: 1,
      realm: '/alpha',
      root: 'Login',
      journeys: {
        Login: {
          name: 'Login',
          entryNodeId: 'n',
          enabled: true,
          innerTreeOnly: false,
          mustRun: true,
          noSession: false,
          transactionalOnly: false,
          treeTimeout: 15,
          identityResource: 'managed/alpha_user',
          nodes: {
            n: {
              type: 'Collector',
              version: '1.0',
              displayName: 'Node n',
              config: { key: 'username' },
              reads: ['username', 'n.count'],
              connections: { outcome: 'end' },
            },
          },
          children: {},
        },
      },
      scripts: {},
      customNodeTypes: [],
    })
  })

  it('is the same after it is stored and read', () => {
    const frozen = freezeIn('Login', {
      journeys: [journey('Login', { n: { type: 'Collector' } })],
      nodes: [node('n', 'Collector', { key: 'username', script: 's' })],
      scripts: [script('s')],
    })
    expect(revisionSchema.parse(JSON.parse(JSON.stringify(frozen)))).toEqual(frozen)
  })

  it.each([
    ['/', 'managed/user'],
    ['/alpha', 'managed/alpha_user'],
  ])('of realm %s uses %s by default', (path, resource) => {
    const journeys = [journey('Login', {}), journey('Other', {}, { identityResource: 'managed/device' })]
    expect(freezeIn('Login', { realm: path, journeys })?.journeys.Login?.identityResource).toBe(resource)
    expect(freezeIn('Other', { realm: path, journeys })?.journeys.Other?.identityResource).toBe(
      'managed/device',
    )
  })

  it.each([
    ['the resource of a node', { key: 'a', identityResource: 'managed/user' }, 'managed/user'],
    ['the default of a node', { key: 'a' }, 'managed/device'],
  ])('takes %s if it names none itself', (_what, config, resource) => {
    const config2 = z.object({ key: z.string(), identityResource: z.string().default('managed/device') })
    const frozen = freezeIn(
      'Login',
      { journeys: [journey('Login', { n: { type: 'Collector' } })], nodes: [node('n', 'Collector', config)] },
      (type) => (type === 'Collector' ? { ...collector, config: config2 } : undefined),
    )
    expect(frozen?.journeys.Login?.identityResource).toBe(resource)
  })

  it.each([
    ['of an unknown type', node('n', 'Unheard', { key: 'a' }), {}],
    ['of an unknown version', node('n', 'Collector', { key: 'a' }, '9.0'), { version: '9.0' }],
    ['with invalid settings', node('n', 'Collector', { key: 3 }), {}],
    ['without settings', node('elsewhere', 'Collector'), {}],
  ])('keeps a node %s, which reads nothing and fails only when it runs', (_what, document, more) => {
    const frozen = freezeIn('Login', {
      journeys: [journey('Login', { n: { type: document.type, ...more } })],
      nodes: [document],
    })
    expect(frozen?.journeys.Login?.nodes.n).toMatchObject({ type: document.type, reads: [] })
  })

  it('takes the version of a node from the journey, then from its settings', () => {
    const frozen = freezeIn('Login', {
      journeys: [journey('Login', { a: { type: 'T', version: '3.0' }, b: { type: 'T' }, c: { type: 'T' } })],
      nodes: [node('a', 'T', {}, '2.0'), node('b', 'T', {}, '2.0')],
    })
    const { a, b, c } = frozen?.journeys.Login?.nodes ?? {}
    expect([a?.version, b?.version, c?.version]).toEqual(['3.0', '2.0', '1.0'])
  })

  it('contains the nodes on its pages', () => {
    const frozen = freezeIn('Login', {
      journeys: [journey('Login', { page: { type: 'PageNode' } })],
      nodes: [
        node('page', 'PageNode', {
          nodes: [
            { _id: 'c1', nodeType: 'Collector', displayName: 'User Name' },
            { _id: 'c2', nodeType: 'Collector', displayName: 'No settings' },
          ],
        }),
        node('c1', 'Collector', { key: 'username' }),
      ],
    })
    expect(frozen?.journeys.Login?.children).toEqual({
      c1: {
        type: 'Collector',
        version: '1.0',
        displayName: 'User Name',
        config: { key: 'username' },
        reads: ['username', 'c1.count'],
      },
      c2: { type: 'Collector', version: '1.0', displayName: 'No settings', config: {}, reads: [] },
    })
  })

  it('does not change with the configuration', () => {
    const from = realm({
      journeys: [journey('Login', { n: { type: 'Collector' } })],
      nodes: [node('n', 'Collector', { key: 'before' })],
    })
    const frozen = freeze('Login', from, typeNamed)
    const content = JSON.stringify(frozen)
    const after = { ...from, nodes: [node('n', 'Collector', { key: 'after' })] }
    expect(JSON.stringify(freeze('Login', after, typeNamed))).not.toBe(content)
    expect(JSON.stringify(frozen)).toBe(content)
  })
})

describe('inner journeys of a frozen journey', () => {
  const inner = (id: string, tree: string) => node(id, 'InnerTreeEvaluatorNode', { tree })
  const enters = (id: string): Record<string, Placed> => ({ [id]: { type: 'InnerTreeEvaluatorNode' } })

  it('are included, also nested ones and cycles, but no others', () => {
    const frozen = freezeIn('A', {
      journeys: [
        journey('A', enters('a')),
        journey('B', enters('b')),
        journey('C', enters('c')),
        journey('D', {}),
      ],
      nodes: [inner('a', 'B'), inner('b', 'C'), inner('c', 'A')],
    })
    expect(Object.keys(frozen?.journeys ?? {}).sort()).toEqual(['A', 'B', 'C'])
  })

  it('are left out if they do not exist', () => {
    const frozen = freezeIn('A', { journeys: [journey('A', enters('a'))], nodes: [inner('a', 'Nowhere')] })
    expect(Object.keys(frozen?.journeys ?? {})).toEqual(['A'])
  })

  it('are all journeys of the realm if a script chooses the one to enter', () => {
    const frozen = freezeIn('A', {
      journeys: [journey('A', { p: { type: 'ConfigProviderNode' } }), journey('B', {}), journey('C', {})],
      nodes: [node('p', 'ConfigProviderNode', { nodeType: 'InnerTreeEvaluatorNode', script: 's' })],
    })
    expect(Object.keys(frozen?.journeys ?? {}).sort()).toEqual(['A', 'B', 'C'])
  })
})

describe('scripts and custom node types of a frozen journey', () => {
  const used = {
    journeys: [journey('Login', { n: { type: 'Collector' }, page: { type: 'PageNode' } })],
    nodes: [
      node('n', 'Collector', { key: 'k', script: 's1' }),
      node('page', 'PageNode', { nodes: ['child:Collector:Child'] }),
      node('child', 'Collector', { key: 'k', script: 's2' }),
    ],
  }

  it('are those of its nodes, also on pages, and every library', () => {
    const scripts = [script('s1'), script('s2'), script('unused'), script('lib', 'LIBRARY')]
    const frozen = freezeIn('Login', { ...used, scripts })
    expect(Object.keys(frozen?.scripts ?? {})).toEqual(['s1', 's2', 'lib'])
    expect(frozen?.scripts.s1).toEqual({
      id: 's1',
      name: 'Script s1',
      context: 'AUTHENTICATION_TREE_DECISION_NODE',
      evaluatorVersion: '1.0',
      source: '// s1',
    })
  })

  it('exclude libraries if the journey has no scripts', () => {
    const journeys = [journey('Login', { n: { type: 'Collector' } })]
    expect(freezeIn('Login', { journeys, scripts: [script('lib', 'LIBRARY')] })?.scripts).toEqual({})
  })

  const custom = ['a1', 'b2', 'c3'].map((serviceName) =>
    customNodeTypeSchema.parse({
      serviceName,
      displayName: serviceName,
      description: '',
      outcomes: ['Next'],
      inputs: [],
      outputs: [],
      script: 'action.goTo("Next")',
      properties: {},
    }),
  )

  it('include the custom types of its nodes, and those that a Configuration Provider imitates', () => {
    const frozen = freezeIn('Login', {
      journeys: [journey('Login', { n: { type: 'designer-a1' }, p: { type: 'ConfigProviderNode' } })],
      nodes: [node('n', 'designer-a1'), node('p', 'ConfigProviderNode', { nodeType: 'designer-b2' })],
      customNodeTypes: custom,
    })
    expect(frozen?.customNodeTypes.map(({ serviceName }) => serviceName)).toEqual(['a1', 'b2'])
  })
})
