import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { journeyDocumentSchema } from '../../src/journeys/journey-document.ts'
import { realmSettingsSchema } from '../../src/realms/realm.ts'
import { freePort } from '../support/directory-server.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let server: TestServer
let url: string
let ask: Ask

const realms = ['bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel']

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha')
    for (const name of realms) await saveRealm(stores, `/${name}`)
  })
  url = server.url
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server.stop())

const at = (realm: string) => `/realms/root${realm === '/' ? '' : `/realms/${realm}`}`

function starter(realm: string, id: string, action = 'add', body: object = {}, as?: string) {
  const path = `${at(realm)}/realm-config/starters/${id}?_action=${action}`
  return ask(path, { method: 'POST', body, ...(as === undefined ? {} : { as }) })
}

const settingsOf = async (realm: string) => (await ask(`${at(realm)}/realm-config/settings`)).body
const namesOf = async (realm: string): Promise<string[]> =>
  (await ask(`${at(realm)}/journeys`)).body.result.map(({ _id }: { _id: string }) => _id)

type Item = { kind: string; id: string; name: string; status: string }
const statusOf = (items: Item[], id: string) => items.find((item) => item.id === id)?.status

/** Creates a person with a role. @returns their session. */
async function member(realm: string, userName: string, role: string, on = { url, ask }): Promise<string> {
  const people = `/openidm/managed/${realm}_user`
  const password = 'Staff-Pass-2026'
  const person = { userName, givenName: 'Some', sn: 'Body', mail: `${userName}@example.com`, password }
  const { body } = await on.ask(`${people}?_action=create`, { method: 'POST', body: person })
  await on.ask(`${people}/${body._id}?_action=setRoles`, { method: 'POST', body: { roles: [role] } })
  return signIn(on.url, userName, password, realm)
}

describe('an empty realm', () => {
  test('gets a sign-in that works, checks with everything they need, and people', async () => {
    const list = async () => (await ask(`${at('bravo')}/realm-config/starters`)).body.result
    expect((await list()).map(({ isAdded }: { isAdded: boolean }) => isAdded)).toEqual(Array(5).fill(false))

    const planned = await starter('bravo', 'sign-in', 'plan')
    expect(planned.body).toMatchObject({ isAdded: false, isPossible: true })
    expect(statusOf(planned.body.items, 'Login')).toBe('new')
    expect(await namesOf('bravo')).toEqual([])

    for (const id of ['sign-in', 'help-desk', 'confirmations', 'examples', 'sample-people']) {
      const { status, body } = await starter('bravo', id)
      expect(status, JSON.stringify(body)).toBe(200)
      expect(body).toMatchObject({ isAdded: true })
    }
    expect((await list()).map(({ isAdded }: { isAdded: boolean }) => isAdded)).toEqual(Array(5).fill(true))
    expect(await namesOf('bravo')).toEqual(await namesOf('alpha'))
    const dana = await signIn(url, 'dana', 'Dana-Pass-2026', 'bravo')
    const desk = await ask(`${at('bravo')}/help-desk`, { as: dana })
    expect(desk.body.checks.map(({ journey }: { journey: string }) => journey)).toEqual([
      'VerifyWithCode',
      'FallbackLadder',
      'TwoAgents',
      'HelpDesk',
    ])
  })

  test('keeps its limits and its policy of passwords', async () => {
    const { helpDesk, passwordPolicy } = await settingsOf('bravo')
    const usual = realmSettingsSchema.parse({}).helpDesk
    expect(helpDesk).toMatchObject({ maxChecksPerAgent: usual.maxChecksPerAgent, organisation: '' })
    expect(passwordPolicy.minLength).toBe(8)
  })

  test('stays the same when starters are added again', async () => {
    const before = await settingsOf('bravo')
    const { body } = await starter('bravo', 'help-desk')
    expect(body.items.filter(({ status }: Item) => status !== 'identical')).toEqual([])
    const again = await starter('bravo', 'sample-people')
    expect(again.body.items.every(({ status }: Item) => status === 'kept')).toBe(true)
    expect(await settingsOf('bravo')).toEqual(before)
  })

  test('has the addition in its audit trail', async () => {
    const entries: { what?: object }[] = await audited(ask, '', at('bravo'))
    expect(entries.map(({ what }) => what)).toContainEqual(
      expect.objectContaining({ kind: 'starter', id: 'help-desk', operation: 'ACTION', action: 'add' }),
    )
    expect(JSON.stringify(entries)).not.toMatch(/Pass-2026/)
  })
})

