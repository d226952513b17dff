import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSession } from '../../src/sessions/sessions.ts'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import { type ConsoleClient, consoleClient } from '../support/console-client.ts'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'

let server: TestServer
let admin: ConsoleClient
let ask: Ask
/** Session tokens. */
const staff: Record<string, string> = {}

const people = [
  ['alphaauthor', '/alpha', 'journey-author'],
  ['alpharita', '/alpha', 'realm-admin'],
  ['betaauthor', '/beta', 'journey-author'],
  ['betaadmin', '/beta', 'realm-admin'],
  ['alphaagent', '/alpha', 'agent'],
] as const

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    for (const realm of ['/alpha', '/beta']) await saveRealm(stores, realm)
    for (const [name, realm, role] of people) {
      const identity = exampleIdentity({ id: name, userName: name, realm, roles: [role] })
      await stores.identities.create(identity)
      const limits = { maxIdleMinutes: 30, maxSessionMinutes: 120 }
      const signIn = { realm, identity, journey: 'Login', authLevel: 0, properties: {} }
      const { token, session } = newSession({ ...signIn, ...limits }, Date.now())
      await stores.sessions.create(session)
      staff[name] = token
    }
    await saveJourney(stores, 'Ask', {
      name: { type: 'UsernameCollectorNode', to: { outcome: 'decide' } },
      decide: await scripted(stores, 'Decide', "outcome = 'yes'", { yes: 'success', no: 'failure' }),
    })
    await saveJourney(stores, 'Secret', {
      call: {
        type: 'product-ReCaptchaNode',
        config: { siteKey: 'site', secretKey: 'first-secret' },
        to: { true: 'success', false: 'failure' },
      },
    })
  })
  admin = await consoleClient(server.url)
  ask = asking(server.url, admin.token)
})
afterAll(() => server.stop())

test.each(['?deleted=AAA', '?deleted=TRUE'])('a list of changes refuses %s', async (query) => {
  expect((await ask(`${alpha}/versions${query}`)).status).toBe(400)
})

const listOf = async (path: string) => (await ask(`${alpha}/versions/${path}`)).body.result
const restoring = (path: string, number: number, more: { query?: string; body?: object; as?: string } = {}) =>
  ask(`${alpha}/versions/${path}/${number}?_action=restore${more.query ?? ''}`, {
    method: 'POST',
    body: more.body ?? {},
    ...(more.as === undefined ? {} : { as: more.as }),
  })
const wordsOf = (body: { differences: { words: string }[] }) => body.differences.map(({ words }) => words)

/** Renames the first node of a journey. */
async function renameFirst(journey: string, displayName: string, note?: string) {
  const { body } = await ask(`${alpha}/journeys/${journey}`)
  const { tree, nodes, innerNodes, _rev } = body
  tree.nodes[tree.entryNodeId].displayName = displayName
  const headers = {
    'if-match': `"${_rev}"`,
    ...(note === undefined ? {} : { 'sidegate-note': encodeURIComponent(note) }),
  }
  const saved = await admin.send('PUT', `journeys/${journey}`, { tree, nodes, innerNodes }, headers)
  expect(saved.status).toBe(200)
}

const script = async (name: string) => {
  const { body } = await ask(`${alpha}/scripts?_queryFilter=true`)
  return body.result.find((each: { name: string }) => each.name === name)
}
const putScript = (document: object) =>
  ask(`${alpha}/scripts/${(document as { _id: string })._id}`, { method: 'PUT', body: document })
const encoded = (source: string) => Buffer.from(source).toString('base64')

test('lists who saved a journey, when and why', async () => {
  await renameFirst('Ask', 'Your name', 'Clearer – for “everyone”')
  const [changed, first] = await listOf('journey/Ask')
  expect(changed).toMatchObject({
    kind: 'journey',
    id: 'Ask',
    name: 'Ask',
    savedBy: 'amadmin',
    note: 'Clearer – for “everyone”',
    cause: 'save',
    isDeletion: false,
  })
  expect(changed.savedAt).toBeGreaterThan(Date.now() - 60_000)
  expect(first).toMatchObject({ savedBy: null })
  const recent = await ask(`${alpha}/versions?limit=1`)
  expect(recent.body.result).toEqual([changed])
  const next = await ask(`${alpha}/versions?limit=1&before=${recent.body.next}`)
  expect(next.body.result[0].number).toBeLessThan(changed.number)
})

test('refuses a note that is too long or not encoded', async () => {
  const document = await script('Decide')
  for (const note of ['%', encodeURIComponent('x'.repeat(501))]) {
    const put = await admin.send('PUT', `scripts/${document._id}`, document, { 'sidegate-note': note })
    expect(put.status).toBe(400)
  }
})

