import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { get, signInAsAdministrator } from '../support/backchannel-client.ts'
import { agentSignsIn, callerSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { startHooks } from '../support/hooks-server.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

type Check = (headers: Record<string, unknown>, body: string, secret: string, now?: number) => boolean

let hooks: Awaited<ReturnType<typeof startHooks>>
let server: TestServer
let url: string
let administrator: string
let agent: string

beforeAll(async () => {
  hooks = await startHooks()
  server = await startServer({ httpAllow: [hooks.host] })
  url = server.url
  administrator = await signInAsAdministrator(url)
  agent = await agentSignsIn(url)
})

afterAll(async () => {
  await server.stop()
  await hooks.stop()
})

const webhooks = 'realm-config/help-desk/receivers'
const deliveries = 'realm-config/help-desk/deliveries'

async function send(method: string, path: string, body?: object, session = administrator) {
  const answer = await fetch(`${url}/json/realms/root/realms/alpha/${path}`, {
    method,
    headers: { 'content-type': 'application/json', iplanetdirectorypro: session },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const listOf = async (path: string) =>
  (await get(url, path, { session: administrator })).body.result as Record<string, unknown>[]

const create = async (settings: object = {}) =>
  (await send('POST', `${webhooks}?_action=create`, { url: `http://${hooks.host}/checks`, ...settings })).body

beforeEach(async () => {
  for (const { _id } of await listOf(`${webhooks}?_queryFilter=true`))
    await send('DELETE', `${webhooks}/${_id}`)
  hooks.requests.length = 0
  hooks.answer.status = 200
})

/** The example of the documentation, as users copy it. */
async function documentedCheck(): Promise<Check> {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'help-desk.md'), 'utf8')
  const [, source] = /```js\n(.+?)```/s.exec(page) ?? []
  const module: { isGenuine: Check } = await import(
    `data:text/javascript,${encodeURIComponent(source ?? '')}`
  )
  return module.isGenuine
}

test('a webhook gets the events of a check from start to result, signed as the documentation verifies them', async () => {
  const isGenuine = await documentedCheck()
  const { _id, secret } = await create({ events: ['created', 'opened', 'approved'] })
  const { id, link, reference } = await deskOpens(url, agent)
  await callerSignsIn(url, id)
  await hooks.asked(3)
  for (const { headers, body } of hooks.requests) {
    expect(isGenuine(headers, body, String(secret))).toBe(true)
    expect(isGenuine(headers, body.replace('alex', 'kim'), String(secret))).toBe(false)
    expect(isGenuine(headers, `${body} `, String(secret))).toBe(false)
    expect(isGenuine(headers, body, 'whsec_b3RoZXI=')).toBe(false)
    const later = Number(headers['webhook-timestamp']) + 301
    expect(isGenuine(headers, body, String(secret), later)).toBe(false)
  }
  const payloads = hooks.requests.map(({ body }) => JSON.parse(body))
  expect(payloads.map(({ type }) => type).toSorted()).toEqual(
    ['created', 'opened', 'approved'].map((event) => `verification.${event}`).toSorted(),
  )
  expect(payloads.find(({ type }) => type === 'verification.approved').data).toMatchObject({
    reference,
    action: 'Unlock the account',
    ticket: 'INC-48213',
    agent: { displayName: 'Dana Desk' },
    subject: { userName: 'alex' },
    result: 'APPROVED',
    methods: ['pwd'],
  })
  const everything = JSON.stringify(hooks.requests)
  expect(everything).not.toContain(id)
  expect(everything).not.toContain(link)
  expect(everything).not.toContain('credentials are valid')

  await vi.waitFor(async () =>
    expect(await listOf(`${deliveries}?state=delivered&receiver=${_id}`)).toHaveLength(3),
  )
  const [row] = await listOf(`${deliveries}?_pageSize=1`)
  expect(row).toMatchObject({ receiver: _id, reference, tries: 1, lastStatus: 200, nextTryAt: null })
})

test('a test event is sent, and a delivery can be repeated under the same id', async () => {
  const { _id } = await create({ events: ['used'] })
  const { status, body } = await send('POST', `${webhooks}/${_id}?_action=test`)
  expect(status).toBe(202)
  const first = await hooks.asked(1)
  expect(JSON.parse(first.body)).toMatchObject({ type: 'verification.test', data: { realm: '/alpha' } })
  const one = `${deliveries}/${body.delivery}`
  await vi.waitFor(async () =>
    expect((await send('GET', one)).body).toMatchObject({ event: 'test', state: 'delivered' }),
  )
  expect((await send('POST', `${one}?_action=sendAgain`)).status).toBe(200)
  const second = await hooks.asked(2)
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id'])
  expect((await send('POST', `${deliveries}/nothing?_action=sendAgain`)).status).toBe(404)
})

test('a delivery that the webhook rejects waits, and shows the status', async () => {
  hooks.answer.status = 503
  const { _id } = await create()
  await send('POST', `${webhooks}/${_id}?_action=test`)
  await vi.waitFor(async () =>
    expect(await listOf(`${deliveries}?state=waiting`)).toMatchObject([
      { receiver: _id, state: 'waiting', tries: 1, lastStatus: 503, nextTryAt: expect.any(Number) },
    ]),
  )
  expect(await listOf(`${deliveries}?state=failed`)).toEqual([])
})

test('an address that is neither public nor allowed is not called', async () => {
  const { _id } = await create({ url: `http://localhost:${hooks.host.split(':')[1]}/checks` })
  await send('POST', `${webhooks}/${_id}?_action=test`)
  await vi.waitFor(async () =>
    expect(await listOf(`${deliveries}?state=failed`)).toMatchObject([{ receiver: _id, lastStatus: null }]),
  )
  expect(hooks.requests).toEqual([])
})

test('a secret is shown once and can be replaced', async () => {
  const { _id, secret } = await create()
  expect(secret).toMatch(/^whsec_/)
  const read = (await send('GET', `${webhooks}/${_id}`)).body
  expect(read).toMatchObject({ url: `http://${hooks.host}/checks`, enabled: true })
  const changed = (await send('PUT', `${webhooks}/${_id}`, { events: ['used', 'used'] })).body
  expect(changed).toMatchObject({ url: read.url, events: ['used'] })
  const texts = [read, changed, await listOf(webhooks), server.logged()]
  expect(JSON.stringify(texts)).not.toContain(String(secret))
  const renewed = (await send('POST', `${webhooks}/${_id}?_action=newSecret`)).body.secret
  expect(renewed).not.toBe(secret)
  await send('POST', `${webhooks}/${_id}?_action=test`)
  const { headers, body } = await hooks.asked(1)
  const isGenuine = await documentedCheck()
  expect(isGenuine(headers, body, String(secret))).toBe(false)
  expect(isGenuine(headers, body, String(renewed))).toBe(true)
})

test('a disabled webhook gets nothing', async () => {
  const { _id } = await create({ enabled: false })
  expect((await send('POST', `${webhooks}/${_id}?_action=test`)).status).toBe(409)
  await deskOpens(url, agent)
  expect(await listOf(deliveries)).toEqual([])
})

test('changes of webhooks are in the audit book, without the secret', async () => {
  const { _id, secret } = await create()
  await send('PUT', `${webhooks}/${_id}`, { enabled: false })
  await send('DELETE', `${webhooks}/${_id}`)
  const about = { kind: 'receiver', id: _id }
  await vi.waitFor(async () => {
    const book = await listOf('audit?_pageSize=50')
    for (const operation of ['CREATE', 'UPDATE', 'DELETE']) {
      expect(book).toContainEqual(
        expect.objectContaining({ what: expect.objectContaining({ ...about, operation }) }),
      )
    }
    expect(JSON.stringify(book)).not.toContain(String(secret))
  })
})

test.each<[string, object]>([
  ['no address', { url: undefined }],
  ['a file', { url: 'file:///etc/passwd' }],
  ['a password in the address', { url: 'https://desk:secret@tickets.example.com' }],
  ['no event', { events: [] }],
  ['an unknown event', { events: ['approved', 'notification'] }],
  ['an unknown member', { secret: 'mine' }],
])('a webhook with %s is rejected', async (_case, settings) => {
  const body = { url: 'https://tickets.example.com', ...settings }
  expect((await send('POST', `${webhooks}?_action=create`, body)).status).toBe(400)
})

test('a realm has at most twenty webhooks', async () => {
  for (let count = 0; count < 20; count++) await create({ url: `https://tickets.example.com/${count}` })
  expect(await create()).toMatchObject({ code: 409 })
})

test('agents can neither read nor create webhooks', async () => {
  for (const path of [webhooks, deliveries]) {
    expect((await send('GET', path, undefined, agent)).status).toBe(403)
  }
  const body = { url: 'https://tickets.example.com' }
  expect((await send('POST', `${webhooks}?_action=create`, body, agent)).status).toBe(403)
})

test('lists reject unknown filters', async () => {
  expect((await send('GET', `${deliveries}?state=lost`)).status).toBe(400)
  expect((await send('GET', `${deliveries}?_pagedResultsCookie=x`)).status).toBe(400)
})