describe('what an administrator made', () => {
  test('stays, unless it is to be replaced', async () => {
    const own = { _id: 'Login', entryNodeId: '70e691a5-1e33-4ac3-a356-e7b6d60d92e0', nodes: {} }
    const tree = journeyDocumentSchema.parse({ ...own, description: 'Ours' })
    const path = `${at('charlie')}/realm-config/authentication/authenticationtrees/trees/Login`
    await ask(path, { method: 'PUT', body: tree })
    const description = async () => (await ask(path)).body.description

    const planned = await starter('charlie', 'sign-in', 'plan')
    expect(statusOf(planned.body.items, 'Login')).toBe('kept')
    await starter('charlie', 'sign-in')
    expect(await description()).toBe('Ours')
    expect(await namesOf('charlie')).toEqual(['Login', 'PlatformLogin'])
    expect(await isEnabled('charlie', 'PlatformLogin')).toBe(false)

    expect(
      statusOf((await starter('charlie', 'sign-in', 'plan', { existing: 'replace' })).body.items, 'Login'),
    ).toBe('changed')
    await starter('charlie', 'sign-in', 'add', { existing: 'replace' })
    expect(await description()).not.toBe('Ours')
  })

  test('a person with the name of a sample person keeps name and password', async () => {
    const people = '/openidm/managed/charlie_user'
    const password = 'Own-Pass-2026-Long'
    const alex = { userName: 'alex', givenName: 'Own', sn: 'Alex', mail: 'own@example.com', password }
    await ask(`${people}?_action=create`, { method: 'POST', body: alex })
    const { body } = await starter('charlie', 'sample-people')
    expect(statusOf(body.items, 'alex')).toBe('kept')
    expect(statusOf(body.items, 'dana')).toBe('new')
    await signIn(url, 'alex', password, 'charlie')
  })
})

/** A journey that ends at once, in place of one that asks for more than a password. */
const strong = { entryNodeId: '70e691a5-1e33-4ac3-a356-e7b6d60d92e0', nodes: {} }
const trees = (realm: string) => `${at(realm)}/realm-config/authentication/authenticationtrees/trees`
const isEnabled = async (realm: string, name: string) =>
  (await ask(`${trees(realm)}/${name}`)).body.enabled as boolean

test('a realm with a sign-in of its own gets weaker ones turned off, and the plan says so', async () => {
  const tree = journeyDocumentSchema.parse({ _id: 'Strong', ...strong })
  await ask(`${trees('hotel')}/Strong`, { method: 'PUT', body: tree })
  await ask(`${at('hotel')}/realm-config/settings`, { method: 'PUT', body: { defaultJourney: 'Strong' } })
  const { body } = await starter('hotel', 'sign-in')
  expect(body.findings.map(({ message }: { message: string }) => message)).toEqual(
    ['Login', 'PlatformLogin'].map((name) => expect.stringContaining(`${name} is added turned off`)),
  )
  await starter('hotel', 'examples')
  for (const name of ['Login', 'PlatformLogin', 'StepUp']) expect(await isEnabled('hotel', name)).toBe(false)
  expect(await isEnabled('hotel', 'Greeting')).toBe(true)
  await expect(signIn(url, 'nobody', 'at all', 'hotel')).rejects.toThrow()

  const { _rev, ...login } = (await ask(`${trees('hotel')}/Login`)).body
  await ask(`${trees('hotel')}/Login`, { method: 'PUT', body: { ...login, enabled: true } })
  const again = await starter('hotel', 'sign-in', 'add', { existing: 'replace' })
  expect(again.body.findings).toEqual([])
  expect(await isEnabled('hotel', 'Login')).toBe(true)
  expect(await isEnabled('hotel', 'PlatformLogin')).toBe(false)
})

