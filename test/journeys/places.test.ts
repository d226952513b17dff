import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { type Place, placesOf } from '../../src/journeys/exchange/places.ts'
import { readFiles } from '../../src/journeys/exchange/read-files.ts'
import { customNodeTypeId } from '../../src/nodes/custom-node-type.ts'
import { exportNames, pathsOfExport } from '../support/exports-folder.ts'
import { projectOf } from '../support/project-folder.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'exchange')
const choice = { realm: '/alpha' }

function lineAt(place: Place | undefined): string {
  if (place === undefined) throw new Error('There is no place')
  const line = readFileSync(place.file, 'utf8').split('\n')[place.line - 1]
  if (line === undefined) throw new Error(`${place.file} has no line ${place.line}`)
  return line.replace('" : ', '": ')
}

const projects = [
  ...readdirSync(fixtures).map((name) => ({ name, paths: [join(fixtures, name)] })),
  ...exportNames.map((name) => ({ name, paths: pathsOfExport(name) })),
]

test.each(projects)('finds every journey, node, setting, connection and script of $name', ({ paths }) => {
  const { journeys, nodes, scripts, customNodeTypes } = readFiles(paths, choice)
  const places = placesOf(paths, choice)
  for (const { _id: journey, entryNodeId, nodes: members } of journeys) {
    expect(lineAt(places.journey(journey))).toMatch(/\{\}?\s*$/)
    expect(lineAt(places.journey(journey, 'entryNodeId'))).toContain(`"entryNodeId": "${entryNodeId}"`)
    for (const [id, { connections }] of Object.entries(members)) {
      expect(places.node(journey, id)).toBeDefined()
      for (const [outcome, target] of Object.entries(connections))
        expect(lineAt(places.connection(journey, id, outcome))).toContain(
          `${JSON.stringify(outcome)}: "${target}"`,
        )
    }
  }
  for (const { id, config } of nodes) {
    expect(lineAt(places.node('', id))).toMatch(/\{\}?\s*$/)
    for (const [key, value] of Object.entries(config).filter(([key]) => !key.startsWith('_'))) {
      const line = lineAt(places.setting('', id, key))
      expect(line).toContain(`${JSON.stringify(key)}:`)
      if (typeof value !== 'object' || value === null) expect(line).toContain(JSON.stringify(value))
    }
  }
  const sources = [
    ...scripts.map(({ id, source }) => ({ id, source })),
    ...customNodeTypes.map((type) => ({ id: customNodeTypeId(type), source: type.script })),
  ]
  for (const { id, source } of sources) {
    const [first, ...more] = source.split('\n')
    const last = places.script(id, 1 + more.length)
    if (lineAt(places.script(id)).includes('"script":')) expect(last).toEqual(places.script(id))
    else expect([lineAt(places.script(id)), lineAt(last)]).toEqual([first, more.at(-1) ?? first])
  }
})

const tree = (name: string, node: object) => ({ _id: name, entryNodeId: 'one', nodes: { one: node } })
const pretty = (value: unknown) => JSON.stringify(value, null, 2)

test('gives a missing member the place of the thing around it', () => {
  const journey = tree('Login', { nodeType: 'MessageNode', displayName: 'Hello', connections: {} })
  const folder = projectOf({ 'login.json': pretty({ tree: journey, nodes: { two: { _id: 'two' } } }) })
  const places = placesOf([folder], choice)
  const file = relative(process.cwd(), join(folder, 'login.json'))
  expect(places.journey('Login')).toEqual({ file, line: 2 })
  expect(places.journey('Login', 'entryNodeId')).toEqual({ file, line: 4 })
  expect(places.node('Login', 'one')).toEqual({ file, line: 6 })
  expect(places.setting('Login', 'one', 'message')).toEqual({ file, line: 6 })
  expect(places.connection('Login', 'one', 'true')).toEqual({ file, line: 6 })
  expect(places.connection('Login', 'none', 'true')).toEqual({ file, line: 2 })
  expect(places.setting('Login', 'two', 'none')).toEqual({ file, line: 14 })
  expect(places.journey('Other')).toBeUndefined()
  expect(places.node('Other', 'none')).toBeUndefined()
  expect(places.script('none')).toBeUndefined()
})

test('prefers the copy of a node that came with the journey', () => {
  const part = (name: string) => ({
    tree: tree(name, { nodeType: 'A' }),
    nodes: { one: { _id: 'one', a: 1 } },
  })
  const folder = projectOf({
    'all.json': pretty({ trees: { First: part('First'), Second: part('Second') } }),
  })
  const places = placesOf([folder], choice)
  const lines = ['First', 'Second', 'Third'].map((journey) => places.setting(journey, 'one', 'a')?.line)
  expect(lines).toEqual([16, 33, 16])
})

test('prefers the first file, whatever was parsed before', () => {
  const script = (id: string) => ({ _id: id, context: 'LIBRARY', script: '' })
  const folder = projectOf({
    'a.json': pretty({ scripts: { s: script('s') } }),
    'b.json': pretty({ scripts: { other: script('other'), s: script('s') } }),
  })
  const places = placesOf([folder], choice)
  expect(places.script('other')?.file).toMatch(/b\.json$/)
  expect(places.script('s')?.file).toMatch(/a\.json$/)
})

test('reads the realm that an import would read', () => {
  const node = (message: string) => pretty({ _id: 'one', _type: { _id: 'MessageNode' }, message })
  const folder = projectOf({
    'realms/alpha/journeys/A/nodes/one.json': node('a'),
    'realms/bravo/journeys/A/nodes/one.json': `\n\n${node('b')}`,
  })
  const at = (realm: string, from?: string) => placesOf([folder], { realm, from }).node('A', 'one')
  expect(at('/alpha')).toMatchObject({ file: expect.stringContaining('alpha'), line: 1 })
  expect(at('/bravo')).toMatchObject({ file: expect.stringContaining('bravo'), line: 3 })
  expect(at('/alpha', 'bravo')).toMatchObject({ file: expect.stringContaining('bravo') })
})

test('finds ids in escaped characters, beside broken files, after a byte order mark and with long line ends', () => {
  const script = { _id: 'caf\u00e9', context: 'LIBRARY', script: ['// one', '// two'] }
  const text = pretty(script).replace('\u00e9', '\\u00e9').replaceAll('\n', '\r\n')
  const folder = projectOf({ 'a.json': '{ "caf\u00e9"', 'b.json': '[1]', 'c.json': `\ufeff${text}` })
  const places = placesOf([folder], choice)
  expect([1, 2, 3].map((line) => places.script('caf\u00e9', line)?.line)).toEqual([5, 6, 4])
})
