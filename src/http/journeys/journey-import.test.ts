import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Plan } from '../../journeys/exchange/plan.ts'

const fixtures = join(import.meta.dirname, '..', '..', '..', 'test', 'fixtures', 'exchange')
const file = (name: string): JsonObject => JSON.parse(readFileSync(join(fixtures, name), 'utf8'))
const name = 'Verify – 確認'

let am: Awaited<ReturnType<typeof openAdministration>>
beforeEach(async () => {
  am = await openAdministration()
})
afterEach(() => am.close())

const realm = '/realms/root/realms/alpha'
const imported = (body: unknown, query = '') =>
  am.send('POST', `${realm}/journeys?_action=import${query}`, body)

async function holdings() {
  const { configuration, scripts, customNodes, documents } = am.stores
  return {
    version: await configuration.version(),
    journeys: await configuration.journeys('/alpha'),
    nodes: await configuration.nodes('/alpha'),
    scripts: await scripts.all('/alpha'),
    customNodes: await customNodes.all(),
    documents: await documents.all('/alpha'),
  }
}

test('imports a file unchanged in one save and answers the plan', async () => {
  const before = await holdings()
  const dry = await imported(file('frodo-single.journey.json'), '&dryRun=true')
  expect(dry.body).toMatchObject({ isImported: false, isPossible: true })
  expect(await holdings()).toEqual(before)
  const done = await imported(file('frodo-single.journey.json'))
  expect(done.body).toEqual({ ...dry.body, isImported: true })
  const after = await holdings()
  expect(after.version).toBe(before.version + 1)
  expect(after.journeys).toHaveLength(1)
  expect(after.nodes).toHaveLength(6)
  expect(after.scripts).toMatchObject([
    {
      name: 'Check risk',
      createdBy: expect.stringMatching(/^id=admin-1,/),
      lastModifiedAt: 1_700_000_000_000,
    },
  ])
  expect(after.customNodes).toHaveLength(1)
  expect(after.documents).toHaveLength(2)
  await imported(file('frodo-single.journey.json'))
  expect((await holdings()).version).toBe(after.version)
})

test('takes and leaves single items, and lists how kept ones differ', async () => {
  const changed = file('frodo-single.journey.json')
  await imported(changed)
  const { scripts } = await holdings()
  const [{ id = '' } = {}] = scripts
  const sources: JsonObject[] = Object.values(changed.scripts as Record<string, JsonObject>)
  for (const source of sources) source.script = ['outcome = "other"']
  const chosen = (kind: string, take: boolean) => ({ ...changed, sidegateChoices: [{ kind, id, take }] })
  const kept = await imported(chosen('script', false), '&dryRun=true')
  expect(kept.body.items).toContainEqual(
    expect.objectContaining({ id, status: 'kept', changes: [expect.any(String)] }),
  )
  await imported(chosen('script', false))
  expect((await holdings()).scripts).toEqual(scripts)
  await imported(chosen('script', true), '&existing=skip')
  expect((await holdings()).scripts).toMatchObject([{ id, source: 'outcome = "other"' }])
})

test.each([[{}], [[{ kind: 'script', id: 's' }]], [['script']], [[{ kind: 'script', id: 's', take: 1 }]]])(
  'refuses choices that are not a list of items: %j',
  async (sidegateChoices) => {
    const body = { ...file('frodo-single.journey.json'), sidegateChoices }
    expect(await imported(body)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^sidegateChoices\./) },
    })
  },
)

test('a plan has the findings that its journeys will have, if asked', async () => {
  const exported = file('frodo-single.journey.json')
  const { nodes } = exported.tree as { nodes: Record<string, JsonObject> }
  nodes['decide-1'] = { ...nodes['decide-1'], connections: {} }
  const plan = (query: string) => imported(exported, `&dryRun=true${query}`)
  expect((await plan('')).body).not.toHaveProperty('journeyFindings')
  const { journeyFindings } = (await plan('&lint=true')).body
  expect(journeyFindings).toContainEqual(expect.objectContaining({ journey: name, nodeId: 'decide-1' }))
  expect((await holdings()).journeys).toEqual([])
  await imported(exported)
  expect((await plan('&lint=true')).body.journeyFindings).toEqual([])
})

test('names what the realm lacks, to people who may read journeys', async () => {
  const missing = () => am.send('POST', `${realm}/journeys?_action=missing`)
  expect((await missing()).body).toEqual({ findings: [] })
  await imported({ ...file('frodo-single.journey.json'), scripts: {} })
  expect((await missing()).body.findings).toContainEqual(
    expect.objectContaining({ kind: 'missing', message: expect.stringMatching(/needs script 'script-1'/) }),
  )
})