test('a starter whose settings were removed counts as not added', async () => {
  const isAdded = async () => {
    const { result } = (await ask(`${at('hotel')}/realm-config/starters`)).body
    return result.find(({ _id }: { _id: string }) => _id === 'confirmations').isAdded
  }
  await starter('hotel', 'confirmations')
  expect(await isAdded()).toBe(true)
  const body = { oauth: { ciba: { journey: '' } } }
  await ask(`${at('hotel')}/realm-config/settings`, { method: 'PUT', body })
  expect(await isAdded()).toBe(false)
})

test('administrators of a realm read whom to ask for what all realms share', async () => {
  const bare = await startServer({ withSamples: false })
  try {
    const asked = asking(bare.url, await signIn(bare.url, 'amadmin', adminPassword, '/'))
    const path = `${at('alpha')}/realm-config/starters`
    const send = (id: string, action: string, as?: string) =>
      asked(`${path}/${id}?_action=${action}`, { method: 'POST', body: {}, ...(as !== undefined && { as }) })
    expect((await send('sign-in', 'add')).status).toBe(200)
    const rada = await member('alpha', 'rada', 'realm-admin', { url: bare.url, ask: asked })
    const refusals = async () =>
      (await asked(path, { as: rada })).body.result.map(({ refusal }: { refusal: string | null }) => refusal)
    const why = expect.stringMatching(/^Ask an administrator of the server to add it/)
    expect(await refusals()).toEqual([null, why, null, why, null])
    const planned = await send('help-desk', 'plan', rada)
    expect(planned.body.isPossible).toBe(false)
    expect(planned.body.findings[0]).toEqual({ kind: 'conflict', message: why })
    const { status, body } = await send('help-desk', 'add', rada)
    expect([status, body.message]).toEqual([403, why])

    expect((await send('help-desk', 'add')).status).toBe(200)
    expect(await refusals()).toEqual([null, null, null, null, null])
    expect((await send('examples', 'add', rada)).status).toBe(200)
  } finally {
    await bare.stop()
  }
})

describe('who adds starters', () => {
  test('administrators of the realm, and of no other', async () => {
    const administrator = await member('bravo', 'rada', 'realm-admin')
    const author = await member('bravo', 'july', 'journey-author')
    expect((await starter('bravo', 'sign-in', 'plan', {}, administrator)).status).toBe(200)
    expect((await starter('bravo', 'help-desk', 'add', {}, administrator)).status).toBe(200)
    for (const id of ['sign-in', 'help-desk', 'sample-people']) {
      expect((await starter('delta', id, 'add', {}, administrator)).status).toBe(403)
      expect((await starter('delta', id, 'plan', {}, administrator)).status).toBe(403)
      expect((await starter('bravo', id, 'add', {}, author)).status).toBe(403)
      expect((await starter('bravo', id, 'add', {}, '')).status).toBe(401)
    }
    expect(await namesOf('delta')).toEqual([])
  })

  test('an unknown starter and a bad choice get clear errors', async () => {
    expect((await starter('delta', 'nothing')).status).toBe(404)
    const { status, body } = await starter('delta', 'sign-in', 'add', { existing: 'skip' })
    expect([status, body.message]).toEqual([400, 'existing: must be keep or replace'])
  })
})

