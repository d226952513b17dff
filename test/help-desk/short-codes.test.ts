import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shortCodeLetters } from '../../contract/short-codes.ts'
import { unmistakableLetters } from '../../src/help-desk/checks/codes.ts'
import { wrongShortCodes } from '../../src/help-desk/short-codes/short-codes.ts'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { FeedReader } from '../support/feed-reader.ts'
import { agentSignsIn, callerEnters, callerOpens, deskOpens } from '../support/help-desk-play.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { authenticate, signIn } from '../support/wire.ts'

const proxy = '127.0.0.1'
const shortUrl = 'https://go.example.com/c'
const verifications = '/realms/root/realms/alpha/help-desk/verifications'

let server: TestServer
let url: string
let agent: string

beforeAll(async () => {
  server = await startPrepared(async () => undefined, {
    trustedProxies: [proxy],
    shortUrl,
  })
  url = server.url
  await liftLimits()
  agent = await agentSignsIn(url)
})
afterAll(() => server.stop())

async function liftLimits(): Promise<void> {
  const settings = { maxChecksPerAgent: 0, maxChecksPerPerson: 0, pauseMinutes: 0 }
  const ask = asking(url, await signInAsAdministrator(url))
  const saved = await ask('/realms/root/realms/alpha/realm-config/help-desk', {
    method: 'PUT',
    body: settings,
  })
  expect(saved.status).toBe(200)
}

const issue = (reference: string, session = agent) =>
  asking(url, session)(`${verifications}/${reference}?_action=shortCode`, { method: 'POST', body: {} })

async function issued(reference: string): Promise<string> {
  const { status, body } = await issue(reference)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.code
}

let lastHost = 0

/** A client address that no other attempt used. */
const newAddress = () => `192.0.2.${++lastHost}`

async function redeem(
  code: unknown,
  { from = newAddress(), headers = {} }: { from?: string; headers?: object } = {},
) {
  const answer = await fetch(`${url}/json/short-codes?_action=redeem`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from, ...headers },
    body: JSON.stringify({ code }),
  })
  return { status: answer.status, body: await answer.json(), headers: answer.headers }
}

const unknown = { code: 404, reason: 'Not Found', message: 'This code does not work' }

/** A code that nobody has, whatever the chance says. */
const wrong = 'CCCC-CCCC'