const untyped = {
  tree: {
    _id: 'Untyped',
    entryNodeId: 'n',
    nodes: { n: { nodeType: '', displayName: 'n', connections: {} } },
  },
  nodes: { n: { _id: 'n', _type: { _id: '' } } },
}

test('refuses a node without a type and tells why, or leaves it out, and keeps the realm readable', async () => {
  const before = await holdings()
  const refused = await imported(untyped)
  expect(refused).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(/^Nothing was imported\. Node 'n': type: /) },
  })
  expect(await holdings()).toEqual(before)
  const done = await imported(untyped, '&unreadable=skip')
  expect(done.body.findings).toContainEqual({
    kind: 'unreadable',
    message: expect.stringMatching(/^Node 'n': type: /),
    about: { kind: 'node', id: 'n' },
  })
  expect((await holdings()).nodes).toEqual([])
  expect((await imported(file('frodo-single.journey.json'))).body).toMatchObject({ isImported: true })
})

test('refuses a node without a type when its journey is saved as a document', async () => {
  const { status, body } = await am.send('PUT', `${realm}/journeys/Untyped`, untyped)
  expect(status).toBe(400)
  expect(body.detail).toEqual({ 'nodes.n': expect.stringMatching(/^node 'n': type: /) })
})

test('exports everything, and imports it again without a difference', async () => {
  await imported(file('frodo-single.journey.json'))
  const out = await am.send('POST', `${realm}/journeys?_action=export`, { journeys: [name] })
  expect(out.status).toBe(200)
  expect(Object.keys(out.body)).toEqual(['meta', 'trees', 'layout', 'findings'])
  const { body } = await imported(out.body, '&dryRun=true')
  expect(new Set((body as unknown as Plan).items.map(({ status }) => status))).toEqual(new Set(['identical']))
  const unknown = await am.send('POST', `${realm}/journeys?_action=export`, { journeys: ['Nobody'] })
  expect(unknown.status).toBe(404)
  expect((await am.send('POST', `${realm}/journeys?_action=export`, {})).status).toBe(400)
})

test('exports the whole realm, and imports it again without a difference', async () => {
  await imported(file('frodo-single.journey.json'))
  const unused = {
    ...(file('frodo-single.journey.json').scripts as JsonObject),
    x: { _id: 'x', name: 'Unused', script: 'x' },
  }
  await imported({ scripts: unused, trees: {} })
  const out = await am.send('POST', `${realm}/journeys?_action=exportAll`, {})
  expect(out.status).toBe(200)
  const bundle = out.body.sidegateBundle as unknown as Record<string, JsonObject[]>
  expect(bundle.journeys?.map(({ _id }) => _id)).toEqual([name])
  expect(bundle.scripts?.map(({ name }) => name)).toContain('Unused')
  const { body } = await imported(out.body, '&dryRun=true')
  expect(new Set((body as unknown as Plan).items.map(({ status }) => status))).toEqual(new Set(['identical']))
})

test.each(['single', 'multi'])(
  'in the form “%s” the places of nodes are in the journey, and it comes back without a difference',
  async (form) => {
    await imported(file('frodo-single.journey.json'))
    const out = await am.send('POST', `${realm}/journeys?_action=export`, { journeys: [name], form })
    const journey = (
      form === 'single' ? out.body : (out.body.trees as Record<string, JsonObject>)[name]
    ) as JsonObject
    expect(journey.tree).toMatchObject({ _id: name, nodes: { 'page-1': { x: expect.any(Number) } } })
    expect(Object.keys(journey.scripts as JsonObject)).toEqual(['script-1'])
    const { body } = await imported(out.body, '&dryRun=true')
    const { items } = body as unknown as Plan
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set(['identical']))
  },
)

test('exports exactly one journey in the single form, without its inner journeys', async () => {
  const child = { tree: { _id: 'Inner', entryNodeId: '', nodes: {} } }
  const node = { nodeType: 'InnerTreeEvaluatorNode', displayName: 'Go', connections: {} }
  const outer = {
    tree: { _id: 'Outer', entryNodeId: 'go', nodes: { go: node } },
    nodes: { go: { _id: 'go', _type: { _id: 'InnerTreeEvaluatorNode' }, tree: 'Inner' } },
  }
  await imported({ trees: { Inner: child, Outer: outer } })
  const ask = (body: object) => am.send('POST', `${realm}/journeys?_action=export`, body)
  const single = (await ask({ journeys: ['Outer'], form: 'single' })).body
  expect(single).toMatchObject({ tree: { _id: 'Outer' }, findings: [] })
  expect(single.trees).toBeUndefined()
  const multi = (await ask({ journeys: ['Outer'], form: 'multi' })).body
  expect(Object.keys(multi.trees as JsonObject).toSorted()).toEqual(['Inner', 'Outer'])
  expect((await ask({ journeys: ['Outer', 'Inner'], form: 'single' })).status).toBe(400)
  expect((await ask({ journeys: ['Outer'], form: 'zip' })).status).toBe(400)
})

