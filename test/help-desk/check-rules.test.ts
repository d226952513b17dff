import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  backchannel,
  get,
  newBackchannelToken,
  openTransaction,
  signInAsAdministrator,
} from '../support/backchannel-client.ts'
import {
  agentOpens,
  agentSignsIn,
  caller,
  callerOpens,
  deskOpens,
  linkOf,
} from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, type WireAnswer } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const alex = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'

let server: TestServer
let mail: Awaited<ReturnType<typeof startMailServer>>
let url: string
let ask: Ask
let dana: string
let token: string

beforeAll(async () => {
  mail = await startMailServer()
  server = await startPrepared((stores) => saveVariant(stores, 'HelpDesk', 'Unlisted', {}), {
    smtpUrl: mail.url,
    mailFrom: 'Desk <desk@example.com>',
  })
  url = server.url
  ask = asking(url, await signInAsAdministrator(url))
  dana = await agentSignsIn(url)
  token = await newBackchannelToken(url)
})
afterAll(async () => {
  await server.stop()
  await mail.stop()
})

const settings = async (changes: object) => {
  const { status } = await ask(`${alpha}/realm-config/help-desk`, { method: 'PUT', body: changes })
  expect(status).toBe(200)
}

beforeEach(() =>
  ask(`${alpha}/help-desk/people/${alex}?_action=liftPause`, {
    method: 'POST',
    body: { reason: 'called back' },
  }),
)

/** Starts a check as the desk does. @returns the answer to the page that asks for the caller. */
async function startCheck(
  session: string,
  { journey = 'HelpDesk', address = caller.mail, what = {} as Record<string, string> } = {},
): Promise<WireAnswer> {
  const headers = { iplanetdirectorypro: session }
  const query = `&ForceAuth=true&${new URLSearchParams(what)}`
  return answerStep(url, await startJourney(url, journey, { query, headers }), [address], { headers })
}

const refusal = (problem: string) => ({ status: 401, body: { detail: { problem } } })

const reject = (transaction: string) => backchannel(url, 'reject', { transaction })

const readCheck = async (reference: string, session = dana) =>
  (await get(url, `help-desk/verifications/${reference}`, { session })).body

describe('an agent', () => {
  test('can’t start a check with a journey that the realm doesn’t offer', async () => {
    expect(await startCheck(dana, { journey: 'Unlisted' })).toMatchObject(refusal('notOffered'))
  })

  test('can’t start a check for an action that isn’t in the list', async () => {
    expect(await startCheck(dana, { what: { action: 'Pay a bonus' } })).toMatchObject(
      refusal('unknownAction'),
    )
  })

  test('can’t start a check of a privileged account alone', async () => {
    expect(await startCheck(dana, { address: 'noor@example.com' })).toMatchObject(refusal('needsSecondAgent'))
    await settings({ privilegedNeedSecondAgent: false })
    expect((await startCheck(dana, { address: 'noor@example.com' })).status).toBe(200)
    await settings({ privilegedNeedSecondAgent: true })
  })

  test('can’t vouch for a caller', async () => {
    const { body } = await ask(`/openidm/managed/alpha_user/${alex}`)
    const manager = (value: unknown) =>
      ask(`/openidm/managed/alpha_user/${alex}`, {
        method: 'PATCH',
        body: [{ operation: 'replace', field: 'manager', value }],
      })
    await settings({ privilegedNeedSecondAgent: false, mailQuietHours: 0 })
    await manager('noor')
    const headers = { iplanetdirectorypro: dana }
    const question = await startCheck(dana, { journey: 'FallbackLadder' })
    const choice = await answerStep(url, question, [5], { headers })
    expect(choice).toMatchObject(refusal('agentVouches'))
    await manager(body.manager)
    await settings({ privilegedNeedSecondAgent: true, mailQuietHours: 24 })
  })
})

describe('a result for an action that resets a password or a factor', () => {
  const action = 'Reset the password'

  /** A check that the caller completed with a code and a password. */
  async function completedCheck() {
    const { id, reference } = await deskOpens(url, dana, {
      journey: 'VerifyWithCode',
      what: { action },
    })
    const { verification } = await readCheck(reference)
    const code = (verification as { code: string }).code
    const asked = await answerStep(url, await callerOpens(url, id), [0])
    const signIn = await answerStep(url, asked, [code])
    expect((await answerStep(url, signIn, [caller.password])).status).toBe(200)
    return reference
  }

  test('needs more than one factor, at the desk and as a grant', async () => {
    const reference = await completedCheck()
    expect(await readCheck(reference)).toMatchObject({
      verification: { level: 1, grant: { state: 'weak', neededLevel: 2 } },
    })
    for (const how of ['use', 'grant']) {
      const path = `${alpha}/help-desk/verifications/${reference}?_action=${how}`
      expect(await ask(path, { method: 'POST', body: {}, as: dana })).toMatchObject({
        status: 409,
        body: { detail: { problem: 'weak' } },
      })
    }
    await settings({ strongActions: [] })
    const grant = (of: string) =>
      ask(`${alpha}/help-desk/verifications/${of}?_action=grant`, { method: 'POST', body: {}, as: dana })
    expect((await grant(reference)).body.detail.problem).toBe('weak')
    const { body } = await grant(await completedCheck())
    expect(decodeJwt(body.grant)).toMatchObject({ check: 'VerifyWithCode', action })
    await settings({ strongActions: [action] })
  })
})