test('compares a version with a later one and with the present state', async () => {
  await renameFirst('Ask', 'One')
  const [one] = await listOf('journey/Ask')
  await renameFirst('Ask', 'Two')
  const [two] = await listOf('journey/Ask')
  await renameFirst('Ask', 'Three')
  const at = `${alpha}/versions/journey/Ask/${one.number}/differences`
  expect(wordsOf((await ask(`${at}?to=${two.number}`)).body)).toEqual(["'One' renamed to 'Two'"])
  const { body } = await ask(at)
  expect(wordsOf(body)).toEqual(["'One' renamed to 'Three'"])
  expect(body).toMatchObject({ isIdentical: false, isSameInWords: false })
  expect((await ask(`${at}?to=999999`)).status).toBe(404)
})

test('restores a journey as a new version, and deletes nodes that came later', async () => {
  const { body } = await ask(`${alpha}/journeys/Ask`)
  const [before] = await listOf('journey/Ask')
  const { tree, nodes, innerNodes } = body
  tree.nodes.later = { nodeType: 'MessageNode', displayName: 'Later', connections: {}, x: 1, y: 1 }
  const changed = { tree, nodes: { ...nodes, later: {} }, innerNodes }
  expect((await admin.put('journeys/Ask', changed, body._rev)).status).toBe(200)
  const [withLater] = await listOf('journey/Ask')
  const mistyped = await restoring('journey/Ask', before.number, { query: '&dryRun=yes' })
  expect(mistyped.status).toBe(400)
  const dry = await restoring('journey/Ask', before.number, { query: '&dryRun=true' })
  expect(dry.body).toMatchObject({ isRestored: false })
  expect(wordsOf(dry.body)).toEqual(["'Later' (Message Node) removed"])
  expect((await listOf('journey/Ask'))[0].number).toBe(withLater.number)
  const restored = await restoring('journey/Ask', before.number, { body: { note: 'Too early' } })
  expect(restored.body).toMatchObject({ isRestored: true, differences: dry.body.differences })
  const read = await ask(`${alpha}/versions/journey/Ask/${before.number}`)
  const now = (await ask(`${alpha}/journeys/Ask`)).body
  expect(now.tree.nodes).toEqual(read.body.content.document.nodes)
  const [newest] = await listOf('journey/Ask')
  expect(newest).toMatchObject({ cause: 'restore', note: 'Too early', savedBy: 'amadmin' })
  const node = `${alpha}/realm-config/authentication/authenticationtrees/nodes/MessageNode/later`
  expect((await ask(node)).status).toBe(404)
  const entries = await audited(ask, '', alpha)
  expect(JSON.stringify(entries)).toContain(`journey Ask, version ${before.number}`)
})

test('restoring the present state makes no version', async () => {
  const [newest] = await listOf('journey/Ask')
  expect((await restoring('journey/Ask', newest.number)).body).toMatchObject({ differences: [] })
  expect((await listOf('journey/Ask'))[0]).toEqual(newest)
})

test('a sign-in in progress keeps its journey when another version is restored', async () => {
  await renameFirst('Ask', 'First')
  const [first] = await listOf('journey/Ask')
  const decide = await script('Decide')
  await putScript({ ...decide, script: encoded("outcome = 'no'") })
  const started = await startJourney(server.url, 'Ask')
  await putScript({ ...decide, script: encoded("outcome = 'yes'") })
  await renameFirst('Ask', 'Second')
  expect((await restoring('journey/Ask', first.number)).status).toBe(200)
  // It still runs the script that it began with.
  const ended = await answerStep(server.url, started, ['alex'])
  expect(ended.status).toBe(401)
})

describe('deleted things', () => {
  test('keep their history and can be restored', async () => {
    await saveLonely('Lonely')
    expect((await admin.send('DELETE', 'journeys/Lonely')).status).toBe(200)
    const [deletion, last] = await listOf('journey/Lonely')
    expect(deletion).toMatchObject({ cause: 'delete', isDeletion: true, savedBy: 'amadmin' })
    expect([deletion.isRestorable, last.isRestorable]).toEqual([false, true])
    expect((await ask(`${alpha}/versions?deleted=true&limit=1`)).body.result).toEqual([deletion])
    expect((await restoring('journey/Lonely', deletion.number)).status).toBe(404)
    const restored = await restoring('journey/Lonely', last.number)
    expect(wordsOf(restored.body)).toEqual(['added'])
    expect((await admin.get('journeys/Lonely')).status).toBe(200)
  })

  test('are restored with a version that needs them only on request', async () => {
    const decide = await script('Decide')
    const [version] = await listOf('journey/Ask')
    expect((await ask(`${alpha}/scripts/${decide._id}`, { method: 'DELETE' })).status).toBe(200)
    await admin.send('DELETE', 'journeys/Ask?force=true')
    const refused = await restoring('journey/Ask', version.number)
    expect(refused.status).toBe(409)
    expect(refused.body.message).toContain(`needs script`)
    const restored = await restoring('journey/Ask', version.number, { body: { withNeeds: true } })
    expect(restored.status).toBe(200)
    expect((await ask(`${alpha}/scripts/${decide._id}`)).body.name).toBe('Decide')
    expect((await listOf(`script/${decide._id}`))[0]).toMatchObject({ cause: 'restore' })
  })
})

