import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn, startJourney } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const password = 'Alex-Pass-2026'
const correlationId = 'audit-test-1'

type Entry = { _id: string; eventName: string; what?: Record<string, unknown> } & Record<string, unknown>

let server: TestServer
let url: string
let admin: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha', {})
    await saveJourney(stores, 'Strict', {
      name: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
      password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
      check: { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } },
    })
    await saveJourney(stores, 'Ask', { ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } })
  })
  url = server.url
  admin = await signIn(url, 'amadmin', adminPassword, '/')
})
afterAll(() => server.stop())

type Asked = { method?: string; body?: unknown; token?: string; headers?: Record<string, string> }

async function ask(path: string, { method = 'GET', body, token = admin, headers = {} }: Asked = {}) {
  const base = path.startsWith('/openidm') ? url.replace(/\/am$/, '') : `${url}/json`
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'accept-api-version': 'resource=1.0',
      'x-forgerock-transactionid': correlationId,
      iplanetdirectorypro: token,
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

async function exportBook(query = '') {
  const response = await fetch(`${url}/json${alpha}/audit/export?${query}`, {
    headers: { iplanetdirectorypro: admin },
  })
  return { headers: response.headers, text: await response.text() }
}

/** Entries in the book, once all are chained. */
async function entries(query = '', realm = alpha): Promise<Entry[]> {
  await expect.poll(async () => (await ask('/global-config/audit')).body.waiting).toBe(0)
  const { status, body } = await ask(`${realm}/audit?${query}`)
  expect(status).toBe(200)
  return body.result
}

async function newest(query = '', realm = alpha) {
  const [entry] = await entries(query, realm)
  return entry
}

const administrator = { id: 'amadmin', name: 'amadmin', realm: '/' }

describe('a sign-in', () => {
  test('is recorded with person, address and journey', async () => {
    await signIn(url, 'alex', password)
    const found = await entries('who=alex')
    expect(found.map(({ eventName }) => eventName)).toEqual([
      'AM-TREE-LOGIN-COMPLETED',
      'AM-SESSION-CREATED',
      'AM-TREE-LOGIN-STARTED',
    ])
    expect(found[0]).toMatchObject({
      result: 'SUCCESSFUL',
      realm: '/alpha',
      who: { name: 'alex', realm: '/alpha' },
      journey: 'Login',
      ip: '127.0.0.1',
      correlationId: expect.any(String),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  test('that fails doesn’t record an unknown username', async () => {
    const typed = 'My-Secret-Password'
    const headers = { 'x-openam-username': typed, 'x-openam-password': 'x' }
    await startJourney(url, 'Strict', { headers })
    const failed = await newest('event=AM-TREE-LOGIN-COMPLETED')
    expect(failed).toMatchObject({ result: 'FAILED', journey: 'Strict' })
    expect(failed).not.toHaveProperty('who')
    expect(failed).not.toHaveProperty('whom')
    expect((await exportBook()).text).not.toContain(typed)
  })

  test('that fails is recorded about the person, without an actor', async () => {
    const headers = { 'x-openam-username': 'alex', 'x-openam-password': 'wrong' }
    await startJourney(url, 'Strict', { headers })
    const failed = await newest('whom=alex')
    expect(failed).toMatchObject({
      eventName: 'AM-TREE-LOGIN-COMPLETED',
      result: 'FAILED',
      reason: 'The credentials are wrong, or there is no such person.',
      node: { type: 'DataStoreDecisionNode', outcome: 'false' },
    })
    expect(failed).not.toHaveProperty('who')
    const { body: run } = await ask(`${alpha}/journey-sessions/${failed?.run}`)
    expect(run).toMatchObject({ journey: 'Strict', outcome: 'failure' })
    const ids = run.steps.map(({ nodeId }: { nodeId: string }) => ({ id: nodeId }))
    expect(ids).toContainEqual(expect.objectContaining({ id: Object(failed?.node).id }))
    const results = (await entries('result=FAILED')).map(({ result }) => result)
    expect(new Set(results)).toEqual(new Set(['FAILED']))
  })

  test('is found by the person, whether the event is theirs or about them', async () => {
    const found = await entries('person=ALEX&event=AM-TREE-LOGIN-COMPLETED')
    expect(found).toHaveLength(2)
    expect(found).toMatchObject([{ whom: { name: 'alex' } }, { who: { name: 'alex' } }])
    expect(await entries('person=nobody')).toEqual([])
  })

  test('is recorded without its nodes unless an administrator turns them on', async () => {
    expect(await entries('event=AM-NODE-LOGIN-COMPLETED')).toEqual([])
    await ask('/global-config/audit', { method: 'PUT', body: { keepsNodes: true } })
    await signIn(url, 'alex', password)
    const nodes = (await entries('event=AM-NODE-LOGIN-COMPLETED')).map(({ node }) => node)
    expect(nodes).toContainEqual(
      expect.objectContaining({ type: 'IdentityStoreDecisionNode', outcome: 'TRUE' }),
    )
    await ask('/global-config/audit', { method: 'PUT', body: { keepsNodes: false } })
  })

  test('never records a token, but records its end', async () => {
    const token = await signIn(url, 'alex', password)
    await ask(`${alpha}/sessions?_action=logout`, { method: 'POST', body: {}, token })
    expect(await newest()).toMatchObject({ eventName: 'AM-LOGOUT', who: { name: 'alex' } })
    const { text } = await exportBook()
    for (const secret of [token, admin, password, adminPassword]) expect(text).not.toContain(secret)
  })
})

describe("an administrator's change", () => {
  const trees = `${alpha}/realm-config/authentication/authenticationtrees/trees`

  test('is recorded with its object and the names of changed fields', async () => {
    const { body: tree } = await ask(`${trees}/Ask`)
    const { _id, _rev, _findings, ...content } = tree
    await ask(`${trees}/Copied`, { method: 'PUT', body: content })
    expect(await newest()).toMatchObject({
      eventName: 'AM-CONFIG-CHANGE',
      result: 'SUCCESSFUL',
      who: administrator,
      ip: '127.0.0.1',
      correlationId,
      what: { kind: 'journey', id: 'Copied', name: 'Copied', operation: 'CREATE' },
    })
    const changed = { ...content, description: 'A secret plan', mustRun: true }
    await ask(`${trees}/Copied`, { method: 'PUT', body: changed })
    const update = await newest()
    expect(update?.what).toEqual({
      kind: 'journey',
      id: 'Copied',
      name: 'Copied',
      operation: 'UPDATE',
      fields: ['description', 'mustRun'],
    })
    expect(JSON.stringify(update)).not.toContain('A secret plan')
    await ask(`${trees}/Copied`, { method: 'DELETE' })
    expect((await newest())?.what).toMatchObject({ operation: 'DELETE', name: 'Copied' })
  })

  test('that is rejected is recorded as failed', async () => {
    const refused = await ask(`${trees}/Ask`, { method: 'PUT', body: { nodes: 7 } })
    expect(refused.status).toBe(400)
    expect(await newest()).toMatchObject({ result: 'FAILED', what: { name: 'Ask', operation: 'UPDATE' } })
  })

  test('of a person is recorded with the person and without values', async () => {
    const mail = 'new.person@example.com'
    const person = { userName: 'newbie', givenName: 'New', sn: 'Bie', mail, password: 'Newbie-Pass-2026' }
    const made = await ask('/openidm/managed/alpha_user?_action=create', { method: 'POST', body: person })
    const whom = { id: made.body._id, name: 'newbie', realm: '/alpha' }
    expect(await newest()).toMatchObject({
      eventName: 'AM-IDENTITY-CHANGE',
      realm: '/alpha',
      who: administrator,
      whom,
      what: { kind: 'person', operation: 'CREATE' },
    })
    const patch = [{ operation: 'replace', field: '/telephoneNumber', value: '+4712345678' }]
    await ask(`/openidm/managed/alpha_user/${whom.id}`, { method: 'PATCH', body: patch })
    const changed = await newest('whom=newbie')
    expect(changed).toMatchObject({ whom, what: { operation: 'UPDATE', fields: ['telephoneNumber'] } })
    const recorded = JSON.stringify(await entries())
    for (const value of [mail, '4712345678', person.password]) expect(recorded).not.toContain(value)
  })

  test.each([
    [
      'a script',
      `${alpha}/scripts?_action=create`,
      {
        name: 'Hello',
        script: 'b3V0Y29tZSA9ICd0cnVlJw==',
        language: 'JAVASCRIPT',
        context: 'AUTHENTICATION_TREE_DECISION_NODE',
      },
      { kind: 'script', name: 'Hello' },
    ],
    [
      'a custom node type',
      '/node-designer/node-type',
      { serviceName: 'greet', displayName: 'Greet', outcomes: ['ok'], script: "action.goTo('ok')" },
      { kind: 'customNodeType', name: 'Greet' },
    ],
    [
      'a realm',
      '/global-config/realms?_action=create',
      { name: 'gamma', parentPath: '/' },
      { kind: 'realm', name: 'gamma' },
    ],
  ])('that creates %s is recorded', async (_what, path, body, what) => {
    expect((await ask(path, { method: 'POST', body })).status).toBeLessThan(300)
    const realm = path.startsWith('/realms') ? alpha : '/realms/root'
    expect(await newest('', realm)).toMatchObject({ what: { ...what, operation: 'CREATE' } })
  })

  test('is not recorded for an action that only reads', async () => {
    const [before] = await entries()
    for (const action of ['schema', 'template', 'getIds']) {
      await ask(`${trees}?_action=${action}`, { method: 'POST', body: {} })
    }
    expect((await newest())?._id).toBe(before?._id)
  })

  test('without permission is not recorded, because nothing was tried', async () => {
    const token = await signIn(url, 'alex', password)
    const [before] = await entries('event=AM-CONFIG-CHANGE')
    expect((await ask(`${trees}/Ask`, { method: 'DELETE', token })).status).toBe(403)
    expect((await newest('event=AM-CONFIG-CHANGE'))?._id).toBe(before?._id)
  })
})

describe('the book', () => {
  test('is for administrators', async () => {
    const token = await signIn(url, 'alex', password)
    expect((await ask(`${alpha}/audit`, { token })).status).toBe(403)
    expect((await ask('/global-config/audit', { token })).status).toBe(403)
  })

  test('is paged, read entry by entry, and over all realms from the root realm', async () => {
    const all = await entries('_pageSize=500')
    const first = (await ask(`${alpha}/audit?_pageSize=2`)).body
    expect(first.result).toEqual(all.slice(0, 2))
    const next = (await ask(`${alpha}/audit?_pageSize=2&_pagedResultsCookie=${first.pagedResultsCookie}`))
      .body
    expect(next.result).toEqual(all.slice(2, 4))
    expect((await ask(`${alpha}/audit/${all[0]?._id}`)).body).toEqual(all[0])
    const [ofRoot] = await entries('event=AM-CONFIG-CHANGE', '/realms/root')
    expect((await ask(`${alpha}/audit/${ofRoot?._id}`)).status).toBe(404)
    expect((await ask(`/realms/root/audit/${all[0]?._id}`)).status).toBe(200)
    const realms = (await entries('allRealms=true&_pageSize=500', '/realms/root')).map(({ realm }) => realm)
    expect(new Set(realms)).toEqual(new Set(['/', '/alpha']))
  })

  test.each([
    ['from=yesterday', 'The query parameter from must be a time in ISO 8601'],
    ['allRealms=true', 'allRealms needs the root realm'],
    ['_pagedResultsCookie=x', 'The query parameter _pagedResultsCookie is invalid'],
    ['_pageSize=x', 'The query parameter _pageSize must be a whole number'],
  ])('rejects %s', async (query, message) => {
    expect((await ask(`${alpha}/audit?${query}`)).body).toMatchObject({ code: 400, message })
  })

  test('is searched by time and text', async () => {
    const [latest] = await entries()
    const at = String(latest?.timestamp)
    expect((await entries(`from=${at}`))[0]?._id).toBe(latest?._id)
    expect((await entries(`to=${at}`))[0]?._id).not.toBe(latest?._id)
    expect((await entries('text=NEWBIE')).length).toBeGreaterThan(1)
    expect(await entries('text=nothing-of-the-kind')).toEqual([])
  })

  test('is exported as JSON lines, which is recorded', async () => {
    const { headers, text } = await exportBook('event=AM-LOGOUT')
    expect(headers.get('content-type')).toBe('application/x-ndjson')
    expect(headers.get('content-disposition')).toContain('attachment')
    const lines = text.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).eventName)).toEqual(['AM-LOGOUT'])
    expect(await newest()).toMatchObject({ eventName: 'SIDEGATE-AUDIT-READ', who: administrator })
  })

  test('shows its retention and rejects an invalid number of days', async () => {
    const before = (await ask('/global-config/audit')).body
    expect(before).toMatchObject({ retentionDays: 365, first: 1, last: { sequence: expect.any(Number) } })
    const put = await ask('/global-config/audit', { method: 'PUT', body: { retentionDays: 90 } })
    expect(put.body).toMatchObject({ retentionDays: 90, keepsNodes: false })
    const refused = await ask('/global-config/audit', { method: 'PUT', body: { retentionDays: -1 } })
    expect(refused.status).toBe(400)
  })

  test('is verified from end to end, also against a noted row', async () => {
    const { last } = (await ask('/global-config/audit')).body
    const verify = (body = {}) => ask('/global-config/audit?_action=verify', { method: 'POST', body })
    expect((await verify()).body).toMatchObject({ isWhole: true })
    expect((await verify({ head: last })).body).toMatchObject({ isWhole: true })
    const forged = { sequence: last.sequence, hash: '0'.repeat(64) }
    expect((await verify({ head: forged })).body).toMatchObject({ isWhole: false, brokenAt: last.sequence })
  })
})
