import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startGateways } from '../support/message-gateways.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const realm = '/realms/root/realms/alpha'
const number = '+4930123456'

let gateways: Awaited<ReturnType<typeof startGateways>>
let server: TestServer
let ask: Ask

beforeAll(async () => {
  gateways = await startGateways()
})
beforeEach(async () => {
  gateways.state.mood = 'fine'
  server = await startServer({ httpAllow: [gateways.host] })
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
})
afterEach(() => server.stop())
afterAll(() => gateways.stop())

const save = async (messaging: object) =>
  expect((await ask(`${realm}/realm-config/settings`, { method: 'PUT', body: { messaging } })).status).toBe(
    200,
  )
const send = (body: object = {}, as = ask) =>
  as(`${realm}/realm-config/messaging?_action=test`, {
    method: 'POST',
    body: { channel: 'sms', to: number, ...body },
  })

test('a test message goes through the saved gateway of each channel', async () => {
  await save({ sms: gateways.settings.sms.twilio, voice: gateways.settings.voice.vonage })
  const before = gateways.received.length
  expect((await send()).body).toMatchObject({ verdict: 'accepted', code: null })
  expect((await send({ channel: 'voice' })).body).toMatchObject({ verdict: 'accepted' })
  expect(gateways.received.slice(before)).toMatchObject([
    { provider: 'twilio', to: number, text: expect.stringContaining('test the gateway') },
    { provider: 'vonage-voice', to: number.slice(1) },
  ])
})

test.each([
  ['refusing', 'refused', '400 21211'],
  ['down', 'trouble', '503'],
  ['nonsense', 'unsure', 'unreadable answer'],
] as const)('a gateway that is %s: %s', async (mood, verdict, code) => {
  await save({ sms: gateways.settings.sms.twilio })
  gateways.state.mood = mood
  expect((await send()).body).toMatchObject({ verdict, code, message: expect.any(String) })
})

test('without a gateway, behind the fence and with a wrong secret the answer says so, without the secret', async () => {
  expect((await send()).body).toMatchObject({ verdict: 'notSet', code: null })
  await save({ sms: { ...gateways.settings.sms.http, url: 'http://10.0.0.1/plain', secret: 'hush-1' } })
  expect((await send()).body).toMatchObject({ verdict: 'unreachable' })
  await save({ sms: { ...gateways.settings.sms.http, secret: 'hush-2' } })
  const wrong = await send()
  expect(wrong.body).toMatchObject({ verdict: 'refused', code: '401' })
  expect(JSON.stringify(wrong.body)).not.toContain('hush')
})

test('settings in the request are not used', async () => {
  await save({ sms: gateways.settings.sms.twilio })
  const before = gateways.attempts.length
  await send({
    sms: { ...gateways.settings.sms.twilio, baseUrl: 'http://evil.example.com' },
    realm: '/',
    text: 'Buy this',
  })
  expect(gateways.attempts.at(before)?.url.host).toBe(gateways.host)
  expect(gateways.received.at(-1)?.text).not.toContain('Buy')
})

test.each(['030 123456', 'erin', '', '+4930123456; +4930123457', 7])(
  'a test message needs one telephone number: %o',
  async (to) => {
    await save({ sms: gateways.settings.sms.twilio })
    expect(await send({ to })).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^to: must/) },
    })
  },
)

test('a number of a country that the realm does not allow gets nothing', async () => {
  await save({ sms: gateways.settings.sms.twilio, countries: ['DE'] })
  const before = gateways.attempts.length
  expect((await send({ to: '+12025550123' })).status).toBe(400)
  expect(gateways.attempts).toHaveLength(before)
})

test('five test messages can be sent in an hour, and they count for the realm', async () => {
  await save({ sms: gateways.settings.sms.twilio })
  const statuses = []
  for (let sent = 0; sent < 6; sent++) statuses.push((await send()).status)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
})

test('the limit of the realm holds for test messages, too', async () => {
  await save({ sms: gateways.settings.sms.twilio, maxMessagesPerRealm: 1 })
  expect((await send()).status).toBe(200)
  expect((await send()).status).toBe(429)
})

test('neither the audit trail nor the log has the number', async () => {
  await save({ sms: gateways.settings.sms.twilio })
  await send()
  const audit = JSON.stringify((await ask(`${realm}/audit?_queryFilter=true`)).body)
  expect(audit).toContain('testMessage')
  expect(`${audit} ${server.logged()}`).not.toContain(number.slice(1))
})

test('staff without rights for the realm send none', async () => {
  const agent = asking(server.url, await signIn(server.url, 'dana', 'Dana-Pass-2026'))
  expect((await send({}, agent)).status).toBe(403)
})
