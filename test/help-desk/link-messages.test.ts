import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { FeedReader, kindOf } from '../support/feed-reader.ts'
import { agentSignsIn, callerSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { startGateways } from '../support/message-gateways.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'

const alpha = '/realms/root/realms/alpha'
const alexId = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'

let gateways: Awaited<ReturnType<typeof startGateways>>
let server: TestServer
let url: string
let session: string
let ask: Ask
let administrator: string

beforeAll(async () => {
  gateways = await startGateways()
  server = await startPrepared(
    async (stores) => void (await stores.identities.create(exampleIdentity({ id: 'x', userName: 'x' }))),
    { httpAllow: [gateways.host] },
  )
  url = server.url
  administrator = await signInAsAdministrator(url)
  session = await agentSignsIn(url)
  ask = asking(url, session)
})
afterAll(async () => {
  await server.stop()
  await gateways.stop()
})
beforeEach(() => useGateways({ sms: gateways.settings.sms.twilio, voice: gateways.settings.voice.twilio }))
afterEach(() => {
  gateways.state.mood = 'fine'
})

async function useGateways(messaging: object) {
  const body = {
    messaging: { maxMessagesPerRealm: 0, ...messaging },
    helpDesk: { maxLinkMessagesPerPerson: 0 },
  }
  const saved = await ask(`${alpha}/realm-config/settings`, { method: 'PUT', body, as: administrator })
  expect(saved.status).toBe(200)
}

const send = (body: object, as = session) =>
  ask(`${alpha}/authenticate/backchannel/send`, { method: 'POST', body, as })

async function setAlex(field: string, value: string | undefined) {
  const operation =
    value === undefined ? { operation: 'remove', field } : { operation: 'replace', field, value }
  const path = `/openidm/managed/alpha_user/${alexId}`
  expect((await ask(path, { method: 'PATCH', body: [operation], as: administrator })).status).toBe(200)
}

const watch = (reference: string) =>
  FeedReader.open(url, { reference, headers: { iplanetdirectorypro: session } })

/** Reports a delivery like Twilio. */
function twilioReports(statusUrl: string | undefined, form: Record<string, string>) {
  const own = new URL(statusUrl ?? '')
  return fetch(`${new URL(url).origin}${own.pathname}`, { method: 'POST', body: new URLSearchParams(form) })
}

async function nextMessage<Result>(cause: () => Promise<Result>) {
  const before = gateways.received.length
  const result = await cause()
  return { result, message: await gateways.arrived(before + 1) }
}

test('a text message has a short link that starts the caller’s journey, and its delivery shows at the desk', async () => {
  const { reference, id } = await deskOpens(url, session)
  const feed = await watch(reference)
  const { result, message } = await nextMessage(() => send({ reference, channel: 'sms' }))
  expect(result).toMatchObject({ status: 200, body: { sentTo: '•••• 00', at: expect.any(Number) } })
  expect(message).toMatchObject({ to: '+12025550100', from: '+15005550006' })
  expect(message.text).toMatch(
    /^Larkfield Health: Dana Desk asks .* http:\/\/127\.0\.0\.1:\d+\/c#\w{4}-\w{4}$/,
  )
  const code = message.text.split('#').at(-1)
  const redeemed = await ask('/short-codes?_action=redeem', { method: 'POST', body: { code }, as: '' })
  expect(redeemed.body.link).toContain(id)
  expect((await twilioReports(message.statusUrl, { MessageStatus: 'sent', To: '+1' })).status).toBe(204)
  expect((await twilioReports(message.statusUrl, { MessageStatus: 'delivered' })).status).toBe(204)
  expect((await twilioReports(message.statusUrl, { MessageStatus: 'failed' })).status).toBe(204)
  await callerSignsIn(url, id)
  const events = await feed.all()
  const kinds = events.map(kindOf).filter((kind) => /^sent|^message/.test(String(kind)))
  expect(kinds).toEqual(['sent', 'messageSent', 'messageDelivered'])
  expect(events.find((event) => kindOf(event) === 'sent')?.data).toMatchObject({
    to: '•••• 00',
    channel: 'sms',
  })
  const token = message.statusUrl?.split('/').at(-1) ?? 'none'
  for (const secret of ['12025550100', token, code ?? 'none', id])
    expect(server.logged()).not.toContain(secret)
})

test('a call reads the address and the letters of the code, in the language of the person', async () => {
  await setAlex('/preferredLanguage', 'de-CH')
  try {
    const { reference } = await deskOpens(url, session)
    const { message } = await nextMessage(() => send({ reference, channel: 'voice' }))
    expect(message).toMatchObject({ provider: 'twilio-voice', to: '+12025550100', language: 'de-DE' })
    expect(message.text).toMatch(
      /^Hier ist Larkfield Health\..* 127\.0\.0\.1:\d+\/c und .*: (\w, ){3}\w\. (\w, ){3}\w\.$/,
    )
    expect(message.text).not.toContain('http')
    const feed = await watch(reference)
    await twilioReports(message.statusUrl, { CallStatus: 'no-answer' })
    const [, ...rest] = await feed.first(1)
    expect(rest).toEqual([])
    await feed.leave()
    const check = await ask(`${alpha}/help-desk/verifications/${reference}`)
    const kinds = check.body.timeline.map(({ kind }: { kind: string }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['sent', 'messageFailed']))
  } finally {
    await setAlex('/preferredLanguage', undefined)
  }
})

describe.each(['vonage', 'sns', 'http'] as const)('through %s', (provider) => {
  test('a text message arrives', async () => {
    await useGateways({ sms: gateways.settings.sms[provider] })
    const { reference } = await deskOpens(url, session)
    const { message } = await nextMessage(() => send({ reference, channel: 'sms' }))
    expect(message).toMatchObject({ provider, to: expect.stringContaining('12025550100') })
    expect(message.text).toMatch(/\/c#\w{4}-\w{4}$/)
    if (message.statusUrl === undefined) return
    const feed = await watch(reference)
    const report = await fetch(message.statusUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message_uuid: 'm', uuid: 'm', status: 'delivered' }),
    })
    expect(report.status).toBe(204)
    await feed.leave()
    const check = await ask(`${alpha}/help-desk/verifications/${reference}`)
    expect(check.body.timeline).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'messageDelivered', channel: 'sms' })]),
    )
  })
})

