import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startGateways } from '../../../test/support/message-gateways.ts'
import { messagingSchema, type TelephoneChannel } from '../../realms/messaging-settings.ts'
import { deliveryReportSchema } from './delivery-report.ts'
import type { GatewayMessage } from './gateway.ts'
import { gatewayFor, type HttpGateway, mailAddressFor } from './providers.ts'

let gateways: Awaited<ReturnType<typeof startGateways>>
beforeAll(async () => {
  gateways = await startGateways()
})
afterEach(() => {
  gateways.state.mood = 'fine'
  gateways.received.length = 0
})
afterAll(() => gateways.stop())

const now = 1_800_000_000_000
const statusUrl = 'https://sso.example.com/am/messages/status/token'
const message: GatewayMessage = {
  id: 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290',
  to: '+4930123456',
  text: 'Prüfen Sie "das" & mehr: https://sso.example.com/c?k=7QK4',
  locale: 'de',
  statusUrl,
  expiresAt: now + 180_000,
}

type Settings = Readonly<Record<string, unknown>>

function settingsOf(channel: TelephoneChannel, provider: string): Settings {
  const all: Readonly<Record<string, Settings>> = gateways.settings[channel]
  return all[provider] ?? {}
}

function gatewayOf(channel: TelephoneChannel, settings: Settings): HttpGateway {
  const gateway = gatewayFor(messagingSchema.parse({ [channel]: settings }), channel)
  if (gateway === undefined || 'address' in gateway) throw new Error('no gateway over HTTP')
  return gateway
}

async function ask(channel: TelephoneChannel, settings: Settings, change: Partial<GatewayMessage> = {}) {
  const gateway = gatewayOf(channel, settings)
  const send = gateways.client()
  return gateway.resultOf(await send(await gateway.requestOf({ ...message, ...change }, now)))
}

const accepted = { kind: 'accepted', providerId: expect.any(String) }

describe('a text message', () => {
  test.each([
    ['twilio', { to: '+4930123456', from: '+15005550006', statusUrl }],
    ['vonage', { to: '4930123456', from: '15005550006', statusUrl }],
    ['sns', { to: '+4930123456', from: 'Larkfield', statusUrl: undefined }],
    ['http', { to: '+4930123456', from: 'Larkfield', statusUrl }],
  ])('reaches %s as it wants numbers, sender and text', async (provider, expected) => {
    expect(await ask('sms', settingsOf('sms', provider))).toEqual(accepted)
    expect(gateways.received).toEqual([{ provider, text: message.text, ...expected }])
  })

  test.each(['twilio', 'vonage'])('asks %s for no report if the realm says so', async (provider) => {
    const settings = { ...settingsOf('sms', provider), reportsDelivery: false }
    expect(await ask('sms', settings)).toEqual(accepted)
    expect(gateways.received).toMatchObject([{ statusUrl: undefined }])
  })

  test('uses the messaging service of Twilio if the sender is one', async () => {
    const from = `MG${'2'.repeat(32)}`
    const { body } = await gatewayOf('sms', { ...settingsOf('sms', 'twilio'), from }).requestOf(message, now)
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({ MessagingServiceSid: from })
    expect(body).not.toContain('From=')
  })

  test.each([
    ['twilio', { authToken: 'other' }, 'rejected', '401 20003'],
    ['vonage', { apiSecret: 'other' }, 'rejected', '401 Unauthorized'],
    ['sns', { secretAccessKey: 'other' }, 'rejected', '403 SignatureDoesNotMatch'],
    ['http', { secret: 'other' }, 'rejected', '401'],
  ])('fails for good at %s with a wrong secret', async (provider, change, kind, code) => {
    expect(await ask('sms', { ...settingsOf('sms', provider), ...change })).toEqual({ kind, code })
  })

  test.each(['twilio', 'vonage', 'sns', 'http'])('is not sent by %s that refuses it', async (provider) => {
    gateways.state.mood = 'refusing'
    expect(await ask('sms', settingsOf('sms', provider))).toMatchObject({ kind: 'rejected' })
  })

  test.each(['twilio', 'vonage', 'sns', 'http'])('can be repeated after %s was down', async (provider) => {
    gateways.state.mood = 'down'
    expect(await ask('sms', settingsOf('sms', provider))).toEqual({ kind: 'retry', code: '503' })
  })

  test.each([
    ['nonsense', 'twilio'],
    ['nonsense', 'vonage'],
    ['nonsense', 'sns'],
    ['nonsense', 'http'],
    ['huge', 'twilio'],
    ['huge', 'vonage'],
  ] as const)('counts as failed after %s from %s', async (mood, provider) => {
    gateways.state.mood = mood
    expect(await ask('sms', settingsOf('sms', provider))).toMatchObject({ kind: 'rejected' })
    expect(gateways.received).toEqual([])
  })

  test.each([
    ['twilio', 201, { sid: 'SM', status: 'failed', error_code: 30_006 }, 'rejected', '201 30006'],
    ['twilio', 201, { sid: 'SM', status: 'undelivered' }, 'rejected', '201 undelivered'],
    ['twilio', 201, { sid: '', status: 'queued' }, 'rejected', 'unreadable answer'],
    ['http', 202, { state: 'error', message: { id: 'm' } }, 'rejected', '202 not accepted'],
    ['http', 202, { message: { id: 'm' } }, 'rejected', '202 not accepted'],
    ['http', 500, {}, 'unsure', '500'],
    ['vonage', 504, {}, 'unsure', '504'],
    ['twilio', 408, {}, 'unsure', '408'],
    ['twilio', 429, {}, 'retry', '429'],
  ])('at %s with status %i and %j is not sent', (provider, status, content, kind, code) => {
    const settings = { ...settingsOf('sms', provider) }
    const lines = provider === 'http' ? { acceptedPointer: '/state', acceptedValue: 'ok' } : {}
    const gateway = gatewayOf('sms', { ...settings, ...lines })
    expect(gateway.resultOf({ status, body: JSON.stringify(content) })).toEqual({ kind, code })
  })

  test.each([
    ['twilio', { sid: 'a/+=' }],
    ['vonage', { message_uuid: 'x'.repeat(300) }],
    ['http', { state: 0, message: { id: `${message.to} accepted` } }],
  ])('is sent by %s, whatever the form of its id, which is then not logged', (provider, content) => {
    const lines = provider === 'http' ? { acceptedPointer: '/state', acceptedValue: '0' } : {}
    const gateway = gatewayOf('sms', { ...settingsOf('sms', provider), ...lines })
    const answer = { status: 202, body: JSON.stringify(content) }
    expect(gateway.resultOf(answer)).toEqual({ kind: 'accepted', providerId: undefined })
  })

  test('can be repeated when Amazon throttles', () => {
    const body = '<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>'
    const gateway = gatewayOf('sms', settingsOf('sms', 'sns'))
    expect(gateway.resultOf({ status: 400, body })).toEqual({ kind: 'retry', code: '400 Throttling' })
  })

  test('never logs what a provider wrote freely', () => {
    const gateway = gatewayOf('sms', settingsOf('sms', 'twilio'))
    const body = JSON.stringify({ code: `no such number ${message.to}`, message: message.to })
    expect(gateway.resultOf({ status: 400, body })).toEqual({ kind: 'rejected', code: '400' })
  })
})