test('names the realms of a file with several, and imports the one in `from`', async () => {
  const own = await imported(file('full-config.json'), '&dryRun=true')
  expect(own.body.realms).toEqual(['alpha', 'bravo'])
  const namesIn = ({ body }: typeof own) =>
    (body as unknown as Plan).items.filter(({ kind }) => kind === 'journey').map(({ name }) => name)
  expect(namesIn(own)).toEqual([name])
  const other = await imported(file('full-config.json'), '&dryRun=true&from=bravo')
  expect(namesIn(other)).toEqual(['Only in bravo'])
  const one = await imported(file('frodo-single.journey.json'), '&dryRun=true')
  expect(one.body.realms).toBeUndefined()
})

test('imports several files together', async () => {
  const inner = { tree: { _id: 'Inner', entryNodeId: '', nodes: {} } }
  const files = [
    { path: 'journeys/Verify.json', json: file('frodo-single.journey.json') },
    { path: 'journeys/Inner.json', text: JSON.stringify(inner) },
    { path: 'package.json', json: { private: true } },
    { path: 'README.md', text: '# Ours' },
  ]
  const { status, body } = await imported({ sidegateFiles: files })
  expect(status).toBe(200)
  expect((body as unknown as Plan).findings).toContainEqual({
    kind: 'note',
    message: 'package.json is not an export and was left out',
  })
  expect((await holdings()).journeys.map(({ _id }) => _id).toSorted()).toEqual(['Inner', name])
})

test.each([
  ['none', [], 'must contain a file'],
  ['one without content', [{ path: 'a.json' }], 'The files are invalid: sidegateFiles.0'],
  [
    'one that is no export',
    [{ path: 'a.json', json: { x: 1 } }],
    'a.json: This is not an export of journeys',
  ],
  ['one that is cut off', [{ path: 'a.json', text: '{"trees": {' }], 'a.json: This JSON ends in the middle'],
  [
    'a broken one among others',
    [
      { path: 'ok.json', json: { trees: {} } },
      { path: 'b.JSON', text: 'PK\u0003' },
    ],
    'b.JSON: This is a zip archive',
  ],
])('refuses %s among several files', async (_what, files, message) => {
  const before = await holdings()
  const refused = await imported({ sidegateFiles: files })
  expect(refused.status).toBe(400)
  expect(refused.body.message).toContain(message)
  expect(await holdings()).toEqual(before)
})

test('reads and lists nodes of unknown types, but refuses to write them', async () => {
  await imported(file('frodo-single.journey.json'))
  const trees = `${realm}/realm-config/authentication/authenticationtrees`
  const url = `${trees}/nodes/VendorRiskNode/risk-1`
  expect((await am.send('GET', url)).body).toMatchObject({
    _id: 'risk-1',
    threshold: 70,
    _type: { _id: 'VendorRiskNode', name: 'Vendor Risk', collection: true },
    _outcomes: [
      { id: 'low', displayName: 'Low' },
      { id: 'high', displayName: 'High' },
    ],
  })
  expect((await am.send('PUT', url, { threshold: 1 })).status).toBe(404)
  const types = (await am.send('POST', `${trees}/nodes?_action=getAllTypes`, {})).body.result as JsonObject[]
  expect(types.some(({ _id }) => _id === 'VendorRiskNode')).toBe(false)
})

test('imports settings of a stand-in without their secrets, at any depth, so that a second import changes nothing', async () => {
  const text = JSON.stringify(file('frodo-single.journey.json')).replaceAll(
    'VendorRiskNode',
    'product-KerberosNode',
  )
  const secrets = '"apiKey":"k","deep":[{"password":"p"}],"principal":"&{esv.principal}"'
  const body = JSON.parse(text.replace('"threshold":70', `"threshold":70,${secrets}`))
  await imported(body)
  expect((await am.stores.configuration.node('/alpha', 'risk-1'))?.config).toMatchObject({
    threshold: 70,
    apiKey: null,
    deep: [{ password: null }],
    principal: '&{esv.principal}',
  })
  const again = await imported(body, '&dryRun=true')
  const { items } = again.body as unknown as Plan
  expect(items.filter(({ status }) => status !== 'identical')).toEqual([])
})

