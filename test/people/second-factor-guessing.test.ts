import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import {
  deviceCookieOf,
  enterCode,
  enterPassword,
  enterRecoveryCode,
  nowSeconds,
  registerApp,
  saveTwoFactors,
} from '../support/two-factor-play.ts'
import { answerStep, startJourney } from '../support/wire.ts'

const maxFailures = 3
const maxFailuresInARow = 7
const password = 'Alex-Pass-2026'

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
  server = await startPrepared(
    async (stores) => {
      await saveRealm(stores, '/alpha', { lockout })
      await saveTwoFactors(stores)
      const page = { nodes: [{ _id: 'OnPage-oath', nodeType: 'OathTokenVerifierNode', displayName: 'Code' }] }
      await stores.configuration.saveNode('/alpha', {
        id: 'OnPage-oath',
        type: 'OathTokenVerifierNode',
        version: '1.0',
        config: {},
      })
      await saveJourney(stores, 'OnPage', {
        ask: { type: 'UsernameCollectorNode', to: { outcome: 'page' } },
        page: {
          type: 'PageNode',
          config: page,
          to: { successOutcome: 'success', failureOutcome: 'failure', notRegisteredOutcome: 'failure' },
        },
      })
      await saveMailedCode(stores)
    },
    { trustedProxies: ['127.0.0.1'] },
  )
  url = server.url
  ask = asking(url, await signInAsAdministrator(url))
})
afterAll(() => server.stop())

async function saveMailedCode(stores: Parameters<typeof saveJourney>[0]) {
  await saveJourney(stores, 'MailedCode', {
    ask: { type: 'UsernameCollectorNode', to: { outcome: 'make' } },
    make: { type: 'OneTimePasswordGeneratorNode', to: { outcome: 'collect' } },
    collect: { type: 'OneTimePasswordCollectorDecisionNode', to: { true: 'success', false: 'collect' } },
  })
}

const newAddress = () => `203.0.113.${++addresses}`

async function unlock(userName: string) {
  const { body } = await ask(`/openidm/managed/alpha_user?_queryFilter=userName+eq+"${userName}"`)
  await ask(`/openidm/managed/alpha_user/${body.result[0]._id}?_action=unlock`, { method: 'POST', body: {} })
}

/** A sample person, unlocked and with a new app, and functions that try codes. */
async function setUpPerson(userName = 'alex', secret = password) {
  await unlock(userName)
  const app = await registerApp(url, userName)
  const tries = async (code: string, address: string, cookie?: string) => {
    const from = { address, ...defined({ cookie }) }
    return enterCode(url, await enterPassword(url, userName, secret, from), code, from)
  }
  const recovers = async (code: string, address: string) =>
    enterRecoveryCode(url, await enterPassword(url, userName, secret, { address }), code, { address })
  return { app, tries, recovers }
}

