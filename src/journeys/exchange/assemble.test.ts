import { expect, test } from 'vitest'
import { readBundle } from './read-bundle.ts'

const node = (id: string, script: string) => ({
  _id: id,
  _type: { _id: 'ScriptedDecisionNode', name: 'Scripted Decision', collection: true },
  script,
  outcomes: ['outcome'],
})

function part(name: string, id: string, source: string) {
  return {
    tree: {
      _id: name,
      entryNodeId: id,
      nodes: {
        [id]: { nodeType: 'ScriptedDecisionNode', displayName: id, connections: {}, x: null, y: null },
      },
      uiConfig: [],
      treeTimeout: null,
    },
    nodes: { [id]: node(id, 'script-1') },
    scripts: { 'script-1': { _id: 'script-1', name: 'Shared', script: source, context: 'C' } },
  }
}

const read = (json: Parameters<typeof readBundle>[0]) => readBundle(json, { realm: '/alpha' })
const messages = (json: Parameters<typeof readBundle>[0]) => read(json).findings.map(({ message }) => message)

test('accepts a script in two journeys if its source is the same', () => {
  const same = { trees: { A: part('A', 'a', 'x()'), B: part('B', 'b', 'x()') } }
  expect(read(same).findings).toEqual([])
  expect(read(same).scripts).toHaveLength(1)
  const other = { trees: { A: part('A', 'a', 'x()'), B: part('B', 'b', 'y()') } }
  expect(read(other).findings).toEqual([
    {
      kind: 'conflict',
      message: "Script 'Shared' exists twice, in journey 'A' and journey 'B', with different content",
      about: { kind: 'script', id: 'script-1' },
    },
  ])
})

test('rejects one id for two different nodes or journeys', () => {
  const a = part('A', 'n', 'x()')
  const nodes = {
    tree: a.tree,
    nodes: [
      { _id: 'n', details: { script: 'one' } },
      { _id: 'n', details: {} },
    ],
  }
  expect(messages(nodes)).toEqual([expect.stringMatching(/^Node 'n \(ScriptedDecisionNode\)' exists twice/)])
  const journeys = { trees: { A: a, B: { ...part('A', 'm', 'x()') } } }
  expect(messages(journeys)).toContain(
    "Journey 'A' exists twice, in journey 'A' and journey 'B', with different content",
  )
})

test.each([
  ['Ünïcode 旅 and spaces'],
  ['-test'],
  ['Registration - Translated'],
  ["quote's & <tags>"],
  ['%2f?#'],
])('accepts %s as the name of a journey', (name) => {
  expect(read(part(name, 'n', '')).journeys.map(({ _id }) => _id)).toEqual([name])
})

test.each([['a/b'], ['line\nbreak'], ['x'.repeat(256)], ['__proto__']])(
  'leaves out a journey whose name can’t be part of an address: %j',
  (name) => {
    const bundle = read(part(name, 'n', ''))
    expect(bundle.journeys).toEqual([])
    expect(bundle.findings[0]).toEqual({
      kind: 'unreadable',
      message: `Journey '${name}' has an invalid name`,
      about: { kind: 'journey', id: name },
    })
  },
)

test.each([
  ['that the journey names', 'ScriptedDecisionNode', 'ScriptedDecisionNode', []],
  [
    'nowhere',
    '',
    undefined,
    [
      {
        kind: 'unreadable',
        message: expect.stringMatching(/^Node 'n': type: Too small/),
        about: { kind: 'node', id: 'n' },
      },
    ],
  ],
])('gives a node without a type the one %s', (_where, nodeType, type, findings) => {
  const { tree, nodes } = part('A', 'n', 'x()')
  const place = { nodeType, displayName: 'n', connections: {} }
  const json = {
    tree: { ...tree, nodes: { n: place } },
    nodes: { n: { ...nodes.n, _type: { _id: '' } } },
    scripts: { 'script-1': { _id: 'script-1', name: 'Shared', script: 'x()', context: 'C' } },
  }
  const bundle = read(json)
  expect(bundle.nodes.map((each) => each.type)).toEqual(type === undefined ? [] : [type])
  expect(bundle.findings).toEqual(findings)
})

test('leaves out unreadable parts with a reason, and reads the rest', () => {
  const { tree, nodes } = part('A', 'n', '')
  const json = {
    tree: { ...tree, enabled: 'perhaps' },
    nodes,
    scripts: { s: { name: 'No source' }, t: { name: 'Odd', script: 'x', language: 'PERL' } },
    nodeTypes: { 'x-1': { displayName: 'X', script: '' } },
  }
  expect(messages(json)).toEqual([
    expect.stringMatching(/^Journey 'A': enabled: /),
    '1 node that belongs to no journey in the files is left out',
    "Script 'No source' has no source",
    expect.stringMatching(/^Script 'Odd': language: /),
    expect.stringMatching(/^Custom node type 'X': outcomes: /),
  ])
})

test('does not read a file that a request body names', () => {
  const json = { scripts: { s: { _id: 's', name: 'S', script: 'file:///etc/passwd', context: 'C' } } }
  expect(messages(json)).toEqual(["Script 'S' has its source in the file /etc/passwd, which does not exist"])
})