test('refuses contradictions with their findings and leaves the realm unchanged', async () => {
  await imported(file('frodo-single.journey.json'))
  const before = await holdings()
  const part = file('frodo-single.journey.json')
  const other = JSON.parse(JSON.stringify(part).replaceAll(name, 'Other')) as JsonObject
  const changed = {
    ...other,
    scripts: { 'script-1': { _id: 'script-1', name: 'Check risk', script: 'x', context: 'C' } },
  }
  const body = { trees: { [name]: part, Other: changed } }
  const refused = await imported(body)
  expect(refused.status).toBe(400)
  expect(refused.body.message).toMatch(/^Nothing was imported\. Script 'Check risk' exists twice, in journey/)
  expect(refused.body.detail).toMatchObject({
    findings: expect.arrayContaining([expect.objectContaining({ kind: 'conflict' })]),
  })
  expect((await imported(body, '&dryRun=true')).body).toMatchObject({ isPossible: false })
  expect(await holdings()).toEqual(before)
})

test.each([
  ['no export', { name: 'x' }, '', 'This is not an export of journeys but an object with name'],
  ['a list', [], '', 'This is not an export of journeys but a list of 0'],
  ['nothing', undefined, '', 'This is not an export of journeys but null'],
  ['an invalid bundle', { sidegateBundle: { journeys: 7 } }, '', 'The bundle is invalid: journeys'],
  [
    'a bundle with a journey that is named like a path',
    {
      sidegateBundle: {
        ...{ nodes: [], scripts: [], customNodeTypes: [], documents: [], findings: [] },
        journeys: [{ _id: '../../evil', entryNodeId: 'x', nodes: {} }],
      },
    },
    '',
    'journeys.0._id: must be 1 to 255 characters without slashes',
  ],
  [
    'an unknown choice',
    { trees: {} },
    '&existing=merge',
    'The query parameter existing must be replace or skip',
  ],
])('refuses %s', async (_what, body, query, message) => {
  const refused = await imported(body, query)
  expect(refused.status).toBe(400)
  expect(refused.body.message).toContain(message)
})

test('accepts 20 MB on this route only', async () => {
  const large = (megabytes: number) => ({ trees: {}, filler: ' '.repeat(megabytes * 1_048_576) })
  expect((await imported(large(19), '&dryRun=true')).status).toBe(200)
  expect((await imported(large(50))).status).toBe(413)
  expect((await am.send('PUT', `${realm}/scripts/x`, large(2))).status).toBe(413)
})

test('refuses callers without the access', async () => {
  const url = `${realm}/journeys?_action=import`
  expect((await am.send('POST', url, { trees: {} }, { cookie: '' })).status).toBeGreaterThanOrEqual(401)
})

describe('a journey that uses one of AM’s default scripts', () => {
  const id = '58c824ae-84ed-4724-82cd-db128fc3f6c'
  const social = (scripts: JsonObject = {}) => ({
    tree: {
      _id: 'Social',
      entryNodeId: 'idp',
      nodes: { idp: { nodeType: 'SocialProviderHandlerNode', displayName: 'IdP', connections: {} } },
    },
    nodes: {
      idp: {
        _id: 'idp',
        _type: { _id: 'SocialProviderHandlerNode' },
        script: id,
        usernameAttribute: 'userName',
      },
    },
    scripts,
  })
  const exported = () => am.send('POST', `${realm}/journeys?_action=export`, { journeys: ['Social'] })
  const scriptsOf = (body: JsonObject) =>
    Object.keys((body.trees as Record<string, { scripts: object }>).Social?.scripts ?? {})

  test('is imported and exported without the script', async () => {
    expect((await imported(social())).body).toMatchObject({ isImported: true, findings: [] })
    const { body } = await am.send('GET', `${realm}/journeys/Social/findings`)
    expect((body.result as { rule: string }[]).map(({ rule }) => rule)).not.toContain('missing-script')
    const { body: file } = await exported()
    expect(file.findings).toEqual([])
    expect(scriptsOf(file)).toEqual([])
  })

  test('brings the tenant’s own version, which then runs and is exported', async () => {
    const own = {
      _id: id,
      name: 'Normalized Profile to Managed User',
      context: 'SOCIAL_IDP_PROFILE_TRANSFORMATION',
      script: '({})',
    }
    await imported(social({ [id]: own }))
    expect(await am.stores.scripts.read('/alpha', id)).toMatchObject({ source: '({})' })
    expect(scriptsOf((await exported()).body)).toEqual([id])
  })

  test('can bring another script with the name of a built-in one', async () => {
    const own = {
      _id: 'mine',
      name: 'Google Profile Normalization',
      context: 'SOCIAL_IDP_PROFILE_TRANSFORMATION',
      script: '({})',
    }
    const { body } = await imported({ ...social(), scripts: { mine: own } })
    expect(body.findings).toEqual([])
    expect(await am.stores.scripts.read('/alpha', 'mine')).toMatchObject({ name: own.name })
  })
})