test.each([
  ['is down', 'down'],
  ['answers nonsense', 'nonsense'],
  ['answers without end', 'huge'],
  ['does not answer', 'slow'],
] as const)('a gateway that %s delays no request and approves nothing', async (_what, mood) => {
  gateways.state.mood = mood
  const { reference, id } = await deskOpens(url, session)
  const before = gateways.attempts.length
  expect((await send({ reference, channel: 'sms' })).status).toBe(200)
  await gateways.asked(before + 1)
  const open = await ask(`${alpha}/help-desk/verifications/${reference}`)
  expect(open.body).toMatchObject({ state: 'CREATED', result: 'UNKNOWN' })
  // The other way to the caller still works.
  await callerSignsIn(url, id)
  expect(JSON.stringify(open.body)).not.toMatch(/hotel|capacity/)
  expect(server.logged()).not.toMatch(/hotel wifi|over capacity/)
})

test('one message a minute is sent for each check, whose code works, and an email does not count', async () => {
  const { reference } = await deskOpens(url, session)
  const { result, message } = await nextMessage(() =>
    Promise.all([
      send({ reference, channel: 'sms' }),
      send({ reference, channel: 'sms' }),
      send({ reference, channel: 'sms' }),
    ]),
  )
  expect(result.map(({ status }) => status).toSorted()).toEqual([200, 429, 429])
  expect((await send({ reference })).status).toBe(200)
  const code = message.text.split('#').at(-1)
  const redeemed = await ask('/short-codes?_action=redeem', { method: 'POST', body: { code }, as: '' })
  expect(redeemed.status).toBe(200)
})

test('a person gets only so many messages an hour, whatever the check', async () => {
  const helpDesk = { maxLinkMessagesPerPerson: 1 }
  await ask(`${alpha}/realm-config/settings`, { method: 'PUT', body: { helpDesk }, as: administrator })
  const [first, second] = [await deskOpens(url, session), await deskOpens(url, session)]
  expect((await send({ reference: first.reference, channel: 'voice' })).status).toBe(200)
  expect(await send({ reference: second.reference, channel: 'sms' })).toMatchObject({
    status: 429,
    body: { detail: { problem: 'tooManyMessages', retryAfterSeconds: expect.any(Number) } },
  })
})

