import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { newSession } from '../../src/sessions/sessions.ts'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import { type ConsoleClient, consoleClient } from '../support/console-client.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { startJourney } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const message = (text: string) => ({ message: { en: text }, messageYes: {}, messageNo: {} })

let server: TestServer
let admin: ConsoleClient
let ask: Ask
/** Session tokens. */
const staff: Record<string, string> = {}

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha', { defaultJourney: 'Ask' })
    await saveRealm(stores, '/beta')
    for (const [name, realm, role] of [
      ['alphaauthor', '/alpha', 'journey-author'],
      ['betaauthor', '/beta', 'journey-author'],
      ['alphaagent', '/alpha', 'agent'],
    ] as const) {
      const identity = exampleIdentity({ id: name, userName: name, realm, roles: [role] })
      await stores.identities.create(identity)
      const signIn = { realm, identity, journey: 'Login', authLevel: 0, properties: {} }
      const { token, session } = newSession(
        { ...signIn, maxIdleMinutes: 30, maxSessionMinutes: 120 },
        Date.now(),
      )
      await stores.sessions.create(session)
      staff[name] = token
    }
    for (const name of ['Ask', 'Race', 'Imported', 'Deleted', 'Run']) {
      const node = { type: 'MessageNode', config: message('Published'), to: { true: 'success' } }
      await saveJourney(stores, name, { first: node }, { noSession: false })
    }
  })
  admin = await consoleClient(server.url)
  ask = asking(server.url, admin.token)
})
afterAll(() => server.stop())

type Parts = { tree: JsonObject; nodes: JsonObject; innerNodes: JsonObject }

// biome-ignore lint/suspicious/noExplicitAny: tests read answers at any depth
const read = async (name: string): Promise<any> => (await admin.get(`drafts/${name}`)).body
const partsOf = ({ tree, nodes, innerNodes }: Parts): Parts => ({ tree, nodes, innerNodes })

/** The published journey with another text. */
async function changedParts(name: string, text: string): Promise<Parts & { _rev: string }> {
  const { body } = await ask(`${alpha}/journeys/${name}`)
  const id = body.tree.entryNodeId
  return { ...partsOf(body), nodes: { [id]: { ...body.nodes[id], ...message(text) } }, _rev: body._rev }
}

/** Begins a draft with another text. @returns its revision. */
async function begin(name: string, text: string): Promise<string> {
  const { _rev, ...parts } = await changedParts(name, text)
  const { status, body } = await admin.put(`drafts/${name}`, { ...parts, base: _rev }, 'new')
  expect(status).toBe(201)
  return (body.draft as { _rev: string })._rev
}

const publish = (name: string, revision: string, headers: Record<string, string> = {}) =>
  admin.send('POST', `drafts/${name}?_action=publish`, {}, { 'if-match': `"${revision}"`, ...headers })
const versionsOf = async (name: string) => (await ask(`${alpha}/versions/journey/${name}`)).body.result
const textSeen = async (name: string) => JSON.stringify((await startJourney(server.url, name)).body.callbacks)

test('sign-ins see a draft only after it was published, as one version with its note', async () => {
  const before = await versionsOf('Ask')
  const revision = await begin('Ask', 'Drafted')
  expect(await textSeen('Ask')).toContain('Published')
  expect(await read('Ask')).toMatchObject({
    draft: { isBehind: false, savedBy: 'amadmin', tree: { _id: 'Ask' } },
    published: { saves: 1 },
    base: null,
  })
  expect((await admin.get('drafts')).body.result).toMatchObject([
    { _id: 'Ask', isPublished: true, isBehind: false, nodeCount: 1 },
  ])
  const { body: preview } = await admin.get('drafts/Ask/differences')
  expect(preview).toMatchObject({ problems: [], isBehind: false, isIdentical: false })
  expect(JSON.stringify(preview.differences)).toContain('Drafted')

  const { body } = await publish('Ask', revision, { 'sidegate-note': encodeURIComponent('Clearer') })
  expect(body).toMatchObject({ _id: 'Ask', saves: 2, savedBy: 'amadmin' })
  expect(await textSeen('Ask')).toContain('Drafted')
  expect((await read('Ask')).draft).toBeNull()
  const after = await versionsOf('Ask')
  expect(after).toHaveLength(before.length + 1)
  expect(after[0]).toMatchObject({ note: 'Clearer', savedBy: 'amadmin', cause: 'save' })
  const actions = await audited(ask, '_pageSize=20')
  expect(actions).toContainEqual(
    expect.objectContaining({
      what: expect.objectContaining({ kind: 'draft', name: 'Ask', action: 'publish' }),
    }),
  )
})

