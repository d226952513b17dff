import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newSession } from '../../src/sessions/sessions.ts'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import { type ConsoleClient, consoleClient } from '../support/console-client.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'

const alpha = '/realms/root/realms/alpha'
const exports = join(import.meta.dirname, '../fixtures/exchange')
const file = JSON.parse(readFileSync(join(exports, 'frodo-multi.journey.json'), 'utf8'))
const journey = 'Verify – 確認'
const path = `journeys/${encodeURIComponent(journey)}`
const template = '/openidm/config/emailTemplate/welcome?realm=/alpha'

let server: TestServer
let admin: ConsoleClient
let ask: Ask
let author: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha')
    const identity = exampleIdentity({ id: 'ada', userName: 'ada', roles: ['journey-author'] })
    await stores.identities.create(identity)
    const limits = { maxIdleMinutes: 30, maxSessionMinutes: 120 }
    const signIn = { realm: '/alpha', identity, journey: 'Login', authLevel: 0, properties: {} }
    const { token, session } = newSession({ ...signIn, ...limits }, Date.now())
    await stores.sessions.create(session)
    author = token
  })
  admin = await consoleClient(server.url)
  ask = asking(server.url, admin.token)
  await ask(template, { method: 'PUT', body: { subject: { en: 'Ours' }, message: { en: 'x' } } })
})
afterAll(() => server.stop())

type Item = { kind: string; id: string; outcome: string }

const changes = async (query = '') => (await ask(`${alpha}/versions?limit=200${query}`)).body.result
const undo = (number: number, query = '', as = admin.token) =>
  ask(`${alpha}/versions/imports/${number}?_action=undo${query}`, { method: 'POST', body: {}, as })
const outcomesOf = ({ items }: { items: Item[] }) =>
  Object.fromEntries(items.map(({ kind, outcome }) => [kind, outcome]))

/** Imports a file. @returns the number of its versions. */
async function imported(content: object = file): Promise<number> {
  const { status } = await ask(`${alpha}/journeys?_action=import`, { method: 'POST', body: content })
  expect(status).toBe(200)
  const [{ number }] = await changes()
  return number
}

async function rename(displayName: string) {
  const { tree, nodes, innerNodes, _rev } = (await ask(`${alpha}/${path}`)).body
  for (const node of Object.values(tree.nodes)) Object.assign(node ?? {}, { displayName })
  return admin.put(path, { tree, nodes, innerNodes }, _rev)
}

test('undoes an import: things are as they were before it, and its own are gone', async () => {
  const number = await imported()
  const made = (await changes()).filter((one: { number: number }) => one.number === number)
  expect(new Set(made.map(({ kind }: Item) => kind))).toEqual(
    new Set(['journey', 'script', 'customNodeType', 'theme', 'emailTemplate']),
  )
  expect((await ask(template)).body.subject).toEqual({ en: 'Hello' })

  const dry = await undo(number, '&dryRun=true')
  const expected = {
    journey: 'deleted',
    script: 'deleted',
    theme: 'deleted',
    customNodeType: 'shared',
    emailTemplate: 'restored',
  }
  expect(dry.body.isUndone).toBe(false)
  expect(outcomesOf(dry.body)).toEqual(expected)
  expect((await admin.get(path)).status).toBe(200)

  const done = await undo(number)
  expect(done.body).toEqual({ ...dry.body, isUndone: true })
  expect((await admin.get(path)).status).toBe(404)
  expect((await ask(template)).body.subject).toEqual({ en: 'Ours' })
  expect((await ask('/openidm/config/ui/themerealm')).body.realm.alpha ?? []).toEqual([])
  expect((await ask(`${alpha}/scripts/script-1`)).status).toBe(404)
  const nodes = `${alpha}/realm-config/authentication/authenticationtrees/nodes/PageNode/page-1`
  expect((await ask(nodes)).status).toBe(404)
  const [newest] = await changes('&kind=emailTemplate')
  expect(newest).toMatchObject({ cause: 'restore', savedBy: 'amadmin' })

  const again = await undo(number)
  expect(new Set(again.body.items.map(({ outcome }: Item) => outcome))).toEqual(
    new Set(['changed', 'shared']),
  )
})

