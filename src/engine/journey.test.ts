import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFiles } from '../journeys/exchange/read-files.ts'
import { freeze, type RealmConfiguration, type TypeLookup } from '../journeys/revision.ts'
import { nodeTypeNamed } from '../nodes/catalogue.ts'
import { designerNode } from '../nodes/designer-node.ts'
import { failureId, type Journey, type Journeys, nodeOf, pageChildren, successId } from './journey.ts'
import { outcomesOf } from './node-type.ts'

describe('the children of a page', () => {
  it.each([
    [
      'objects',
      { _id: 'c1', nodeType: 'UsernameCollectorNode', displayName: 'Name', nodeVersion: '2.0' },
      { id: 'c1', type: 'UsernameCollectorNode', displayName: 'Name', version: '2.0' },
    ],
    [
      'objects without name and version',
      { _id: 'c1', nodeType: 'UsernameCollectorNode' },
      { id: 'c1', type: 'UsernameCollectorNode', displayName: '', version: undefined },
    ],
    [
      'texts',
      'c1:UsernameCollectorNode:Name',
      { id: 'c1', type: 'UsernameCollectorNode', displayName: 'Name', version: undefined },
    ],
    [
      'texts with a version',
      'c1:UsernameCollectorNode:2.0:Name',
      { id: 'c1', type: 'UsernameCollectorNode', displayName: 'Name', version: '2.0' },
    ],
  ])('are read from %s', (_form, written, child) => {
    expect(pageChildren({ nodes: [written] })).toEqual([child])
  })

  it.each([[{}], [{ nodes: 'c1:Type:Name' }], [{ nodes: [null, 3, '', 'c1', ':Type', { _id: 'c1' }] }]])(
    'are missing in %j',
    (config) => {
      expect(pageChildren(config)).toEqual([])
    },
  )
})

const samples = join(import.meta.dirname, '..', '..', 'samples')
const realms = [
  { realm: '/', folders: ['root'] },
  { realm: '/alpha', folders: ['alpha', 'custom-nodes'] },
]

function readRealm({ realm, folders }: (typeof realms)[number]): RealmConfiguration {
  return {
    realm,
    ...readFiles(
      folders.map((folder) => join(samples, folder)),
      { realm },
    ),
  }
}

const configurations = realms.map(readRealm)
const designed = new Map(
  configurations
    .flatMap(({ customNodeTypes }) => customNodeTypes)
    .map((type) => [`designer-${type.serviceName}`, designerNode(type)]),
)
const typeNamed: TypeLookup = (type, version) => nodeTypeNamed(type, version) ?? designed.get(type)

const sampleJourneys = configurations.flatMap((configuration) =>
  configuration.journeys.map(({ _id: name }) => ({
    name,
    realm: configuration.realm,
    journeys: freeze(name, configuration, typeNamed)?.journeys ?? {},
  })),
)

/** The ends of all paths from a node that visit no node twice. */
function endsOf(journey: Journey, nodeId: string, passed: readonly string[] = []): string[] {
  if (nodeId === successId) return ['success']
  if (nodeId === failureId) return ['failure']
  if (passed.includes(nodeId)) return []
  const node = journey.nodes[nodeId]
  if (node === undefined) return [`${[...passed, nodeId].join(' → ')} is not there`]
  return Object.values(node.connections).flatMap((next) => endsOf(journey, next, [...passed, nodeId]))
}

function offeredBy(journey: Journey, nodeId: string): string[] {
  const node = journey.nodes[nodeId]
  const type = node && typeNamed(node.type, node.version)
  if (node === undefined || type === undefined) return []
  return outcomesOf(type, type.config.parse(node.config), {
    typeNamed: (name) => typeNamed(name),
    child: (id) => journey.children[id],
  }).map(({ id }) => id)
}

describe('the samples', () => {
  it('have journeys in both realms', () => {
    expect(new Set(sampleJourneys.map(({ realm }) => realm))).toEqual(new Set(['/', '/alpha']))
  })

  it.each(sampleJourneys)('$realm $name ends on every simple path', ({ name, journeys }) => {
    const journey = mustFind(journeys, name)
    const ends = new Set(endsOf(journey, journey.entryNodeId))
    expect([...ends].filter((end) => end !== 'success' && end !== 'failure')).toEqual([])
    expect(ends).toContain('success')
  })

  it.each(sampleJourneys)('$realm $name has an end within reach of every node', ({ name, journeys }) => {
    const journey = mustFind(journeys, name)
    const stuck = Object.keys(journey.nodes).filter((id) => endsOf(journey, id).length === 0)
    expect(stuck).toEqual([])
  })

  it.each(sampleJourneys)(
    '$realm $name uses known node types with settings that fit',
    ({ name, journeys }) => {
      const { nodes, children } = mustFind(journeys, name)
      for (const [id, node] of Object.entries({ ...nodes, ...children })) {
        const type = typeNamed(node.type, node.version)
        expect(type, `${node.type} ${node.version} of ${id}`).toBeDefined()
        expect(type?.config.safeParse(node.config).error, `settings of ${node.displayName}`).toBeUndefined()
      }
    },
  )

  it.each(sampleJourneys)('$realm $name brings every inner journey it enters', ({ name, journeys }) => {
    const { nodes } = mustFind(journeys, name)
    const entered = Object.values(nodes)
      .filter(({ type }) => type === 'InnerTreeEvaluatorNode')
      .map(({ config }) => String(config.tree))
    expect(entered.filter((inner) => journeys[inner] === undefined)).toEqual([])
  })

  it('leave no outcome open', () => {
    const open = sampleJourneys.flatMap(({ realm, name, journeys }) => {
      const journey = mustFind(journeys, name)
      return Object.entries(journey.nodes).flatMap(([id, node]) =>
        offeredBy(journey, id)
          .filter((outcome) => !Object.hasOwn(node.connections, outcome))
          .map((outcome) => `${realm} ${name}: ${node.displayName}: ${outcome}`),
      )
    })
    expect(open).toEqual([])
  })

  it('connect no outcome that the node does not offer', () => {
    const unknown = sampleJourneys.flatMap(({ realm, name, journeys }) => {
      const journey = mustFind(journeys, name)
      return Object.entries(journey.nodes).flatMap(([id, node]) => {
        const offered = offeredBy(journey, id)
        return Object.keys(node.connections)
          .filter((outcome) => !offered.includes(outcome))
          .map((outcome) => `${realm} ${name}: ${node.displayName}: ${outcome}`)
      })
    })
    expect(unknown).toEqual([])
  })
})

function mustFind(journeys: Journeys, name: string): Journey {
  const journey = journeys[name]
  if (journey === undefined) throw new Error(`${name} cannot be frozen`)
  return journey
}

describe('finding a node', () => {
  it('finds own members alone', () => {
    const { name, journeys } = sampleJourneys[0] ?? { name: '', journeys: {} }
    const { entryNodeId } = mustFind(journeys, name)
    expect(nodeOf(journeys, { journey: name, nodeId: entryNodeId })?.displayName).toBeTypeOf('string')
    expect(nodeOf(journeys, { journey: 'constructor', nodeId: entryNodeId })).toBeUndefined()
    expect(nodeOf(journeys, { journey: name, nodeId: 'constructor' })).toBeUndefined()
    expect(nodeOf(journeys, { journey: name, nodeId: successId })).toBeUndefined()
  })
})