async function saveLonely(name: string) {
  const node = { nodeType: 'MessageNode', displayName: 'Hi', connections: {}, x: 1, y: 1 }
  const tree = { entryNodeId: `${name}-hi`, nodes: { [`${name}-hi`]: node } }
  const saved = await admin.put(
    `journeys/${name}`,
    { tree, nodes: { [`${name}-hi`]: {} }, innerNodes: {} },
    'new',
  )
  expect(saved.status).toBe(201)
}

test('a restore keeps secrets and never shows them', async () => {
  const [first] = await listOf('journey/Secret')
  await renameFirst('Secret', 'Renamed')
  const read = await ask(`${alpha}/versions/journey/Secret/${first.number}`)
  expect(Object.values(read.body.content.nodes)).toMatchObject([{ siteKey: 'site', secretKey: null }])
  const differences = await ask(`${alpha}/versions/journey/Secret/${first.number}/differences`)
  const restored = await restoring('journey/Secret', first.number)
  for (const { body } of [read, differences, restored]) {
    expect(JSON.stringify(body)).not.toMatch(/first-secret|sealed:/)
  }
  const { body } = await ask(`${alpha}/journeys?_action=lint`, {
    method: 'POST',
    body: (await ask(`${alpha}/journeys/Secret`)).body,
  })
  expect(JSON.stringify(body)).not.toContain('secret-not-set')
})

test('restores templates, settings and themes', async () => {
  const template = '/openidm/config/emailTemplate/hello?realm=/alpha'
  const put = (subject: string) =>
    ask(template, { method: 'PUT', body: { subject: { en: subject }, message: { en: 'x' } } })
  await put('One')
  await put('Two')
  const [, one] = await listOf('emailTemplate/hello')
  expect((await restoring('emailTemplate/hello', one.number)).status).toBe(200)
  expect((await ask(template)).body.subject).toEqual({ en: 'One' })

  const settings = `${alpha}/realm-config/settings`
  const [before] = await listOf('realmSettings/settings')
  await ask(settings, { method: 'PUT', body: { journeyMinutes: 9, lockout: { lockSeconds: 61 } } })
  const dry = await restoring('realmSettings/settings', before.number, { query: '&dryRun=true' })
  expect(wordsOf(dry.body)).toEqual([
    'Journey lifetime (minutes): 9 → 5',
    'Lockout, Lockout time (seconds): 61 → 300',
  ])
  expect((await ask(settings)).body.journeyMinutes).toBe(9)
  await restoring('realmSettings/settings', before.number)
  expect((await ask(settings)).body.journeyMinutes).toBe(5)

  const themes = '/openidm/config/ui/themerealm'
  const putThemes = (alpha: object[]) => ask(themes, { method: 'PUT', body: { realm: { alpha } } })
  await putThemes([{ _id: 'a', name: 'A', isDefault: true }])
  const [theme] = await listOf('theme/a')
  await putThemes([{ _id: 'b', name: 'B', isDefault: true }])
  expect((await restoring('theme/a', theme.number)).status).toBe(200)
  const { alpha: after } = (await ask(themes)).body.realm
  expect(after.map(({ name, isDefault }: { name: string; isDefault: boolean }) => [name, isDefault])).toEqual(
    [
      ['A', false],
      ['B', true],
    ],
  )
  await putThemes([{ _id: 'c', name: 'A' }])
  expect((await restoring('theme/a', theme.number)).status).toBe(409)
})

