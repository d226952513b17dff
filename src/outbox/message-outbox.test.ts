import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { startGateways } from '../../test/support/message-gateways.ts'
import { openNewStores } from '../../test/support/new-database.ts'
import { OperationError } from '../base/errors.ts'
import { messagingSchema } from '../realms/messaging-settings.ts'
import { createSealer } from '../secrets/seal.ts'
import { noTracing } from '../telemetry/traces/tracing.ts'
import { gatewayFor } from './gateways/providers.ts'
import type { Mail } from './mail.ts'
import { MessageOutbox, type NewMessage } from './message-outbox.ts'

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

const start = 1_800_000_000_000
const number = '+4930123456'
const text = 'Open https://sso.example.com/c and type 7QK4'

type GatewaySettings = Awaited<ReturnType<typeof startGateways>>['settings']

type Options = {
  messaging?: object | ((settings: GatewaySettings) => object)
  /** Settings of the realm `/beta`. */
  other?: object
  isFenced?: true
  allowed?: string[]
  timeoutMs?: number
  mail?: (mail: Mail) => Promise<void>
  /** The claim in which the database fails, counted from one. */
  failingClaim?: number
}

/** An outbox of messages with real storage, local gateways, and a clock that the test sets. */
async function prepared({
  messaging,
  other,
  isFenced,
  allowed = [],
  timeoutMs = 10_000,
  mail,
  failingClaim,
}: Options = {}) {
  const gateways = await startGateways()
  opened.push(gateways.stop)
  const stores = await openNewStores()
  opened.push(() => stores.close())
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) })
  const clock = { now: start }
  const own = typeof messaging === 'function' ? messaging(gateways.settings) : messaging
  const settings = messagingSchema.parse(own ?? { sms: gateways.settings.sms.twilio })
  let claims = 0
  const parts = {
    store: {
      ...stores.messages,
      claim(...asked: Parameters<typeof stores.messages.claim>) {
        claims++
        if (claims === failingClaim) return Promise.reject(new OperationError('the database is away'))
        return stores.messages.claim(...asked)
      },
    },
    sealer: createSealer(randomBytes(32)),
    gatewayFor: async (realm: string, channel: 'sms' | 'voice') =>
      gatewayFor(realm === '/beta' && other ? messagingSchema.parse(other) : settings, channel),
    send: gateways.client({ isFenced: isFenced ?? false, allowed, timeoutMs }),
    mail: async (_realm: string, sent: Mail) => mail?.(sent),
    changed: () => undefined,
    tracing: noTracing,
    now: () => clock.now,
    log: pino(sink),
  }
  const outbox = new MessageOutbox(parts)
  opened.push(() => outbox.close())
  const queue = async (change: Partial<NewMessage> = {}) => {
    const baseUrl = 'https://sso.example.com/am'
    const about = { realm: '/alpha', channel: 'sms', to: number, text, locale: 'en', baseUrl } as const
    const message = outbox.queued({ ...about, expiresAt: start + 180_000, ...change })
    await stores.messages.add(message)
    outbox.wake()
    return message
  }
  const another = () => {
    const second = new MessageOutbox(parts)
    opened.push(() => second.close())
    return second
  }
  const done = () => vi.waitFor(async () => expect(await stores.messages.count()).toBe(0), 5000)
  return { gateways, stores, outbox, clock, queue, another, done, log: () => lines.join('') }
}

/** The token in the address for reports. */
function tokenOf(statusUrl: string | undefined): string {
  return statusUrl?.split('/').at(-1) ?? ''
}

test('passes a message to the gateway once, and keeps number, text and token out of storage and log', async () => {
  const { gateways, stores, outbox, queue, done, log } = await prepared()
  const queued = await queue()
  expect(JSON.stringify(queued)).not.toMatch(/4930123456|7QK4|messages\/status/)
  outbox.start()
  const { to, text: sent, statusUrl } = await gateways.arrived(1)
  expect({ to, sent }).toEqual({ to: number, sent: text })
  expect(statusUrl).toMatch(/^https:\/\/sso\.example\.com\/am\/messages\/status\/[\w-]{43}$/)
  await done()
  expect(await stores.messages.byToken(queued.tokenHash)).toMatchObject({ state: 'sent', body: '' })
  expect(gateways.attempts).toHaveLength(1)
  await vi.waitFor(() => expect(log()).toContain('a gateway accepted a message'))
  expect(log()).not.toMatch(new RegExp(`4930123456|7QK4|${tokenOf(statusUrl)}|twilio-token`))
})