describe('a transaction that no agent opened', () => {
  test('starts no pause when the person rejects it, so that strangers can’t block checks of a person', async () => {
    await settings({ onlyAgentsStartChecks: false })
    const { id } = await linkOf(url, await agentOpens(url))
    expect((await reject(id)).status).toBe(200)
    expect((await startCheck(dana)).status).toBe(200)
    await settings({ onlyAgentsStartChecks: true })
  })

  test.each([
    ['an agent', async () => (await deskOpens(url, dana)).id],
    ['a client', () => openTransaction(url, token)],
  ])('pauses agents, clients and anonymous openers if %s opened it', async (_who, open) => {
    await settings({ onlyAgentsStartChecks: false })
    expect((await reject(await open())).status).toBe(200)
    expect(await startCheck(dana)).toMatchObject(refusal('paused'))
    expect((await agentOpens(url)).status).toBe(401)
    const subject = { type: 'user', name: 'alex' }
    const initialize = { type: 'service', value: 'VerifyCaller', subject, data: {} }
    expect(await backchannel(url, 'initialize', initialize, { token })).toMatchObject({
      status: 409,
      body: { detail: { problem: 'paused', pausedUntil: expect.any(Number) } },
    })
    await settings({ onlyAgentsStartChecks: true })
  })

  test('is limited for each person and doesn’t count towards the limits of agents', async () => {
    await settings({ onlyAgentsStartChecks: false, maxOtherOpeningsPerPerson: 2, maxChecksPerPerson: 2 })
    const person = await newPerson()
    const opens = async () => (await agentOpens(url, 'HelpDesk', person.mail)).status
    expect([await opens(), await opens(), await opens()]).toEqual([200, 200, 429])
    const subject = { type: 'user', name: person.userName }
    const byClient = async () => {
      const body = { type: 'service', value: 'VerifyCaller', subject, data: {} }
      return (await backchannel(url, 'initialize', body, { token })).status
    }
    expect([await byClient(), await byClient(), await byClient()]).toEqual([200, 200, 429])
    const check = async () => (await startCheck(dana, { address: person.mail })).status
    expect([await check(), await check(), await check()]).toEqual([200, 200, 429])
    await settings({ onlyAgentsStartChecks: true, maxOtherOpeningsPerPerson: 200, maxChecksPerPerson: 100 })
  })
})

let people = 0
async function newPerson() {
  const userName = `person-${++people}`
  const body = { userName, givenName: 'P', sn: userName, mail: `${userName}@example.com` }
  const { status } = await ask('/openidm/managed/alpha_user?_action=create', { method: 'POST', body })
  expect(status).toBe(201)
  return { userName, mail: body.mail }
}

test('the number of link emails to one person is limited over all transactions', async () => {
  await settings({ maxLinkMailsPerPerson: 2 })
  const sends = async () => {
    const { reference } = await deskOpens(url, dana)
    const headers = { iplanetdirectorypro: dana }
    return backchannel(url, 'send', { reference }, { headers })
  }
  expect([(await sends()).status, (await sends()).status]).toEqual([200, 200])
  expect(await sends()).toMatchObject({
    status: 429,
    body: { detail: { problem: 'tooManyMails', retryAfterSeconds: expect.any(Number) } },
  })
  await settings({ maxLinkMailsPerPerson: 100 })
})

test('two agents who check one person at the same time both see that', async () => {
  const noor = await signIn(url, 'noor', 'Noor-Pass-2026')
  const first = await deskOpens(url, dana)
  const second = await deskOpens(url, noor)
  const namesIn = async (reference: string, session: string) =>
    ((await readCheck(reference, session)).timeline as { kind: string; agent?: string }[])
      .filter(({ kind }) => kind === 'alsoChecked')
      .map(({ agent }) => agent)
  expect(await namesIn(first.reference, dana)).toEqual(['Noor Night'])
  expect(await namesIn(second.reference, noor)).toContain('Dana Desk')
})

test('the audit book records the agent and the caller, also after success', async () => {
  const { id, page } = await deskOpens(url, dana)
  await answerStep(url, await callerOpens(url, id), [caller.password])
  const headers = { iplanetdirectorypro: dana }
  let answer = page
  while (answer.status === 200 && answer.body.authId !== undefined) {
    answer = await answerStep(url, answer, [], { headers: { ...headers, prefer: 'wait=20' } })
  }
  expect(answer.status).toBe(200)
  const entries = await audited(ask, 'event=AM-TREE-LOGIN-COMPLETED')
  const front = entries.find(({ journey }: { journey: string }) => journey === 'HelpDesk')
  expect(front).toMatchObject({ result: 'SUCCESSFUL', who: { name: 'dana' }, whom: { name: 'alex' } })
})
