import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { agentSignsIn, callerOpens, deskOpens } from '../support/help-desk-play.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { deviceCookieOf } from '../support/two-factor-play.ts'
import { answerStep, authenticate } from '../support/wire.ts'

const maxFailures = 3
const maxFailuresInARow = 8
const attacker = '203.0.113.1'

let server: TestServer
let url: string
let ask: Ask
let addresses = 0

beforeAll(async () => {
  const lockout = {
    maxFailures: maxFailures,
    windowSeconds: 600,
    lockSeconds: 600,
    maxFailuresInARow: maxFailuresInARow,
  }
  server = await startPrepared((stores) => saveRealm(stores, '/alpha', { lockout }), {
    trustedProxies: ['127.0.0.1'],
  })
  url = server.url
  ask = asking(url, await signInAsAdministrator(url))
})
afterAll(() => server.stop())
beforeEach(async () => {
  const { body } = await ask('/openidm/managed/alpha_user?_queryFilter=true')
  for (const { _id } of body.result) {
    await ask(`/openidm/managed/alpha_user/${_id}?_action=unlock`, { method: 'POST', body: {} })
  }
})

type From = { address?: string; cookie?: string; realm?: string }

function trySignIn(
  userName: string,
  password: string,
  { address = newAddress(), cookie = '', realm }: From = {},
) {
  const headers = {
    'x-openam-username': userName,
    'x-openam-password': password,
    'x-forwarded-for': address,
    ...(cookie === '' ? {} : { cookie }),
  }
  return authenticate(url, { headers, ...defined({ realm }) })
}

const newAddress = () => `198.51.100.${++addresses}`

async function guess(userName: string, count: number, from: From = {}) {
  for (let guess = 0; guess < count; guess++) await trySignIn(userName, `wrong ${guess}`, from)
}

const alex = 'Alex-Pass-2026'
const isIn = async (...given: Parameters<typeof trySignIn>) =>
  (await trySignIn(...given)).body.tokenId !== undefined

test('an address that guesses locks the person only for itself', async () => {
  await guess('alex', maxFailures + 1, { address: attacker })
  expect(await isIn('alex', alex, { address: attacker })).toBe(false)
  expect(await isIn('alex', alex)).toBe(true)
})

test('guesses from many addresses lock the person for all unknown browsers', async () => {
  await guess('alex', maxFailuresInARow)
  expect(await isIn('alex', alex)).toBe(false)
})

describe('a known browser', () => {
  test('can still sign in, even from the attacker’s address', async () => {
    const cookie = deviceCookieOf(await trySignIn('alex', alex))
    await guess('alex', maxFailuresInARow)
    await guess('alex', maxFailures + 1, { address: attacker })
    expect(await isIn('alex', alex, { cookie, address: attacker })).toBe(true)
  })

  test('can still sign in if its address is blocked for guesses at other accounts', async () => {
    const cookie = deviceCookieOf(await trySignIn('alex', alex))
    const settings = '/realms/root/realms/alpha/realm-config/settings'
    await ask(settings, { method: 'PUT', body: { limits: { failuresPerAddress: 2 } } })
    const address = newAddress()
    await guess('nobody', 2, { address })
    expect((await trySignIn('alex', alex, { address })).status).toBe(429)
    expect((await trySignIn('sam.one', 'Sam1-Pass-2026', { address, cookie })).status).toBe(429)
    expect(await isIn('alex', alex, { address, cookie })).toBe(true)
    await ask(settings, { method: 'PUT', body: { limits: { failuresPerAddress: 100 } } })
  })

  test('is locked by its own wrong passwords, independently of other browsers', async () => {
    const cookie = deviceCookieOf(await trySignIn('alex', alex))
    await guess('alex', maxFailures, { cookie })
    expect(await isIn('alex', alex, { cookie })).toBe(false)
    expect(await isIn('alex', alex)).toBe(true)
  })

  test('doesn’t help another person', async () => {
    const cookie = deviceCookieOf(await trySignIn('sam.one', 'Sam1-Pass-2026'))
    await guess('alex', maxFailuresInARow)
    expect(await isIn('alex', alex, { cookie })).toBe(false)
  })

  test('can complete a check while the caller is locked elsewhere', async () => {
    const cookie = deviceCookieOf(await trySignIn('alex', alex))
    const { id } = await deskOpens(url, await agentSignsIn(url))
    await guess('alex', maxFailuresInARow)
    const headers = { cookie, 'x-forwarded-for': newAddress() }
    const stranger = await callerOpens(url, id)
    expect((await answerStep(url, stranger, [alex])).body.tokenId).toBeUndefined()
    const page = await callerOpens(url, id, { headers })
    const end = await answerStep(url, page, [alex], { headers })
    expect(end.body.tokenId).toEqual(expect.any(String))
  })
})

test('the server’s administrator is protected in the same way', async () => {
  const of = (from: From = {}) => ({ ...from, realm: '/' })
  const cookie = deviceCookieOf(await trySignIn('amadmin', adminPassword, of()))
  await guess('amadmin', 12, of({ address: attacker }))
  expect(await isIn('amadmin', adminPassword, of({ address: attacker }))).toBe(false)
  expect(await isIn('amadmin', adminPassword, of({ address: attacker, cookie }))).toBe(true)
  expect(await isIn('amadmin', adminPassword, of())).toBe(true)
})

test('the cookie of a known browser is for the server alone and contains no name', async () => {
  const answer = await trySignIn('alex', alex)
  const set = answer.headers.getSetCookie().find((one) => one.startsWith('sidegate-device='))
  expect(set).toMatch(/; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(set).not.toContain('alex')
})

test('an attack on an account is audited once, with the account', async () => {
  await guess('dana', maxFailuresInARow + 3, { address: attacker })
  await guess('dana', maxFailuresInARow + 3)
  const alarms = await audited(ask, 'event=SIDEGATE-ACCOUNT-ATTACKED&whom=dana')
  expect(alarms).toHaveLength(1)
  expect(alarms[0]).toMatchObject({ result: 'FAILED', ip: attacker, whom: { name: 'dana', realm: '/alpha' } })
})