test('a realm sends only so many messages an hour, texts and calls together', async () => {
  const { reference } = await deskOpens(url, session)
  const messaging = { maxMessagesPerRealm: 1 }
  await ask(`${alpha}/realm-config/settings`, { method: 'PUT', body: { messaging }, as: administrator })
  const before = gateways.attempts.length
  const channels = ['sms', 'voice'] as const
  for (const channel of channels) {
    const other = await deskOpens(url, session)
    await send({ reference: other.reference, channel })
  }
  expect(await send({ reference, channel: 'sms' })).toMatchObject({
    status: 429,
    body: { detail: { problem: 'tooManyMessagesOfRealm', retryAfterSeconds: expect.any(Number) } },
  })
  expect(gateways.attempts.length - before).toBeLessThanOrEqual(1)
  expect(server.logged().match(/"eventName":"SIDEGATE-MESSAGES-EXHAUSTED"/g)).toHaveLength(1)
})

test('only the agent of the check can send: not strangers, the caller or an administrator', async () => {
  const { reference } = await deskOpens(url, session)
  const before = gateways.attempts.length
  expect((await send({ reference, channel: 'sms' }, '')).status).toBe(401)
  expect((await send({ reference, channel: 'sms' }, administrator)).status).toBe(403)
  expect(gateways.attempts).toHaveLength(before)
})

test('the desk learns the channels of the realm, and who has a number, but no number', async () => {
  await useGateways({ sms: gateways.settings.sms.twilio, voice: null })
  expect((await ask(`${alpha}/help-desk`)).body.channels).toEqual(['sms'])
  const people = await ask(`${alpha}/help-desk/people?q=alex`)
  expect(people.body.result).toMatchObject([{ hasNumber: true, telephoneNumber: '•••• 00' }])
})

describe('a delivery report', () => {
  const report = (token: string, body: BodyInit, type = 'application/json') =>
    fetch(`${url}/messages/status/${token}`, { method: 'POST', headers: { 'content-type': type }, body })

  test('with an unknown token gets 404, whatever it claims', async () => {
    const { status } = await report('unknown', '{"status": "delivered"}')
    expect(status).toBe(404)
  })

  test.each([
    ['{"status": 1}', 'application/json', 400],
    ['{"delivered": true}', 'application/json', 400],
    ['MessageStatuses=delivered', 'application/x-www-form-urlencoded', 400],
    ['<status>delivered</status>', 'application/xml', 415],
  ])('is refused as %s', async (body, type, status) => {
    expect((await report('unknown', body, type)).status).toBe(status)
  })

  test('about a known message never counts as a guess, even with a state that nobody knows', async () => {
    const { reference } = await deskOpens(url, session)
    const { message } = await nextMessage(() => send({ reference, channel: 'sms' }))
    const status = async () => (await twilioReports(message.statusUrl, { MessageStatus: 'approved' })).status
    const answers = await Promise.all(Array.from({ length: 70 }, status))
    expect(new Set(answers)).toEqual(new Set([204]))
    expect((await ask(`${alpha}/help-desk/verifications/${reference}`)).body.result).toBe('UNKNOWN')
  })

  test('from an address that tries tokens is refused for a while', async () => {
    const guess = async () =>
      (await report('guess', 'MessageStatus=delivered', 'application/x-www-form-urlencoded')).status
    const answers = await Promise.all(Array.from({ length: 70 }, guess))
    expect(new Set(answers)).toEqual(new Set([404, 429]))
    expect(await guess()).toBe(429)
  })
})

test('forms are read only where gateways report', async () => {
  const body = new URLSearchParams({ channel: 'sms' })
  const answer = await fetch(`${url}/json${alpha}/authenticate/backchannel/send`, { method: 'POST', body })
  expect(answer.status).toBe(415)
})

test('no message goes to a number that was changed during the call', async () => {
  const { reference } = await deskOpens(url, session)
  const before = gateways.attempts.length
  await setAlex('/telephoneNumber', '+12025550199')
  const refused = await send({ reference, channel: 'sms' })
  expect(refused).toMatchObject({ status: 409, body: { detail: { problem: 'changedLately' } } })
  expect((await send({ reference, channel: 'voice' })).status).toBe(409)
  expect(gateways.attempts).toHaveLength(before)
})
