import { decodeJwt } from 'jose'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agentSignsIn, agentWaits, callerOpens, linkOf, message } from '../support/help-desk-play.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, output, signIn, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const people = '/openidm/managed/alpha_user'
const noor = 'c0e4a5f2-3b71-4f5e-8a6d-2f9b7d104c38'
const secondAgent = ['noor', 'Noor-Pass-2026']

let server: TestServer
let url: string
let ask: Ask
let agent: string

beforeAll(async () => {
  server = await startPrepared((stores) =>
    saveJourney(stores, 'Register', {
      ask: { type: 'UsernameCollectorNode', to: { outcome: 'register' } },
      register: {
        type: 'OathRegistrationNode',
        config: { generateRecoveryCodes: false },
        to: { successOutcome: 'success', failureOutcome: 'failure' },
      },
    }),
  )
  url = server.url
  agent = await agentSignsIn(url)
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server.stop())

/** @param session of the first agent; empty if none is signed in. */
const headersOf = (session: string): Record<string, string> =>
  session === '' ? {} : { iplanetdirectorypro: session }

/** The first agent enters who calls, and the second one signs in. */
async function startCheck(signed = secondAgent, { session = agent, mail = 'alex@example.com' } = {}) {
  const headers = headersOf(session)
  const what = new URLSearchParams({ action: 'Reset the password', reason: 'New phone', ticket: 'INC-2' })
  const start = await startJourney(url, 'TwoAgents', { query: `&ForceAuth=true&${what}`, headers })
  const page = await answerStep(url, start, [mail], { headers })
  expect(page.body.header).toBe('Second agent: sign in to approve this check')
  return answerStep(url, page, signed, { headers })
}

const readCheck = async (reference: string) =>
  (await ask(`${alpha}/help-desk/verifications/${reference}`, { as: agent })).body

/** The caller reads the notice, types the code and enters a password. @returns the answer to that. */
async function completeCheck(page: WireAnswer) {
  const { id, reference } = await linkOf(url, page)
  const { code } = (await readCheck(reference)).verification
  const typed = await answerStep(url, await answerStep(url, await callerOpens(url, id), [0]), [code])
  return { reference, answer: await answerStep(url, typed, ['Alex-Pass-2026']) }
}

/** Registers an authenticator app. @returns a function that makes its codes. */
async function registerApp(person: string) {
  const asked = await answerStep(url, await startJourney(url, 'Register'), [person])
  const address = stepOf(asked).callbacks.find(({ type }) => type === 'HiddenValueCallback')
  const uri = new URL(String(address?.output.find(({ name }) => name === 'value')?.value))
  const pressed = stepOf(asked).callbacks.map((callback) => callback.input?.[0]?.value)
  expect((await answerStep(url, asked, pressed)).status).toBe(200)
  const secret = uri.searchParams.get('secret') ?? ''
  return () => generateSync({ secret, digits: 6, epoch: Math.floor(Date.now() / 1000) })
}

const refusal = {
  status: 401,
  body: { message: 'The second agent was not accepted, and nobody is verified.' },
}

describe('the second agent', () => {
  test('is named to the caller, in the history and in the audit book', async () => {
    const { id, reference } = await linkOf(url, await startCheck())
    expect(message(await callerOpens(url, id))).toContain('Reason: Second agent: Noor Night. New phone')
    expect(await readCheck(reference)).toMatchObject({
      subject: 'Alex Caller',
      agent: 'Dana Desk',
      action: 'Reset the password',
      reason: 'Second agent: Noor Night. New phone',
      secondAgent: 'Noor Night',
      check: 'TwoAgents',
    })
    const entries = await audited(ask, 'ticket=INC-2')
    const named = (name: string) => entries.find((entry: { eventName: string }) => entry.eventName === name)
    const opened = named('AM-BACK-CHANNEL-INITIALIZE')
    expect(opened).toMatchObject({ who: { name: 'dana' }, whom: { name: 'alex' } })
    expect(named('SIDEGATE-VERIFICATION-SECONDED')).toMatchObject({
      who: { name: 'noor' },
      whom: { name: 'alex' },
      trackingIds: opened.trackingIds,
    })
  })

  test.each([
    ['who enters a wrong password', ['noor', 'wrong']],
    ['who is unknown', ['nobody', 'Noor-Pass-2026']],
    ['who is the first one', ['dana', 'Dana-Pass-2026']],
    ['who is no agent', ['mira', 'Mira-Pass-2026']],
    ['who may not sign in', ['kim', 'Kim-Pass-2026']],
    ['who is the caller', ['alex', 'Alex-Pass-2026']],
  ])('%s is rejected with the same message', async (_case, signed) => {
    const end = await startCheck(signed)
    expect(end).toMatchObject(refusal)
    expect(end.body.detail).toEqual({ failureUrl: '' })
  })

  test('can’t be the person who is checked, and neither can the first', async () => {
    expect(await startCheck(secondAgent, { mail: 'noor@example.com' })).toMatchObject(refusal)
    const own = await startCheck(secondAgent, { mail: 'dana@example.com' })
    expect(own.status).toBe(401)
    expect(own.body.message).toContain('You can’t verify yourself')
  })

  test('doesn’t replace the first: an agent must be signed in', async () => {
    for (const [session, status] of [
      ['', 401],
      [await signIn(url, 'mira', 'Mira-Pass-2026'), 403],
    ] as const) {
      const headers = { iplanetdirectorypro: session }
      expect((await startJourney(url, 'TwoAgents', { headers })).status).toBe(status)
    }
  })

  test('is rejected once their role was removed', async () => {
    const setRoles = (roles: string[]) =>
      ask(`${people}/${noor}?_action=setRoles`, { method: 'POST', body: { roles } })
    expect((await setRoles([])).status).toBe(200)
    expect(await startCheck()).toMatchObject(refusal)
    await setRoles(['agent'])
    await linkOf(url, await startCheck())
  })

  test('leaves no password in stored sessions or logs', async () => {
    const { id } = await linkOf(url, await startCheck())
    await callerOpens(url, id)
    const { body } = await ask(`${alpha}/journey-sessions?_pageSize=50`)
    expect(JSON.stringify(body)).not.toContain('Noor-Pass-2026')
    expect(server.logged()).not.toContain('Noor-Pass-2026')
  })
})

describe('the caller', () => {
  test('without a second factor is not verified', async () => {
    const page = await startCheck()
    const { reference, answer } = await completeCheck(page)
    expect(answer.status).toBe(401)
    expect(answer.body.message).toContain('This account needs a second factor')
    expect(await readCheck(reference)).toMatchObject({ result: 'UNKNOWN' })
  })

  test('with two factors is verified', async () => {
    const code = await registerApp('alex')
    const page = await startCheck()
    const { reference, answer } = await completeCheck(page)
    expect(output(answer, 'prompt')).toBeDefined()
    const proven = await answerStep(url, answer, [code(), 0])
    expect(proven.body.tokenId).toEqual(expect.any(String))
    const end = await agentWaits(url, page)
    expect(message(end)).toContain('Verified by two agents and two factors.')
    const check = await readCheck(reference)
    expect(check).toMatchObject({ ending: 'approved', verification: { methods: ['pwd', 'otp'], level: 2 } })
    const path = `${alpha}/help-desk/verifications/${reference}?_action=grant`
    const { body } = await ask(path, { method: 'POST', body: {}, as: agent })
    expect(decodeJwt(body.grant)).toMatchObject({ check: 'TwoAgents', secondAgent: noor })
  })

  test('with a wrong one-time password is not verified', async () => {
    const { reference, answer } = await completeCheck(await startCheck())
    expect((await answerStep(url, answer, ['000000', 0])).status).toBe(401)
    expect(await readCheck(reference)).toMatchObject({ result: 'UNKNOWN' })
  })
})

test('wrong passwords of a second agent count towards their lockout', async () => {
  for (let count = 0; count < 10; count++) await startCheck(['noor', 'wrong'])
  expect(await startCheck()).toMatchObject(refusal)
})
