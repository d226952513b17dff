import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSession } from '../../src/sessions/sessions.ts'
import type { Stores } from '../../src/store/stores.ts'
import { agentSignsIn, agentWaits, callerOpens, linkOf, message } from '../support/help-desk-play.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { registerApp, saveRegistration } from '../support/registered-app.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { requestOf } from '../support/second-agent.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, output, signIn, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const people = '/openidm/managed/alpha_user'
const noor = 'c0e4a5f2-3b71-4f5e-8a6d-2f9b7d104c38'
const ids = {
  noor,
  mira: '5d2b7c1e-6a0f-4f0c-9d43-8e1f0c6b2a71',
  lena: '7f9d30c6-58b4-4a0e-9c1d-6e2a8b4f7d15',
}
const approvals = `${alpha}/help-desk/approvals`

let server: TestServer
let url: string
let ask: Ask
let agent: string
let second: string
/** A session of the second agent, eleven minutes old. */
let stale: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    stale = await savedSession(stores)
    await saveRegistration(stores)
  })
  url = server.url
  agent = await agentSignsIn(url)
  second = await signIn(url, 'noor', 'Noor-Pass-2026')
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server.stop())

async function savedSession(stores: Stores): Promise<string> {
  const { session, token } = newSession(
    {
      realm: '/alpha',
      identity: { id: noor, userName: 'noor' },
      journey: 'Login',
      authLevel: 0,
      properties: { amr: 'pwd' },
      maxIdleMinutes: 30,
      maxSessionMinutes: 120,
    },
    Date.now() - 11 * 60_000,
  )
  await stores.sessions.create({ ...session, lastUsedAt: Date.now() })
  return token
}

const setRoles = (person: keyof typeof ids, roles: string[]) =>
  ask(`${people}/${ids[person]}?_action=setRoles`, { method: 'POST', body: { roles } })

/** The first agent enters who calls, and the journey waits for a second agent. */
async function asks({ session = agent, mail = 'alex@example.com', query = {}, journey = 'TwoAgents' } = {}) {
  const what = { action: 'Reset the password', reason: 'New phone', ticket: 'INC-2', ...query }
  const search = `&ForceAuth=true&${new URLSearchParams(what)}`
  const headers = { iplanetdirectorypro: session }
  return answerStep(url, await startJourney(url, journey, { query: search, headers }), [mail], { headers })
}

/** The first agent's page polls. @param pressed 0 stops waiting. */
const polls = (page: WireAnswer, pressed = 100) =>
  answerStep(url, page, [pressed], { headers: { iplanetdirectorypro: agent } })

const answers = (id: string, action: 'approve' | 'decline', as: string, body = {}) =>
  ask(`${approvals}/${id}?_action=${action}`, { method: 'POST', body, as })

const listed = async (as: string) => (await ask(approvals, { as })).body.result