test('an unfinished draft of a new journey is saved and listed, but can’t be published', async () => {
  const place = { nodeType: 'ScriptedDecisionNode', displayName: 'Decide', connections: {} }
  const tree = { _id: 'New', entryNodeId: '', nodes: { decide: place } }
  const parts = { tree, nodes: { decide: { script: 'absent' } }, innerNodes: {} }
  const begun = await admin.put('drafts/New', { ...parts, base: null }, 'new')
  expect(begun.status).toBe(201)
  expect(await ask(`${alpha}/journeys/New`)).toMatchObject({ status: 404 })
  const { result } = (await admin.get('drafts')).body as { result: JsonObject[] }
  expect(result.find(({ _id }) => _id === 'New')).toMatchObject({ isPublished: false })
  const preview = await admin.get('drafts/New/differences')
  expect(preview.body.problems).toEqual([
    expect.objectContaining({ message: expect.stringContaining('entryNodeId') }),
    expect.objectContaining({ nodeId: 'decide', attribute: 'script' }),
  ])
  const revision = (begun.body.draft as { _rev: string })._rev
  expect(await publish('New', revision)).toMatchObject({ status: 400 })
  expect((await read('New')).draft).toMatchObject({ _rev: revision })

  const discarded = await admin.send('DELETE', 'drafts/New', undefined, { 'if-match': revision })
  expect(discarded.status).toBe(200)
  expect((await admin.get('drafts/New')).status).toBe(404)
  const entry = expect.objectContaining({ kind: 'draft', name: 'New', operation: 'DELETE' })
  expect(await audited(ask, '_pageSize=20')).toContainEqual(expect.objectContaining({ what: entry }))
})

test('refuses a draft without a base, precondition or journey, and one with a node of another journey', async () => {
  const { _rev, ...parts } = await changedParts('Ask', 'x')
  expect(await admin.put('drafts/Ask', parts, 'new')).toMatchObject({ status: 400 })
  expect(await admin.put('drafts/Ask', { ...parts, base: 7 }, 'new')).toMatchObject({ status: 400 })
  expect(await admin.send('PUT', 'drafts/Ask', parts)).toMatchObject({ status: 428 })
  expect(await admin.send('DELETE', 'drafts/Ask')).toMatchObject({ status: 428 })
  expect(await admin.put('drafts/Ask', { ...parts, base: 'old' }, 'new')).toMatchObject({ status: 412 })
  expect(await admin.put('drafts/Ask', { ...parts, base: null }, 'new')).toMatchObject({ status: 412 })
  expect(await admin.put('drafts/Ask', { ...parts, base: _rev }, 'gone')).toMatchObject({ status: 412 })
  expect(await admin.put('drafts/Ask', { tree: { a: 1 } }, 'new')).toMatchObject({ status: 400 })
  const other = { ...parts, tree: { ...parts.tree, _id: 'Other' }, base: null }
  expect(await admin.put('drafts/Other', other, 'new')).toMatchObject({ status: 409 })
  expect(await admin.put('drafts/Other', { ...other, base: 'x' }, 'new')).toMatchObject({ status: 404 })
})

test('of two publishes, and of two saves, one wins', async () => {
  const revision = await begin('Race', 'One')
  const parts = partsOf((await read('Race')).draft)
  const saves = await Promise.all([1, 2].map(() => admin.put('drafts/Race', parts, revision)))
  expect(saves.map(({ status }) => status).toSorted()).toEqual([200, 412])
  const { _rev } = (await read('Race')).draft
  const before = await versionsOf('Race')
  const publishes = await Promise.all([1, 2, 3].map(() => publish('Race', _rev)))
  expect(publishes.map(({ status }) => status).toSorted()).toEqual([200, 412, 412])
  expect(await versionsOf('Race')).toHaveLength(before.length + 1)
  expect(await publish('Race', _rev)).toMatchObject({ status: 412 })
})