test('two administrators who add the same at once get one consistent realm', async () => {
  const ids = ['sign-in', 'help-desk', 'help-desk', 'sample-people', 'sample-people', 'sign-in']
  const answers = await Promise.all(ids.map((id) => starter('echo', id)))
  for (const { status } of answers) expect([200, 409]).toContain(status)
  for (const id of ids) expect((await starter('echo', id)).status).toBe(200)
  const { body } = await starter('echo', 'help-desk')
  expect(body.items.every(({ status }: Item) => status === 'identical')).toBe(true)
  const { helpDesk } = await settingsOf('echo')
  expect(helpDesk.checks).toHaveLength(3)
  const { body: found } = await ask('/openidm/managed/echo_user?_queryFilter=true&_fields=userName')
  const names = found.result.map(({ userName }: { userName: string }) => userName)
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
  expect(names).toContain('dana')
})

test('a change of settings at the same time is not lost', async () => {
  const minutes = [11, 12, 13, 14, 15, 16]
  const changes = minutes.map((journeyMinutes) =>
    ask(`${at('foxtrot')}/realm-config/settings`, { method: 'PUT', body: { journeyMinutes } }),
  )
  const [added, ...changed] = await Promise.all([starter('foxtrot', 'confirmations'), ...changes])
  expect(new Set(changed.map(({ status }) => status))).toEqual(new Set([200]))
  if (added.status === 409) await starter('foxtrot', 'confirmations')
  const { journeyMinutes, oauth } = await settingsOf('foxtrot')
  expect(minutes).toContain(journeyMinutes)
  expect(oauth.ciba.journey).toBe('ConfirmRequest')
})

describe('the checklist', () => {
  type Step = { _id: string; isDone: boolean; problem?: string; candidates?: string[] }
  const read = async (as?: string) =>
    ask(`${at('golf')}/realm-config/checklist`, as === undefined ? {} : { as })
  const open = async () => (await read()).body.steps.flatMap(({ _id, isDone }: Step) => (isDone ? [] : [_id]))

  test('follows what the realm has', async () => {
    const desk = ['check', 'organisation', 'agent', 'caller', 'verified']
    expect(await open()).toEqual(['address', 'mail', 'signIn', ...desk])
    await starter('golf', 'sign-in')
    expect(await open()).toEqual(['address', 'mail', ...desk])
    await starter('golf', 'help-desk')
    await starter('golf', 'sample-people')
    expect(await open()).toEqual(['address', 'mail', 'organisation', 'verified'])
    expect((await read()).body.isDone).toBe(false)
  })

  test('names a default journey that cannot be started, and others', async () => {
    const change = (defaultJourney: string) =>
      ask(`${at('golf')}/realm-config/settings`, { method: 'PUT', body: { defaultJourney } })
    await change('Gone')
    const { body } = await read()
    const step = body.steps.find(({ _id }: Step) => _id === 'signIn')
    expect(step).toEqual({
      _id: 'signIn',
      isDone: false,
      isOptional: false,
      journey: 'Gone',
      problem: 'missing',
      candidates: ['Login', 'PlatformLogin'],
    })
    await change('PlatformLogin')
    const tree = `${at('golf')}/realm-config/authentication/authenticationtrees/trees/PlatformLogin`
    const problemOf = async (changes: object) => {
      const { _rev, ...old } = (await ask(tree)).body
      await ask(tree, { method: 'PUT', body: { ...old, ...changes } })
      return (await read()).body.steps.find(({ _id }: Step) => _id === 'signIn').problem
    }
    expect(await problemOf({ enabled: false })).toBe('off')
    expect(await problemOf({ enabled: true, innerTreeOnly: true })).toBe('broken')
    expect(await problemOf({ innerTreeOnly: false })).toBeUndefined()
    await change('Empty')
    const empty = { ...journeyDocumentSchema.parse({ _id: 'Empty', entryNodeId: 'none', nodes: {} }) }
    await ask(`${trees('golf')}/Empty`, { method: 'PUT', body: empty })
    const { steps } = (await read()).body
    expect(steps.find(({ _id }: Step) => _id === 'signIn').problem).toBe('faulty')
    await change('Login')
  })

  test('is for administrators of the realm', async () => {
    expect((await read(await signIn(url, 'dana', 'Dana-Pass-2026', 'golf'))).status).toBe(403)
    expect((await read('')).status).toBe(401)
  })
})