describe('a call', () => {
  test.each([
    ['twilio', 'twilio-voice', 'de-DE', '+4930123456'],
    ['vonage', 'vonage-voice', 'de-DE', '4930123456'],
  ])('is read by %s in the language of the text', async (provider, received, language, to) => {
    const text = 'Ihr Code: 7, Q. <break/>'
    expect(await ask('voice', settingsOf('voice', provider), { text })).toEqual(accepted)
    const escaped = 'Ihr Code: 7, Q. &lt;break/&gt;'
    expect(gateways.received).toMatchObject([{ provider: received, to, text: escaped, language, statusUrl }])
  })

  test('is reported as failed if a machine answers', async () => {
    await ask('voice', settingsOf('voice', 'twilio'))
    const form = new URLSearchParams(gateways.attempts.at(-1)?.body)
    expect(form.get('MachineDetection')).toBe('Enable')
    expect(form.get('AsyncAmdStatusCallback')).toBe(statusUrl)
    const meanings = [
      { AnsweredBy: 'machine_start' },
      { AnsweredBy: 'fax' },
      { AnsweredBy: 'human' },
      { AnsweredBy: 'unknown' },
      { CallStatus: 'completed', AnsweredBy: 'machine_end_beep' },
      { CallStatus: 'completed' },
      { uuid: 'u', status: 'machine' },
      { uuid: 'u', status: 'completed' },
    ].map((report) => deliveryReportSchema.parse(report))
    const [failed, underway, delivered] = ['failed', 'underway', 'delivered']
    expect(meanings).toEqual([failed, failed, underway, underway, failed, delivered, failed, delivered])
  })

  test('is read in English if the language has no voice', async () => {
    await ask('voice', settingsOf('voice', 'twilio'), { locale: 'tlh' })
    expect(gateways.received).toMatchObject([{ language: 'en-US' }])
  })

  test('goes through any service over HTTP', async () => {
    expect(await ask('voice', settingsOf('voice', 'http'))).toEqual({ kind: 'accepted', providerId: '42' })
  })

  test('needs the key of the Vonage application', async () => {
    const gateway = gatewayOf('voice', { ...settingsOf('voice', 'vonage'), privateKey: 'no key' })
    await expect(gateway.requestOf(message, now)).rejects.toThrow()
  })
})