test('keeps what was changed since the import, and what that needs', async () => {
  const number = await imported()
  expect((await rename('Renamed')).status).toBe(200)
  const { body } = await undo(number)
  expect(outcomesOf(body)).toMatchObject({ journey: 'changed', script: 'used', emailTemplate: 'restored' })
  expect((await admin.get(path)).status).toBe(200)
  expect((await ask(`${alpha}/scripts/script-1`)).status).toBe(200)
  await admin.send('DELETE', path)
})

test('makes the built-in script run again, and the earlier default theme the default', async () => {
  const themes = '/openidm/config/ui/themerealm'
  const ours = { _id: 'ours', name: 'Ours', isDefault: true }
  await ask(themes, { method: 'PUT', body: { realm: { alpha: [ours] } } })
  const builtIn = '58d29080-4563-480b-89bb-1e7719776a21'
  const provider = { clientId: 'ours', redirectURI: 'https://app.example.com/', transform: builtIn }
  const providers = `${alpha}/realm-config/services/SocialIdentityProviders/googleConfig/google`
  expect((await ask(providers, { method: 'PUT', body: provider })).status).toBe(201)
  const { body: google } = await ask(`${alpha}/scripts/${builtIn}`)
  const number = await imported({
    script: { [builtIn]: { ...google, script: Buffer.from('1').toString('base64') } },
    themes: [
      { _id: 'new', name: 'New', isDefault: true },
      { ...ours, isDefault: false, backgroundColor: '#123456' },
    ],
  })
  expect((await ask(`${alpha}/scripts/${builtIn}`)).body.script).not.toBe(google.script)
  const { body } = await undo(number)
  expect(body.items.map(({ kind, id, outcome }: Item) => `${kind} ${id} ${outcome}`)).toEqual([
    `script ${builtIn} deleted`,
    'theme new deleted',
    'theme ours restored',
  ])
  expect((await ask(`${alpha}/scripts/${builtIn}`)).body.script).toBe(google.script)
  expect((await ask(themes)).body.realm.alpha).toMatchObject([ours])
})

test('brings settings of the realm back together with the rest', async () => {
  const settings = `${alpha}/realm-config/settings`
  const authentication = { _id: '', trees: { authenticationSessionsMaxDuration: 9 } }
  const number = await imported({ realm: { 'root-alpha': { authentication } } })
  expect((await ask(settings)).body.journeyMinutes).toBe(9)
  expect(outcomesOf((await undo(number)).body)).toEqual({ realmSettings: 'restored' })
  expect((await ask(settings)).body.journeyMinutes).toBe(5)
})

test('is for people who may restore each thing, and only for imports', async () => {
  const number = await imported()
  for (const query of ['', '&dryRun=true']) expect((await undo(number, query, author)).status).toBe(403)
  expect((await undo(number, '', 'nobody')).status).toBe(401)
  expect((await rename('Once more')).status).toBe(200)
  const [saved] = await changes()
  expect((await undo(saved.number)).status).toBe(404)
  for (const none of [999_999, 1.5, Number.NaN]) expect((await undo(none)).status).toBe(404)
  expect((await admin.get(path)).status).toBe(200)
  await admin.send('DELETE', path)
})

test('a concurrent edit is either lost with its thing, and refused, or kept and named', async () => {
  for (let round = 0; round < 8; round++) {
    const number = await imported()
    const [edited, { body }] = await Promise.all([rename(`Round ${round}`), undo(number)])
    const isKept = edited.status === 200
    expect(outcomesOf(body).journey).toBe(isKept ? 'changed' : 'deleted')
    expect((await admin.get(path)).status).toBe(isKept ? 200 : 404)
    if (isKept) await admin.send('DELETE', path)
  }
})

test('finds changes by text, kind and person', async () => {
  const named = async (query: string) => (await changes(query)).map(({ name }: { name: string }) => name)
  expect(new Set(await named(`&text=${encodeURIComponent('確')}`))).toEqual(new Set([journey]))
  expect(new Set(await named('&kind=script&text=RISK'))).toEqual(new Set(['Check risk']))
  expect(await named('&text=%25')).toEqual([])
  expect((await changes('&person=AMADM')).length).toBeGreaterThan(5)
  expect(await changes('&person=dana')).toEqual([])
})