/** Adds the sample people with a Host header of its own. @returns the status. */
async function addAt(serverUrl: string, host: string, token: string): Promise<number | undefined> {
  const { hostname, port } = new URL(serverUrl)
  const asked = request({
    host: hostname,
    port,
    path: `/am/json${at('alpha')}/realm-config/starters/sample-people?_action=add`,
    method: 'POST',
    headers: { host, iplanetdirectorypro: token, 'content-type': 'application/json' },
  })
  asked.end('{}')
  const [answer] = await once(asked, 'response')
  answer.resume()
  return answer.statusCode
}

describe('sample people', () => {
  test('are refused in the root realm', async () => {
    const { status, body } = await starter('/', 'sample-people')
    expect([status, body.message]).toEqual([403, 'The root realm gets no people with published passwords'])
    expect((await starter('/', 'sample-people', 'plan')).body).toMatchObject({ isPossible: false })
  })

  test.each([{ allowedHosts: ['desk.example.com'] }, { linkBaseUrl: 'https://desk.example.com/am' }])(
    'are refused where others reach a realm by its host: %j',
    async (settings) => {
      const other = await startPrepared((stores) => saveRealm(stores, '/bravo', settings))
      try {
        const asked = asking(other.url, await signIn(other.url, 'amadmin', adminPassword, '/'))
        const path = `${at('alpha')}/realm-config`
        const add = { method: 'POST', body: {} }
        expect((await asked(`${path}/starters/sample-people?_action=add`, add)).status).toBe(403)
        const { steps } = (await asked(`${path}/checklist`)).body
        expect(steps[0]).toMatchObject({ _id: 'address', isOptional: false })
      } finally {
        await other.stop()
      }
    },
  )

  test('are refused where a request names another host than this machine', async () => {
    const port = await freePort()
    const other = await startServer({ baseUrl: 'http://localhost:8080', port })
    try {
      const address = `http://127.0.0.1:${port}/am`
      const token = await signIn(address, 'amadmin', adminPassword, '/')
      const add = (host: string) => addAt(address, host, token)
      expect(await add('desk.example.com')).toBe(403)
      expect(await add('localhost:8080')).toBe(200)
    } finally {
      await other.stop()
    }
  })

  test('stay as they are in the sample realm after they were renamed', async () => {
    const people = '/openidm/managed/alpha_user'
    const { result } = (await ask(`${people}?_queryFilter=userName+eq+%22alex%22`)).body
    const rename = [{ operation: 'replace', field: '/userName', value: 'alexander' }]
    await ask(`${people}/${result[0]._id}`, { method: 'PATCH', body: rename })
    const { status, body } = await starter('alpha', 'sample-people')
    expect([status, statusOf(body.items, 'alex')]).toEqual([200, 'kept'])
  })

  test('are refused where their passwords would be dangerous', async () => {
    const other = await startServer({ allowsSamplePeople: false })
    try {
      const asOther = asking(other.url, await signIn(other.url, 'amadmin', adminPassword, '/'))
      const path = `${at('alpha')}/realm-config/starters`
      const { status, body } = await asOther(`${path}/sample-people?_action=add`, {
        method: 'POST',
        body: {},
      })
      expect([status, body.message]).toEqual([403, expect.stringContaining('published')])
      const { result } = (await asOther(path)).body
      expect(result.map(({ refusal }: { refusal: string | null }) => refusal !== null)).toEqual([
        false,
        false,
        false,
        false,
        true,
      ])
    } finally {
      await other.stop()
    }
  })
})