describe('a short code', () => {
  test('leads a caller to the link, once, and the agent sees it', async () => {
    const { id, reference } = await deskOpens(url, agent)
    const feed = await FeedReader.open(url, { reference, headers: { iplanetdirectorypro: agent } })
    const answer = await issue(reference)
    const { code, address, expiresAt } = answer.body
    expect(code).toMatch(/^[CDFGHJKMNPQRTVWXYZ]{4}-[CDFGHJKMNPQRTVWXYZ]{4}$/)
    expect(address).toBe(shortUrl)
    expect(expiresAt).toBeGreaterThan(Date.now())

    const redeemed = await redeem(code)
    expect(redeemed.status).toBe(200)
    expect(redeemed.headers.get('cache-control')).toBe('no-store')
    const link = new URL(redeemed.body.link)
    expect(link.origin + link.pathname).toBe(`${url}/XUI/`)
    expect(link.searchParams.get('authIndexValue')).toBe(id)
    expect(await redeem(code)).toMatchObject({ status: 404, body: unknown })

    const [, event] = await feed.first(2)
    expect(event?.data).toEqual({
      kind: 'shortCodeUsed',
      channel: 'spoken',
      sequence: 1,
      at: expect.any(Number),
    })
    await feed.leave()
    const opened = await authenticate(url, { query: `${link.search}&ForceAuth=true` })
    expect(opened.status).toBe(200)
    const audited = logLines(server).filter(({ eventName }) => /SHORT-CODE/.test(String(eventName)))
    expect(audited).toMatchObject([
      { eventName: 'SIDEGATE-SHORT-CODE-ISSUED', reference },
      { eventName: 'SIDEGATE-SHORT-CODE-USED', reference, realm: '/alpha' },
    ])
    for (const secret of [id, code, code.replace('-', '')]) expect(server.logged()).not.toContain(secret)
  })

  test('is typed in any case and width, with blanks and hyphens', async () => {
    const { reference } = await deskOpens(url, agent)
    const spellings = [
      (code: string) => code.toLowerCase(),
      (code: string) => ` ${Array.from(code.replace('-', '')).join(' ')}\u00a0`,
      (code: string) => code.replace('-', '\u2013'),
      (code: string) =>
        Array.from(code.replace('-', ''), (letter) =>
          String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0),
        ).join(''),
    ]
    for (const spelled of spellings) expect((await redeem(spelled(await issued(reference)))).status).toBe(200)
  })

  test.each([
    ['كود كودك', 'code: must be in Latin letters', 'script'],
    ['ХKKM-MQRR', 'code: must be in Latin letters', 'script'],
    ['X7KM-MQRR', 'code: contains a character that no code has', 'character'],
    ['BKKM-MQRR', 'code: contains a character that no code has', 'character'],
    ['XKKM-MQR', 'code: must be the eight letters that the agent reads out', 'length'],
    ['', 'code: must be the eight letters that the agent reads out', 'length'],
  ])('is not %j', async (code, message, problem) => {
    const from = newAddress()
    for (let times = 0; times <= wrongShortCodes.perAddress; times++) {
      expect(await redeem(code, { from })).toMatchObject({
        status: 400,
        body: { message, detail: { problem } },
      })
    }
  })

  test.each([[undefined], [null], [7], [{}], [['XKKMMQRR']], ['X'.repeat(300)]])(
    'is a short text, not %j',
    async (code) => {
      const { status, body } = await redeem(code)
      expect(status).toBe(400)
      expect(body.message).toMatch(/^code: /)
    },
  )

  test('stops working when another replaces it', async () => {
    const { reference } = await deskOpens(url, agent)
    const first = await issued(reference)
    const second = await issued(reference)
    expect(await redeem(first)).toMatchObject({ status: 404, body: unknown })
    expect((await redeem(second)).status).toBe(200)
  })

  test('stops working when its check is cancelled', async () => {
    const { reference } = await deskOpens(url, agent)
    const code = await issued(reference)
    const cancelled = await asking(url, agent)('/realms/root/realms/alpha/authenticate/backchannel/cancel', {
      method: 'POST',
      body: { reference },
    })
    expect(cancelled.status).toBe(200)
    expect(await redeem(code)).toMatchObject({ status: 404, body: unknown })
    expect((await issue(reference)).status).toBe(404)
  })

  test('stops working when its check has a result', async () => {
    const { id, reference } = await deskOpens(url, agent)
    const code = await issued(reference)
    const signedIn = await callerEnters(url, await callerOpens(url, id))
    expect(signedIn.body.tokenId).toEqual(expect.any(String))
    expect(await redeem(code)).toMatchObject({ status: 404, body: unknown })
    expect(await issue(reference)).toMatchObject({ status: 409 })
  })

  test('is used by one of many concurrent attempts', async () => {
    const { reference } = await deskOpens(url, agent)
    const code = await issued(reference)
    const answers = await Promise.all(Array.from({ length: 12 }, () => redeem(code)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(11)
  })

  test('is drawn from the letters that the contract names', () => {
    expect(shortCodeLetters).toBe(unmistakableLetters)
  })
})

describe('a new short code', () => {
  test('is for the agent of an open check only', async () => {
    const { reference } = await deskOpens(url, agent)
    const noor = await signIn(url, 'noor', 'Noor-Pass-2026')
    const alex = await signIn(url, 'alex', 'Alex-Pass-2026')
    expect((await issue(reference, noor)).status).toBe(404)
    expect((await issue(reference, await signInAsAdministrator(url))).status).toBe(404)
    expect((await issue(reference, alex)).status).toBe(403)
    expect((await issue('CCCC2222')).status).toBe(404)
  })

  test('can be made five times a minute', async () => {
    const { reference } = await deskOpens(url, agent)
    for (let times = 0; times < 5; times++) await issued(reference)
    expect(await issue(reference)).toMatchObject({
      status: 429,
      body: { detail: { problem: 'tooManyShortCodes', retryAfterSeconds: expect.any(Number) } },
    })
  })
})

describe('guesses', () => {
  test('from one address are blocked after ten wrong codes, and right ones don’t count', async () => {
    const { reference } = await deskOpens(url, agent)
    const from = newAddress()
    for (let times = 1; times < wrongShortCodes.perAddress; times++) {
      expect((await redeem(wrong, { from })).status).toBe(404)
    }
    for (let times = 0; times < 3; times++)
      expect((await redeem(await issued(reference), { from })).status).toBe(200)
    expect((await redeem(wrong, { from })).status).toBe(404)
    const code = await issued(reference)
    const blocked = await redeem(code, { from })
    expect(blocked).toMatchObject({ status: 429, body: { detail: { problem: 'tooManyWrongCodes' } } })
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await redeem(code)).status).toBe(200)
    const alarms = logLines(server).filter(({ eventName }) => eventName === 'SIDEGATE-ADDRESS-BLOCKED')
    expect(alarms).toHaveLength(1)
  })

  test('at once count one by one', async () => {
    const from = newAddress()
    const answers = await Promise.all(Array.from({ length: 30 }, () => redeem(wrong, { from })))
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(wrongShortCodes.perAddress)
  })
})
