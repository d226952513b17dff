import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import type { Bundle } from '../../src/journeys/exchange/bundle.ts'
import { readBundle } from '../../src/journeys/exchange/read-bundle.ts'
import { readFiles } from '../../src/journeys/exchange/read-files.ts'
import { parseExport } from '../../src/journeys/exchange/safe-json.ts'
import { multiFile } from '../../src/journeys/exchange/write-export.ts'
import { fullFile } from '../../src/journeys/exchange/write-full-export.ts'
import { temporaryFolder } from '../../src/store/sqlite/temporary-folder.ts'

// One journey in every export format; all must be read alike.

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'exchange')
const read = (name: string) => readFiles([join(fixtures, name)], { realm: '/alpha' })
const reference = read('frodo-single.journey.json')

const byId = <Thing extends { id: string }>(things: readonly Thing[]) =>
  things.toSorted((a, b) => a.id.localeCompare(b.id))

/** Changes every node, and every script. */
const withNodes = (bundle: Bundle, config: JsonObject): Bundle => ({
  ...bundle,
  nodes: bundle.nodes.map((node) => ({ ...node, config: { ...node.config, ...config } })),
})

/** What exports of newer tools and of people have, which must survive. */
const odd: readonly [string, (bundle: Bundle) => Bundle][] = [
  ['the version of an imitated node', (bundle) => withNodes(bundle, { nodeVersion: '1.0' })],
  [
    'placeholders of variables',
    (bundle) => withNodes(bundle, { address: '&{esv.host|localhost}', port: { $int: '&{esv.port}' } }),
  ],
  ['unknown members', (bundle) => withNodes(bundle, { someNewMember: { deep: [1, null, { a: 0.5 }] } })],
  [
    'characters of many scripts',
    (bundle) => withNodes(bundle, { text: { ar: 'تحقق', ja: '確認', emoji: '👩‍💻', 'zh-CN': '\u2028' } }),
  ],
  [
    'Windows line ends in scripts and texts',
    (bundle) => ({
      ...withNodes(bundle, { text: 'one\r\ntwo\r' }),
      scripts: bundle.scripts.map((script) => ({ ...script, source: 'a()\r\nb()\r\n' })),
    }),
  ],
  [
    'members in another order',
    (bundle) => ({
      ...bundle,
      nodes: bundle.nodes.map((node) => ({
        ...node,
        config: Object.fromEntries(Object.entries(node.config).toReversed()),
      })),
      documents: bundle.documents.toReversed(),
    }),
  ],
]

/** Formats differ in how a page lists its nodes and in what they keep of an unsupported node. */
function settings({ nodes }: Bundle) {
  return byId(nodes).map(
    ({ id, type, version, config: { nodes: children, _type, _outcomes, ...config } }) => ({
      id,
      type,
      version,
      config,
    }),
  )
}

const withoutVersions = ({ journeys }: Bundle) =>
  journeys.map((journey) => ({
    ...journey,
    nodes: Object.fromEntries(Object.entries(journey.nodes).map(([id, { version, ...node }]) => [id, node])),
  }))

test('the reference journey has the expected content', () => {
  expect(reference.findings).toEqual([])
  expect(reference.journeys.map(({ _id }) => _id)).toEqual(['Verify – 確認'])
  expect(byId(reference.nodes).map(({ type }) => type)).toEqual([
    'designer-stamp',
    'ScriptedDecisionNode',
    'UsernameCollectorNode',
    'PageNode',
    'PasswordCollectorNode',
    'VendorRiskNode',
  ])
  expect(reference.scripts).toMatchObject([{ name: 'Check risk', source: "// décide\noutcome = 'ok'\n" }])
  expect(reference.customNodeTypes).toMatchObject([{ serviceName: 'stamp', script: "outcome = 'done'\n" }])
  expect(reference.documents.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'emailTemplate welcome',
    'theme theme-1',
  ])
})

test.each([
  'frodo-multi.journey.json',
  'admin-ui',
  'amtree.json',
  'full-config.json',
  'fr-config-manager',
  'amster',
  'file-based-config',
  'raw-tree',
  'companies-house',
])('%s contains the same', (name) => {
  const bundle = read(name)
  expect(bundle.findings.filter(({ kind }) => kind !== 'note')).toEqual([])
  expect(withoutVersions(bundle)).toEqual(withoutVersions(reference))
  expect(settings(bundle)).toEqual(settings(reference))
  expect(bundle.scripts).toEqual(reference.scripts)
  expect(bundle.customNodeTypes).toEqual(reference.customNodeTypes)
  expect(bundle.documents).toEqual(reference.documents)
})

test('a journey alone can contain the settings of its nodes', () => {
  expect(settings(read('raw-tree-inline.json')).map(({ id }) => id)).toEqual([
    'custom-1',
    'decide-1',
    'page-1',
    'risk-1',
  ])
})

test('of several realms the requested one is read', () => {
  const bravo = readFiles([join(fixtures, 'full-config.json')], { realm: '/bravo' })
  expect(bravo.journeys.map(({ _id }) => _id)).toEqual(['Only in bravo'])
  expect(bravo.findings).toEqual([
    { kind: 'note', message: 'The files hold realm alpha too, which is not imported' },
  ])
  const other = readFiles([join(fixtures, 'fr-config-manager')], { realm: '/charlie' })
  expect(other.journeys).toEqual([])
  expect(other.documents).toEqual([])
  expect(other.findings).toEqual([
    {
      kind: 'conflict',
      message: 'The files contain no realm charlie. Choose one of: alpha, bravo',
    },
  ])
})