/** The second agent approves, and the check is opened. */
async function startCheck(options: Parameters<typeof asks>[0] = {}) {
  const page = await asks(options)
  expect((await answers(requestOf(page), 'approve', second)).status).toBe(200)
  return polls(page)
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

const notApproved = 'No second agent approved this check, and nobody is verified.'

const eventsOf = async (ticket: string) => audited(ask, `ticket=${ticket}`)

describe('the second agent', () => {
  test('is named to the caller, in the history and in the audit book', async () => {
    const { id, reference } = await linkOf(url, await startCheck())
    expect(message(await callerOpens(url, id))).toContain(
      'Reason: New phone\nTicket: INC-2\nSecond agent: Noor Night\n',
    )
    expect(await readCheck(reference)).toMatchObject({
      subject: 'Alex Caller',
      agent: 'Dana Desk',
      action: 'Reset the password',
      reason: 'New phone',
      secondAgent: 'Noor Night',
      check: 'TwoAgents',
    })
    const entries = await eventsOf('INC-2')
    const named = (name: string) => entries.find((entry: { eventName: string }) => entry.eventName === name)
    const opened = named('AM-BACK-CHANNEL-INITIALIZE')
    expect(opened).toMatchObject({ who: { name: 'dana' }, whom: { name: 'alex' } })
    expect(named('SIDEGATE-VERIFICATION-SECONDED')).toMatchObject({
      who: { name: 'noor' },
      whom: { name: 'alex' },
      trackingIds: opened.trackingIds,
    })
    expect(named('SIDEGATE-APPROVAL-REQUESTED')).toMatchObject({
      who: { name: 'dana' },
      whom: { name: 'alex' },
    })
    expect(named('SIDEGATE-APPROVAL-GIVEN')).toMatchObject({ who: { name: 'noor' }, whom: { name: 'alex' } })
  })

  test('sees who asks, for whom, what for, and only what agents may see', async () => {
    const page = await asks()
    const [request] = await listed(second)
    expect(request).toMatchObject({
      _id: requestOf(page),
      requestedBy: { displayName: 'Dana Desk' },
      isOwn: false,
      mayAnswer: true,
      subjectName: 'Alex Caller',
      subject: { userName: 'alex', mail: 'alex@example.com' },
      action: 'Reset the password',
      reason: 'New phone',
      ticket: 'INC-2',
      vouchFor: null,
      checkTitle: 'Two agents',
      state: 'waiting',
      answeredBy: null,
    })
    expect(JSON.stringify(request)).not.toContain('roles')
    expect((await listed(agent))[0]).toMatchObject({ _id: request._id, isOwn: true, mayAnswer: false })
    await polls(page, 0)
  })

  test('declines with a reason, and the first can ask again', async () => {
    const page = await asks()
    const declined = await answers(requestOf(page), 'decline', second, { reason: 'Call\nthem back' })
    expect(declined.body).toMatchObject({
      ...{ state: 'declined', declineReason: 'Call them back' },
      ...{ subject: null, subjectName: 'Alex Caller' },
    })
    expect((await listed(second))[0]).toMatchObject({ _id: requestOf(page), state: 'declined' })
    const [own] = await listed(agent)
    expect(own).toMatchObject({ state: 'declined', answeredBy: { displayName: 'Noor Night' } })
    const question = await polls(page)
    expect(message(question)).toBe('No second agent approved this check.')
    const again = await polls(question, 0)
    expect(requestOf(again)).not.toBe(requestOf(page))
    await answers(requestOf(again), 'approve', second)
    await linkOf(url, await polls(again))
  })

  test('is not needed once the first gives up', async () => {
    const page = await asks()
    const end = await polls(page, 0)
    expect(end).toMatchObject({ status: 401, body: { message: notApproved } })
    const late = await answers(requestOf(page), 'approve', second)
    expect(late).toMatchObject({ status: 409, body: { detail: { problem: 'cancelled' } } })
    const declined = await asks()
    await answers(requestOf(declined), 'decline', second)
    expect(await polls(await polls(declined), 1)).toMatchObject({
      status: 401,
      body: { message: notApproved },
    })
  })

  test('answers once: the second answer learns who was faster', async () => {
    const id = requestOf(await asks())
    const both = await Promise.all([answers(id, 'approve', second), answers(id, 'approve', second)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await answers(id, 'decline', second)).body).toMatchObject({
      code: 409,
      message: 'Noor Night has approved this request already.',
      detail: { problem: 'approved', answeredBy: 'Noor Night' },
    })
  })

  test('is neither the first agent nor the caller', async () => {
    const own = await answers(requestOf(await asks()), 'approve', await agentSignsIn(url))
    expect(own).toMatchObject({ status: 403, body: { detail: { problem: 'ownRequest' } } })
    const [refused] = await audited(ask, 'event=SIDEGATE-APPROVAL-REFUSED')
    expect(refused).toMatchObject({ who: { name: 'dana' }, result: 'FAILED' })
    await setRoles('mira', ['agent'])
    const page = await asks({ mail: 'noor@example.com' })
    const about = await answers(requestOf(page), 'approve', second)
    expect(about).toMatchObject({ status: 403, body: { detail: { problem: 'isCaller' } } })
    expect((await listed(second)).map((row: { _id: string }) => row._id)).not.toContain(requestOf(page))
    await setRoles('mira', [])
  })

  test('is an agent of this realm: nobody else answers, and nobody else can be asked', async () => {
    const id = requestOf(await asks())
    for (const as of ['', await signIn(url, 'mira', 'Mira-Pass-2026')]) {
      expect([401, 403]).toContain((await answers(id, 'approve', as)).status)
    }
    const root = await signIn(url, 'amadmin', adminPassword, '/')
    expect((await answers(id, 'approve', root)).body.detail).toEqual({ problem: 'notAgent' })
    expect((await answers('unknown', 'approve', second)).status).toBe(404)
    await setRoles('lena', [])
    const alone = await asks({ mail: 'noor@example.com' })
    expect(alone.status).toBe(401)
    expect(alone.body.detail).toMatchObject({ problem: 'noSecondAgent' })
    await setRoles('lena', ['agent-lead'])
  })

  test('has to sign in again to approve with an old session, but not to decline', async () => {
    const id = requestOf(await asks())
    const refused = await answers(id, 'approve', stale)
    expect(refused).toMatchObject({ status: 403, body: { detail: { freshSignIn: { maxAgeSeconds: 600 } } } })
    expect((await answers(id, 'decline', stale)).status).toBe(200)
  })

  test('whose role was removed after the approval does not count', async () => {
    await setRoles('mira', ['auditor'])
    const page = await asks({ mail: 'mira@example.com' })
    await answers(requestOf(page), 'approve', second)
    await setRoles('noor', [])
    const end = await polls(page)
    expect(message(end)).toBe('No second agent approved this check.')
    await setRoles('noor', ['agent'])
    await setRoles('mira', [])
  })

  test.each([
    [
      'a reason that is too long',
      { reason: 'x'.repeat(201) },
      'reason: must be a text of at most 200 characters',
    ],
    ['a reason that is no text', { reason: 7 }, 'reason: must be a text of at most 200 characters'],
  ])('gets a clear error for %s', async (_which, body, text) => {
    const page = await asks()
    expect(await answers(requestOf(page), 'decline', second, body)).toMatchObject({
      status: 400,
      body: { message: text },
    })
    await polls(page, 0)
  })

  test('is not asked about a check that can’t be opened', async () => {
    const before = (await listed(agent)).length
    const own = await asks({ mail: 'dana@example.com' })
    expect(own).toMatchObject({ status: 401, body: { detail: { problem: 'self' } } })
    const invented = await asks({ query: { action: 'Pay a bonus' } })
    expect(invented).toMatchObject({ status: 401, body: { detail: { problem: 'unknownAction' } } })
    expect((await listed(agent)).length).toBe(before)
  })

  test('doesn’t replace the first: an agent must be signed in', async () => {
    for (const [session, status] of [
      ['', 401],
      [await signIn(url, 'mira', 'Mira-Pass-2026'), 403],
    ] as const) {
      const headers = session === '' ? {} : { iplanetdirectorypro: session }
      expect((await startJourney(url, 'TwoAgents', { headers })).status).toBe(status)
    }
  })
})

describe('a waiting page', () => {
  test('is polled without saving anything', async () => {
    const page = await asks()
    const again = await polls(page)
    expect(stepOf(again).authId).toBe(stepOf(page).authId)
    await polls(page, 0)
  })
})

describe('the caller', () => {
  test('without a second factor is not verified', async () => {
    const page = await startCheck()
    const { reference, answer } = await completeCheck(page)
    expect(answer.status).toBe(401)
    expect(answer.body.message).toContain('This account needs a second factor')
    expect(await readCheck(reference)).toMatchObject({ result: 'DENIED', ending: 'denied' })
  })

  test('with two factors is verified', async () => {
    const code = await registerApp(url, 'alex')
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
