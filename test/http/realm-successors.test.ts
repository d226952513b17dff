import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, type WireAnswer } from '../support/wire.ts'

const realm = '/realms/root/realms/alpha'

let server: TestServer
let root: Ask
let underWay: WireAnswer
let oldKeys: string[]
let oldEvents: { _id: string }[]

const keysOf = async () => {
  const answer = await fetch(`${server.url}/oauth2/realms/root/realms/alpha/connect/jwk_uri`)
  return ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
}

const trail = async (query = '') => (await root(`${realm}/audit?_pageSize=500${query}`)).body.result

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha')
    await saveJourney(stores, 'Ask', {
      ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } },
    })
  })
  root = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  underWay = await startJourney(server.url, 'Ask')
  oldKeys = await keysOf()
  await audited(root)
  oldEvents = await trail()
  const id = Buffer.from('/alpha').toString('base64url')
  expect((await root(`/global-config/realms/${id}`, { method: 'DELETE' })).status).toBe(200)
  const body = { name: 'alpha', parentPath: '/', active: true }
  expect((await root('/global-config/realms?_action=create', { method: 'POST', body })).status).toBe(201)
  const settings = { method: 'PUT', body: { journeyMinutes: 7 } }
  expect((await root(`${realm}/realm-config/settings`, settings)).status).toBe(200)
  await audited(root)
})
afterAll(() => server.stop())

test('a realm at the path of a removed one has new keys, and the old ones are not published', async () => {
  expect(oldKeys.length).toBeGreaterThan(0)
  const keys = await keysOf()
  expect(keys.length).toBeGreaterThan(0)
  expect(keys.filter((kid) => oldKeys.includes(kid))).toEqual([])
})

test('a journey of the removed realm has timed out', async () => {
  const { status, body } = await answerStep(server.url, underWay, ['alex'])
  expect(status).toBe(401)
  expect(body.detail).toMatchObject({ errorCode: '110' })
})

test('the trail of the removed realm is readable at the root realm alone', async () => {
  expect(oldEvents.length).toBeGreaterThan(0)
  const old = new Set(oldEvents.map(({ _id }) => _id))
  const seen = (events: { _id: string }[]) => events.filter(({ _id }) => old.has(_id)).length
  for (const query of ['', '&from=2000-01-01', '&event=AM-TREE-LOGIN-STARTED']) {
    expect([query, seen(await trail(query))]).toEqual([query, 0])
  }
  expect((await trail()).length).toBeGreaterThan(0)
  for (const { _id } of oldEvents) {
    expect((await root(`${realm}/audit/${_id}`)).status).toBe(404)
    expect((await root(`/realms/root/audit/${_id}`)).status).toBe(200)
  }
  const all = await root('/realms/root/audit?allRealms=true&_pageSize=500')
  expect(seen(all.body.result)).toBe(oldEvents.length)
})