test('names a realm once that the files spell in two ways', () => {
  const folder = temporaryFolder()
  for (const realm of ['root', '']) {
    const file = {
      metadata: { entityType: 'AuthTree', realm: `/${realm}` },
      data: { _id: `T${realm}`, nodes: {} },
    }
    writeFileSync(join(folder, `${realm}.json`), JSON.stringify(file))
  }
  const file = { metadata: { entityType: 'AuthTree', realm: '/alpha' }, data: { _id: 'A', nodes: {} } }
  writeFileSync(join(folder, 'a.json'), JSON.stringify(file))
  expect(readFiles([folder], { realm: '/alpha' }).realms).toEqual(['/', 'alpha'])
})

describe('realm keys of full exports', () => {
  const journeyNamed = (name: string) => ({
    trees: { [name]: { tree: { _id: name, entryNodeId: '', nodes: {} } } },
  })
  const full = {
    realm: {
      root: journeyNamed('Of root'),
      'root-alpha': journeyNamed('Of alpha'),
      'root-alpha-branch': journeyNamed('Of a realm below'),
    },
  }
  const names = (json: Json, choice: Parameters<typeof readBundle>[1]) =>
    readBundle(json, choice).journeys.map(({ _id }) => _id)

  test.each([
    ['/', 'Of root'],
    ['/alpha', 'Of alpha'],
    ['/alpha/branch', 'Of a realm below'],
  ])('frodo’s keys name %s', (realm, journey) => {
    expect(names(full, { realm })).toEqual([journey])
  })

  test.each(['alpha', '/alpha', 'root-alpha', 'root/alpha'])('%s names another realm to read', (from) => {
    expect(names(full, { realm: '/bravo', from })).toEqual(['Of alpha'])
  })

  test('a realm name that starts with root- is distinguished from frodo’s spelling', () => {
    const both = { realm: { alpha: journeyNamed('Of alpha'), 'root-alpha': journeyNamed('Of root-alpha') } }
    expect(names(both, { realm: '/alpha' })).toEqual(['Of alpha'])
    expect(names(both, { realm: '/root-alpha' })).toEqual(['Of root-alpha'])
  })

  test('files of a single other realm are read, unless a missing realm is requested', () => {
    const one = { realm: { 'root-alpha': journeyNamed('Of alpha') } }
    const unasked = readBundle(one, { realm: '/bravo' })
    expect(unasked.journeys).toHaveLength(1)
    expect(unasked.findings).toEqual([{ kind: 'note', message: 'The files are from realm alpha' }])
    const asked = readBundle(one, { realm: '/bravo', from: 'charlie' })
    expect(asked.journeys).toEqual([])
    expect(asked.findings).toMatchObject([
      { kind: 'conflict', message: expect.stringContaining('no realm charlie. Choose one of: alpha') },
    ])
  })
})

test('a node of an unsupported type keeps its type name and outcomes', () => {
  const risk = reference.nodes.find(({ type }) => type === 'VendorRiskNode')
  expect(risk?.config).toMatchObject({
    threshold: 70,
    _type: { name: 'Vendor Risk' },
    _outcomes: [{ id: 'low' }, { id: 'high' }],
  })
})

describe.each([
  'frodo-single.journey.json',
  'frodo-multi.journey.json',
  'admin-ui',
  'amtree.json',
  'full-config.json',
  'fr-config-manager',
  'amster',
  'file-based-config',
  'raw-tree',
  'raw-tree-inline.json',
  'companies-house',
])('%s is read and written again without a difference', (name) => {
  test.each<[string, (bundle: Bundle) => string]>([
    ['in the form of several journeys', multiFile],
    ['in the form of a whole tenant', (bundle) => fullFile(bundle, '/alpha')],
  ])('%s', (_form, write) => {
    const text = write(read(name))
    expect(write(readBundle(parseExport(text), { realm: '/alpha' }))).toBe(text)
  })

  test.each(odd)('with %s in it', (_what, change) => {
    for (const write of [multiFile, (bundle: Bundle) => fullFile(bundle, '/alpha')]) {
      const text = write(change(read(name)))
      expect(write(readBundle(parseExport(text), { realm: '/alpha' }))).toBe(text)
    }
  })
})

describe('scripts of a file-based configuration', () => {
  const uuid = '3f93ef6e-e54a-4393-aba1-f322656db28a'
  const entity = (id: string, sunServiceID: string, data: object) => ({
    metadata: { realm: '/alpha', entityType: 'ScriptingService', entityId: `default/${id}`, sunServiceID },
    data: { _id: `default/${id}`, _type: { _id: 'ScriptingService' }, ...data },
  })
  const script = {
    name: 'Check',
    context: 'AUTHENTICATION_TREE_DECISION_NODE',
    language: 'JAVASCRIPT',
    script: Buffer.from('outcome = "true"').toString('base64'),
  }

  test.each(['scriptConfigurations', 'globalScripts'])('in the folder %s are read by id', (folder) => {
    const { scripts, findings } = readBundle(entity(`${folder}/${uuid}`, 'scriptConfiguration', script), {
      realm: '/alpha',
    })
    expect(scripts).toMatchObject([{ id: uuid, name: 'Check', source: 'outcome = "true"' }])
    expect(findings).toEqual([])
  })

  test.each(['scriptContext', 'engineConfiguration'])('are distinguished from a %s', (kind) => {
    const context = { context: 'AUTHENTICATION_TREE_DECISION_NODE', languages: ['JAVASCRIPT'], script: '' }
    const read = readBundle(entity('AUTHENTICATION_TREE_DECISION_NODE', kind, context), { realm: '/alpha' })
    expect(read.scripts).toEqual([])
    expect(read.findings.every(({ kind }) => kind === 'note')).toBe(true)
  })
})