describe('codes of an authenticator app', () => {
  test('are rejected after too many wrong ones from an address, even the right one', async () => {
    const { app, tries } = await setUpPerson()
    const address = newAddress()
    for (let guess = 0; guess < maxFailures; guess++) {
      expect((await tries(app.wrongCode(), address)).status).toBe(401)
    }
    expect((await tries(app.codeAt(nowSeconds()), address)).status).toBe(401)
    expect((await tries(app.codeAt(nowSeconds()), newAddress())).status).toBe(200)
  })

  test('can’t exceed the limit with concurrent tries', async () => {
    const { app, tries } = await setUpPerson()
    const address = newAddress()
    const wrong = app.wrongCode()
    const guesses = Array.from({ length: 12 }, (_, place) => (place < 11 ? wrong : app.codeAt(nowSeconds())))
    const pages = await Promise.all(guesses.map(() => enterPassword(url, 'alex', password, { address })))
    const sent = pages.map((page, place) => enterCode(url, page, guesses[place] ?? '', { address }))
    const ends = await Promise.all(sent)
    expect(ends.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(11)
    expect((await tries(app.codeAt(nowSeconds() + 30), address)).status).toBe(401)
    const lines = server
      .logged()
      .split('\n')
      .filter((line) => line.includes('Too many wrong attempts'))
    expect(lines.length).toBeGreaterThanOrEqual(guesses.length - maxFailures)
  })

  test('are rejected from everywhere after too many in a row, until an administrator unlocks the person', async () => {
    const { app, tries } = await setUpPerson()
    for (let guess = 0; guess < maxFailuresInARow; guess++) await tries(app.wrongCode(), newAddress())
    expect((await tries(app.codeAt(nowSeconds()), newAddress())).status).toBe(401)
    await unlock('alex')
    expect((await tries(app.codeAt(nowSeconds()), newAddress())).status).toBe(200)
  })

  test('count in a row from the last right one', async () => {
    const { app, tries } = await setUpPerson()
    for (let guess = 0; guess < maxFailuresInARow - 1; guess++) await tries(app.wrongCode(), newAddress())
    expect((await tries(app.codeAt(nowSeconds()), newAddress())).status).toBe(200)
    for (let guess = 0; guess < maxFailuresInARow - 1; guess++) await tries(app.wrongCode(), newAddress())
    expect((await tries(app.codeAt(nowSeconds() + 30), newAddress())).status).toBe(200)
  })

  test('are also rejected on a page', async () => {
    const { app, tries } = await setUpPerson()
    const address = newAddress()
    const from = { headers: { 'x-forwarded-for': address } }
    for (let guess = 0; guess < maxFailures; guess++) await tries(app.wrongCode(), address)
    const page = await answerStep(url, await startJourney(url, 'OnPage', from), ['alex'], from)
    const right = app.codeAt(nowSeconds())
    expect((await answerStep(url, page, [right, 0], from)).status).toBe(401)
    const elsewhere = { headers: { 'x-forwarded-for': newAddress() } }
    const other = await answerStep(url, await startJourney(url, 'OnPage', elsewhere), ['alex'], elsewhere)
    expect((await answerStep(url, other, [right, 0], elsewhere)).status).toBe(200)
  })

  test('that are locked don’t lock recovery codes or the password', async () => {
    const { app, tries, recovers } = await setUpPerson()
    const address = newAddress()
    for (let guess = 0; guess < maxFailures; guess++) await tries(app.wrongCode(), address)
    expect((await recovers(app.recoveryCodes[0] ?? '', address)).status).toBe(200)
    expect((await tries(app.codeAt(nowSeconds()), address)).status).toBe(401)
  })

  test('count separately in a known browser', async () => {
    const { app, tries } = await setUpPerson()
    const cookie = deviceCookieOf(await tries(app.codeAt(nowSeconds()), newAddress()))
    expect(cookie).not.toBe('')
    for (let guess = 0; guess < maxFailuresInARow; guess++) await tries(app.wrongCode(), newAddress())
    expect((await tries(app.codeAt(nowSeconds() + 30), newAddress(), cookie)).status).toBe(200)
    for (let guess = 0; guess < maxFailures; guess++) await tries(app.wrongCode(), newAddress(), cookie)
    expect((await tries(app.codeAt(nowSeconds() + 60), newAddress(), cookie)).status).toBe(401)
  })

  test('raise one alarm in the audit book', async () => {
    const { app, tries } = await setUpPerson('sam.one', 'Sam1-Pass-2026')
    for (let guess = 0; guess < maxFailuresInARow + 2; guess++) {
      await tries(app.wrongCode(), guess < maxFailures + 1 ? '198.51.100.1' : newAddress())
    }
    const alarms = await audited(ask, 'event=SIDEGATE-ACCOUNT-ATTACKED&whom=sam.one')
    expect(alarms).toHaveLength(1)
    expect(alarms[0]).toMatchObject({ result: 'FAILED', ip: '198.51.100.1' })
  })
})

test('recovery codes are rejected after too many wrong ones, even the right one', async () => {
  const { app, recovers } = await setUpPerson()
  const address = newAddress()
  for (let guess = 0; guess < maxFailures; guess++) await recovers('AAAAAAAAAA', address)
  expect((await recovers(app.recoveryCodes[0] ?? '', address)).status).toBe(401)
  expect((await recovers(app.recoveryCodes[0] ?? '', newAddress())).status).toBe(200)
})

describe('an emailed code', () => {
  const begin = async (address: string, userName: string) => {
    const from = { headers: { 'x-forwarded-for': address } }
    return answerStep(url, await startJourney(url, 'MailedCode', from), [userName], from)
  }

  /** Types wrong codes until the log says that one was not checked. @returns how many were checked. */
  async function wrongCodes(address: string, userName: string): Promise<number> {
    const from = { headers: { 'x-forwarded-for': address } }
    const refusals = () => server.logged().split('Too many wrong attempts').length
    let page = await begin(address, userName)
    for (let checked = 0; checked <= 20; checked++) {
      const before = refusals()
      page = await answerStep(url, page, ['x'], from)
      if (refusals() > before) return checked
    }
    return 20
  }

  test('is rejected after too many wrong ones, over all journeys of the person', async () => {
    await unlock('alex')
    const address = newAddress()
    expect(await wrongCodes(address, 'alex')).toBe(maxFailures)
    expect(await wrongCodes(address, 'alex')).toBe(0)
    expect(await wrongCodes(newAddress(), 'alex')).toBe(maxFailures)
  })

  test('of an unknown person is counted for the journey', async () => {
    const address = newAddress()
    expect(await wrongCodes(address, 'nobody')).toBe(maxFailures)
  })
})

test('wrong codes of many people from one address count with its wrong passwords', async () => {
  const settings = '/realms/root/realms/alpha/realm-config/settings'
  const { app } = await setUpPerson()
  const address = newAddress()
  const page = await enterPassword(url, 'alex', password, { address })
  await ask(settings, { method: 'PUT', body: { limits: { failuresPerAddress: 1 } } })
  expect((await enterCode(url, page, app.wrongCode(), { address })).status).toBe(401)
  expect((await enterPassword(url, 'alex', password, { address })).status).toBe(429)
  await ask(settings, { method: 'PUT', body: { limits: { failuresPerAddress: 100 } } })
})