describe('rights', () => {
  const get = (path: string, as: string) => ask(`${alpha}/versions${path}`, { as })

  test('an author of another realm, an agent and anonymous callers get nothing', async () => {
    const [version] = await listOf('journey/Secret')
    for (const who of ['betaauthor', 'betaadmin', 'alphaagent', 'nobody']) {
      const as = staff[who] ?? ''
      for (const path of ['', '/journey/Secret', `/journey/Secret/${version.number}`]) {
        expect([401, 403], `${who} ${path}`).toContain((await get(path, as)).status)
      }
      const restored = await restoring('journey/Secret', version.number, { as })
      expect([401, 403], who).toContain(restored.status)
    }
  })

  test('another realm’s versions are unknown in the own realm', async () => {
    const [version] = await listOf('journey/Secret')
    const beta = '/realms/root/realms/beta'
    const as = staff.betaauthor ?? ''
    expect((await ask(`${beta}/versions/journey/Secret`, { as })).body.result).toEqual([])
    expect((await ask(`${beta}/versions/journey/Secret/${version.number}`, { as })).status).toBe(404)
    const restore = { method: 'POST', body: {}, as } as const
    const at = `${beta}/versions/journey/Secret/${version.number}?_action=restore`
    expect((await ask(at, restore)).status).toBe(404)
  })

  test('an author needs the rights of a save for each kind', async () => {
    const as = staff.alphaauthor ?? ''
    const fields = {
      displayName: 'Mine',
      outcomes: ['ok'],
      outputs: [],
      inputs: [],
      script: 'outcome = "ok"',
    }
    const type = { serviceName: 'mine', ...fields }
    expect(
      (await ask('/node-designer/node-type?_action=create', { method: 'POST', body: type })).status,
    ).toBe(201)
    const [custom] = await listOf('customNodeType/mine')
    expect((await get('/customNodeType/mine', as)).status).toBe(200)
    expect(custom.isRestorable).toBe(true)
    const { result: shown } = (await get('/customNodeType/mine', as)).body
    expect(shown).toMatchObject([{ isRestorable: false }])
    expect((await restoring('customNodeType/mine', custom.number, { as })).status).toBe(403)
    expect((await restoring('customNodeType/mine', custom.number)).status).toBe(200)
    expect((await get('/theme/a', as)).status).toBe(403)
    expect((await get('/realmSettings/settings', as)).status).toBe(403)
    expect((await get('/emailTemplate/welcome?global=true', as)).status).toBe(403)
    expect((await get('/emailTemplate/welcome', as)).status).toBe(200)
    const { body } = await get('?limit=200', as)
    const kinds = new Set(body.result.map(({ kind }: { kind: string }) => kind))
    expect(kinds.has('journey')).toBe(true)
    expect(kinds.has('theme')).toBe(false)
    expect(kinds.has('realmSettings')).toBe(false)
  })

  test('an author cannot restore a custom node type with a journey that needs it', async () => {
    const as = staff.alphaauthor ?? ''
    const nodeTypes = '/node-designer/node-type'
    const fields = { displayName: 'Needed', outcomes: ['ok'], outputs: [], inputs: [], script: '1' }
    const type = { serviceName: 'needed', ...fields }
    expect((await ask(`${nodeTypes}?_action=create`, { method: 'POST', body: type })).status).toBe(201)
    const node = { nodeType: 'designer-needed', displayName: 'Needs', connections: {}, x: 1, y: 1 }
    const tree = { entryNodeId: 'needs', nodes: { needs: node } }
    const saved = await admin.put('journeys/Needs', { tree, nodes: { needs: {} }, innerNodes: {} }, 'new')
    expect(saved.status).toBe(201)
    expect((await admin.send('DELETE', 'journeys/Needs')).status).toBe(200)
    expect((await ask(`${nodeTypes}/needed-1`, { method: 'DELETE' })).status).toBe(200)
    const [, version] = await listOf('journey/Needs')
    const body = { withNeeds: true }
    expect((await restoring('journey/Needs', version.number, { body, as })).status).toBe(409)
    expect((await ask(`${nodeTypes}/needed-1`)).status).toBe(404)
    expect((await restoring('journey/Needs', version.number, { body })).status).toBe(200)
    expect((await ask(`${nodeTypes}/needed-1`)).status).toBe(200)
  })

  test('a realm administrator cannot send the directory’s secret elsewhere by a restore', async () => {
    const directory = (servers: string[]) => ({
      directory: { bindSecret: 'directory.alpha.bind', servers },
    })
    const settings = `${alpha}/realm-config/settings`
    const put = (body: object) => ask(settings, { method: 'PUT', body })
    expect((await put(directory(['old.example.com:636']))).status).toBe(200)
    const [old] = await listOf('realmSettings/settings')
    expect((await put(directory(['new.example.com:636']))).status).toBe(200)
    const as = staff.alpharita ?? ''
    expect((await restoring('realmSettings/settings', old.number, { as })).status).toBe(403)
    expect((await ask(settings)).body.directory.servers).toEqual(['new.example.com:636'])
  })
})

test('rejects unknown kinds and numbers', async () => {
  for (const path of ['node/x', 'journey/Secret/x', 'journey/Secret/0', 'realmSettings/other']) {
    expect((await ask(`${alpha}/versions/${path}`)).status, path).toBe(404)
  }
})