test('a save over REST publishes at once, and the draft must include it before it can be published', async () => {
  const revision = await begin('Imported', 'Mine')
  const { _rev, ...theirs } = await changedParts('Imported', 'Theirs')
  const { body: published } = await admin.put('journeys/Imported', theirs, _rev)
  expect(await textSeen('Imported')).toContain('Theirs')
  const copy = await read('Imported')
  expect(copy.draft).toMatchObject({ _rev: revision, isBehind: true })
  expect(JSON.stringify(copy.draft.nodes)).toContain('Mine')
  expect(JSON.stringify(copy.base.nodes)).toContain('Published')
  expect(await publish('Imported', revision)).toMatchObject({
    status: 412,
    body: { detail: { isBehind: true } },
  })

  const merged = { ...partsOf(copy.draft), base: published._rev }
  const saved = await admin.put('drafts/Imported', merged, revision)
  const { _rev: next } = saved.body.draft as { _rev: string }
  expect(saved.body).toMatchObject({ draft: { isBehind: false }, base: null })
  expect(await publish('Imported', next)).toMatchObject({ status: 200 })
  expect(await textSeen('Imported')).toContain('Mine')
})

test('a draft is deleted with its journey', async () => {
  await begin('Deleted', 'Mine')
  await admin.send('DELETE', 'journeys/Deleted')
  expect((await admin.get('drafts/Deleted')).status).toBe(404)
})

test('only people who may change journeys of the realm read, save, publish or run drafts', async () => {
  const revision = await begin('Run', 'Drafted')
  const calls: [string, string][] = [
    ['GET', 'drafts'],
    ['GET', 'drafts/Run'],
    ['GET', 'drafts/Run/differences'],
    ['PUT', 'drafts/Run'],
    ['DELETE', 'drafts/Run'],
    ['POST', 'drafts/Run?_action=publish'],
    ['POST', 'journey-sessions?_action=watch'],
  ]
  for (const [method, path] of calls) {
    for (const [as, status] of [
      ['', 401],
      [staff.alphaagent, 403],
      [staff.betaauthor, 403],
    ] as const) {
      const body = method === 'GET' ? undefined : { journey: 'Run', draft: true }
      const headers = { 'if-match': revision }
      expect(await ask(`${alpha}/${path}`, { method, as: as ?? '', headers, body })).toMatchObject({ status })
    }
  }
  expect(await ask(`${alpha}/drafts/Run`, { as: staff.alphaauthor ?? '' })).toMatchObject({ status: 200 })
})

test('a key runs the draft once, watched, and signs nobody in', async () => {
  const start = async (
    headers: Record<string, string>,
    query = 'authIndexType=service&authIndexValue=Run',
  ) => {
    const url = `${server.url}/json${alpha}/authenticate?${query}`
    const response = await fetch(url, { method: 'POST', headers })
    return { status: response.status, text: await response.text() }
  }
  const issue = async (body: object) => {
    const { body: issued } = await ask(`${alpha}/journey-sessions?_action=watch`, { method: 'POST', body })
    return { [String(issued.header)]: String(issued.key) }
  }
  expect((await start({})).text).toContain('Published')
  expect((await start(await issue({ journey: 'Run' }))).text).toContain('Published')
  const key = await issue({ journey: 'Run', draft: true })
  const first = await start(key)
  expect(first.text).toContain('Drafted')
  expect(await start(key)).toMatchObject({ status: 400 })
  const elsewhere = await issue({ journey: 'Run', draft: true })
  expect(await start(elsewhere, 'authIndexType=service&authIndexValue=Ask')).toMatchObject({ status: 400 })
  expect(await start(elsewhere, '')).toMatchObject({ status: 400 })
  const nameless = { method: 'POST', body: { draft: true } }
  expect(await ask(`${alpha}/journey-sessions?_action=watch`, nameless)).toMatchObject({ status: 400 })

  const { authId, callbacks } = JSON.parse(first.text)
  const response = await fetch(`${server.url}/json${alpha}/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ authId, callbacks }),
  })
  expect(await response.json()).not.toHaveProperty('tokenId')
})