test('sends messages from before the start, each through one of two servers', async () => {
  const { gateways, outbox, queue, another, done } = await prepared()
  for (let i = 0; i < 9; i++) await queue({ text: `${i}` })
  outbox.start()
  another().start()
  await done()
  expect(gateways.received.map((each) => each.text).toSorted()).toEqual([...'012345678'])
})

test('retries a gateway that is down, with growing pauses, the same id and the same token', async () => {
  const { gateways, stores, outbox, clock, queue, done } = await prepared({})
  gateways.state.mood = 'down'
  outbox.start()
  await queue()
  await gateways.asked(1)
  await vi.waitFor(async () => expect(await stores.messages.nextDue()).toBe(start + 5_000))
  clock.now += 5_000
  outbox.wake()
  await gateways.asked(2)
  await vi.waitFor(async () => expect(await stores.messages.nextDue()).toBe(clock.now + 10_000))
  gateways.state.mood = 'fine'
  clock.now += 10_000
  outbox.wake()
  await done()
  const urls = gateways.attempts.map(({ body }) => new URLSearchParams(body).get('StatusCallback'))
  expect(urls).toHaveLength(3)
  expect(new Set(urls).size).toBe(1)
})

test('gives up when the next attempt would come after the message is useless', async () => {
  const { gateways, stores, outbox, queue, done, log } = await prepared()
  gateways.state.mood = 'down'
  const { tokenHash } = await queue({ expiresAt: start + 4_000 })
  outbox.start()
  await done()
  expect(await stores.messages.byToken(tokenHash)).toMatchObject({ state: 'failed' })
  expect(gateways.attempts).toHaveLength(1)
  expect(log()).toContain('"code":"503","msg":"sending a message failed, giving up"')
})

test('never sends a message that became useless while it waited', async () => {
  const { gateways, outbox, clock, queue, done, log } = await prepared()
  await queue({ expiresAt: start + 300_000 })
  clock.now += 300_000
  outbox.start()
  await done()
  expect(gateways.attempts).toEqual([])
  expect(log()).toContain('"code":"expired"')
})

test.each(['nonsense', 'huge', 'refusing'] as const)(
  'fails for good after %s from the gateway, without its words in the log',
  async (mood) => {
    const { gateways, stores, outbox, queue, done, log } = await prepared()
    gateways.state.mood = mood
    const { tokenHash } = await queue()
    outbox.start()
    await done()
    expect(await stores.messages.byToken(tokenHash)).toMatchObject({ state: 'failed' })
    expect(gateways.attempts).toHaveLength(1)
    expect(log()).not.toMatch(/hotel|xxxx/)
  },
)

test.each([
  ['a text message', 'sms', 'twilio'],
  ['a call', 'voice', 'twilio'],
  ['a call with an id', 'voice', 'http'],
] as const)(
  'does not send %s again if the gateway got it and gives no answer',
  async (_, channel, provider) => {
    const messaging = ({ [channel]: own }: GatewaySettings) => ({ [channel]: own[provider] })
    const { gateways, outbox, queue, done, log } = await prepared({ messaging, timeoutMs: 500 })
    gateways.state.mood = 'slow'
    outbox.start()
    await queue({ channel })
    await done()
    expect(gateways.attempts).toHaveLength(1)
    await vi.waitFor(() =>
      expect(log()).toContain('"code":"no answer","msg":"sending a message failed, giving up"'),
    )
  },
)

test('sends a text message again to a gateway that recognises its id', async () => {
  const messaging = ({ sms }: GatewaySettings) => ({ sms: sms.http })
  const { gateways, stores, outbox, queue } = await prepared({ messaging, timeoutMs: 500 })
  gateways.state.mood = 'slow'
  outbox.start()
  await queue()
  await vi.waitFor(async () => expect(await stores.messages.nextDue()).toBe(start + 5_000))
})

test('tries again to reach a gateway that can’t be connected, with a call too', async () => {
  const messaging = ({ voice }: GatewaySettings) => ({ voice: { ...voice.twilio, baseUrl: closed } })
  const closed = 'http://127.0.0.1:9'
  const { stores, outbox, queue, log } = await prepared({ messaging, allowed: ['127.0.0.1:9'] })
  outbox.start()
  await queue({ channel: 'voice' })
  await vi.waitFor(async () => expect(await stores.messages.nextDue()).toBe(start + 5_000))
  expect(log()).toContain('"code":"no connection"')
})