describe('a plain HTTP gateway', () => {
  const tricky = { text: 'a "b" <c> & d\\e\nf{{secret}}=%', to: '+4930123456' }
  const bodyOf = async (contentType: string, body: string) => {
    const settings = { ...settingsOf('sms', 'http'), contentType, body }
    return (await gatewayOf('sms', settings).requestOf({ ...message, ...tricky }, now)).body
  }

  test('escapes values for the content type, and fills in nothing twice', async () => {
    const json = await bodyOf('application/json', '{"t": "{{text}}"}')
    expect(JSON.parse(json ?? '')).toEqual({ t: tricky.text })
    const form = await bodyOf('application/x-www-form-urlencoded', 't={{text}}&n={{to}}')
    expect(Object.fromEntries(new URLSearchParams(form))).toEqual({ t: tricky.text, n: tricky.to })
    expect(await bodyOf('application/xml', '<t>{{text}}</t>')).toBe(
      '<t>a &quot;b&quot; &lt;c&gt; &amp; d\\e\nf{{secret}}=%</t>',
    )
    expect(await bodyOf('text/plain', '{{text}}')).toBe(tricky.text)
  })

  test('encodes values in the URL and keeps line breaks out of headers', async () => {
    const settings = {
      ...settingsOf('sms', 'http'),
      url: `${gateways.url}/send/{{to}}?t={{text}}`,
      method: 'GET',
      headers: { 'X-Text': '{{text}}' },
    }
    const request = await gatewayOf('sms', settings).requestOf({ ...message, ...tricky }, now)
    expect(request.url).toBe(`${gateways.url}/send/%2B4930123456?t=${encodeURIComponent(tricky.text)}`)
    expect(request.headers).toEqual({ 'x-text': 'a "b" <c> & d\\ef{{secret}}=%' })
    expect(request.body).toBeUndefined()
  })

  test('accepts only the statuses of its settings, and needs the id if there is a pointer', () => {
    const gateway = gatewayOf('sms', settingsOf('sms', 'http'))
    const body = '{"message": {"id": "m-1"}}'
    expect(gateway.resultOf({ status: 202, body })).toEqual({ kind: 'accepted', providerId: 'm-1' })
    expect(gateway.resultOf({ status: 200, body })).toEqual({ kind: 'rejected', code: '200' })
    expect(gateway.resultOf({ status: 202, body: '{"message": {}}' })).toMatchObject({ kind: 'rejected' })
    const lax = gatewayOf('sms', { provider: 'http', url: gateways.url })
    expect(lax.resultOf({ status: 204, body: '' })).toEqual({ kind: 'accepted', providerId: undefined })
  })

  test.each([
    [{ url: 'ftp://sms.example.com' }, 'must be a URL'],
    [{ url: 'https://me:secret@sms.example.com' }, 'without credentials'],
    [{ body: '{"to": {{to}' }, 'must be JSON'],
    [{ body: '{"to": "{{number}}"}' }, 'can only use {{to}}'],
    [{ headers: { authorization: '{{password}}' } }, 'can only use {{to}}'],
    [{ headers: { 'a b': 'c' } }, 'must be the name of a header'],
    [{ idPointer: 'id' }, 'must be a JSON pointer'],
    [{ acceptedStatuses: [500] }, 'Too big'],
  ])('is refused with %j', (change, message) => {
    const parsed = messagingSchema.safeParse({ sms: { ...settingsOf('sms', 'http'), ...change } })
    expect(JSON.stringify(parsed.error?.issues)).toContain(message)
  })
})

test('an email to SMS goes to the digits of the number', () => {
  const gateway = { provider: 'smtp', address: 'sms.{{number}}@gate.example', subject: '' } as const
  expect(mailAddressFor(gateway, '+4930123456')).toBe('sms.4930123456@gate.example')
  const parsed = messagingSchema.safeParse({ sms: { provider: 'smtp', address: 'all@gate.example' } })
  expect(parsed.error?.issues[0]?.message).toContain('{{number}}')
})

test('accepts every example of docs/messages.md', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'messages.md'), 'utf8')
  const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => JSON.parse(text))
  const parsed = examples.map(({ messaging }) => messagingSchema.parse(messaging))
  const providers = parsed.flatMap(({ sms, voice }) => [sms?.provider, voice?.provider])
  expect(new Set(providers)).toEqual(new Set(['twilio', 'vonage', 'sns', 'http', 'smtp', undefined]))
})