test('a realm with a slow gateway has two messages in flight and delays no other realm', async () => {
  const others = await startGateways()
  opened.push(others.stop)
  const other = { sms: others.settings.sms.twilio }
  const { gateways, stores, outbox, queue } = await prepared({ other, allowed: [others.host] })
  gateways.state.mood = 'slow'
  for (let i = 0; i < 6; i++) await queue()
  outbox.start()
  await gateways.asked(2)
  for (let i = 0; i < 5; i++) await queue({ realm: '/beta', text: `${i}` })
  await others.arrived(5)
  expect(gateways.attempts).toHaveLength(2)
  gateways.release()
  await gateways.asked(4)
  gateways.release()
  await gateways.asked(6)
  gateways.release()
  await vi.waitFor(async () => expect(await stores.messages.count()).toBe(0))
})

test('sends what it claimed before the database failed', async () => {
  const { gateways, outbox, queue, done } = await prepared({ failingClaim: 2 })
  for (let i = 0; i < 3; i++) await queue({ text: `${i}` })
  outbox.start()
  await gateways.arrived(3)
  await done()
})

test('does not reach a gateway with a private address that the operator has not listed', async () => {
  const { gateways, outbox, queue, done, log } = await prepared({ isFenced: true })
  await queue()
  outbox.start()
  await done()
  expect(gateways.attempts).toEqual([])
  expect(log()).toContain('"code":"refused"')
})

test.each([
  ['no gateway', {}],
  ['unusable settings', { voice: { provider: 'vonage', applicationId: 'x', privateKey: 'x', from: '1' } }],
])('fails with %s', async (code, messaging) => {
  const { outbox, queue, done, log } = await prepared({ messaging })
  await queue({ channel: 'voice' })
  outbox.start()
  await done()
  expect(log()).toContain(`"code":"${code}"`)
})

test('passes a message to the mail server if the gateway is email to SMS', async () => {
  const mails: Mail[] = []
  const messaging = { sms: { provider: 'smtp', address: '{{number}}@sms.example.com', subject: 'Code' } }
  const { outbox, queue, done } = await prepared({ messaging, mail: async (mail) => void mails.push(mail) })
  await queue()
  outbox.start()
  await done()
  const to = '4930123456@sms.example.com'
  expect(mails).toEqual([{ from: '', to, subject: 'Code', body: text, isHtml: false }])
})

test('retries a mail server that is away, and gives up on an address that it refuses', async () => {
  const messaging = { sms: { provider: 'smtp', address: '{{number}}@sms.example.com' } }
  const problems = [
    new Error('away'),
    Object.assign(new Error(number), { code: 'EENVELOPE', responseCode: 550 }),
  ]
  const mail = () => Promise.reject(problems.shift())
  const { stores, outbox, clock, queue, done, log } = await prepared({ messaging, mail })
  await queue()
  outbox.start()
  await vi.waitFor(async () => expect(await stores.messages.nextDue()).toBe(start + 5_000))
  clock.now += 5_000
  outbox.wake()
  await done()
  expect(log()).toContain('"code":"EENVELOPE","msg":"sending a message failed, giving up"')
  expect(log()).not.toContain('4930123456')
})

test('records reports of the provider, and states only move forward', async () => {
  const { gateways, stores, outbox, queue, done } = await prepared()
  const { tokenHash } = await queue()
  outbox.start()
  const token = tokenOf((await gateways.arrived(1)).statusUrl)
  await done()
  const state = async () => (await stores.messages.byToken(tokenHash))?.state
  expect(await outbox.report(token, 'underway')).toBe(true)
  expect(await state()).toBe('sent')
  expect(await outbox.report(token, 'delivered')).toBe(true)
  expect(await outbox.report(token, 'failed')).toBe(true)
  expect(await state()).toBe('delivered')
  expect(await outbox.report(`${token}x`, 'failed')).toBe(false)
})

test('knows a report about a message that is useless by now, and changes nothing', async () => {
  const { gateways, stores, outbox, clock, queue, done } = await prepared()
  const { tokenHash } = await queue()
  outbox.start()
  const token = tokenOf((await gateways.arrived(1)).statusUrl)
  await done()
  clock.now = start + 180_000
  expect(await outbox.report(token, 'delivered')).toBe(true)
  expect(await stores.messages.byToken(tokenHash)).toMatchObject({ state: 'sent' })
})

test('keeps a report that comes before the answer of the gateway', async () => {
  const { gateways, stores, outbox, queue, done } = await prepared()
  gateways.state.mood = 'slow'
  outbox.start()
  const { tokenHash } = await queue()
  await gateways.asked(1)
  const form = new URLSearchParams(gateways.attempts[0]?.body)
  await outbox.report(tokenOf(form.get('StatusCallback') ?? ''), 'delivered')
  await done()
  gateways.release()
  await outbox.close()
  expect(await stores.messages.byToken(tokenHash)).toMatchObject({ state: 'delivered' })
})
