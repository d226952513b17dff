import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backchannel, turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, agentWaits, callerOpens, linkOf, message } from '../support/help-desk-play.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, type WireAnswer } from '../support/wire.ts'

const alex = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
const people = '/openidm/managed/alpha_user'
const checks = '/realms/root/realms/alpha/help-desk/verifications'

/** The choices of the ladder, by their position on the page. */
const rungs = { password: 2, number: 4, manager: 5, nothing: 6 }

let server: TestServer
let url: string
let ask: Ask
let agent: string

beforeAll(async () => {
  server = await startServer()
  url = server.url
  agent = await agentSignsIn(url)
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
  // `lost-factors.test.ts` plays actions that need two factors.
  await settings({ mailQuietHours: 0, strongActions: [] })
})
afterAll(() => server.stop())

async function settings(body: object) {
  const path = '/realms/root/realms/alpha/realm-config/help-desk'
  expect((await ask(path, { method: 'PUT', body })).status).toBe(200)
}

const answers = (page: WireAnswer, ...values: unknown[]) =>
  answerStep(url, page, values, { headers: { iplanetdirectorypro: agent } })

/** The agent enters who calls. @returns the page that asks what the caller can still use. */
async function startCheck(mail = 'alex@example.com') {
  const what = new URLSearchParams({ action: 'Reset the password', reason: 'New phone', ticket: 'INC-48213' })
  const headers = { iplanetdirectorypro: agent }
  const start = await startJourney(url, 'FallbackLadder', { query: `&ForceAuth=true&${what}`, headers })
  return answers(start, mail)
}

/** The check as its agent sees it. */
async function checkOf(page: WireAnswer) {
  const { reference, id } = await linkOf(url, page)
  return { reference, id, check: async () => (await ask(`${checks}/${reference}`, { as: agent })).body }
}

async function signInWithCode(id: string, code: string, password: string) {
  const typed = await answerStep(url, await answerStep(url, await callerOpens(url, id), [0]), [code])
  return answerStep(url, typed, [password])
}

/** The person types the code and signs in; the agent's journey ends in success. */
async function completeCheck(page: WireAnswer, password: string) {
  const { id, check } = await checkOf(page)
  const proven = await signInWithCode(id, (await check()).verification.code, password)
  expect(proven.body.tokenId).toEqual(expect.any(String))
  const end = await agentWaits(url, page)
  expect(message(end)).toBe('Verified. Do what “Request” says and nothing else.')
  expect((await answers(end)).status).toBe(200)
  return check()
}

const patchPerson = async (id: string, changes: Record<string, unknown>) => {
  const operations = Object.entries(changes).map(([field, value]) =>
    value === null ? { operation: 'remove', field } : { operation: 'replace', field, value },
  )
  const { status } = await ask(`${people}/${id}`, { method: 'PATCH', body: operations })
  expect(status).toBe(200)
}

/** Runs `act` while Alex has other attributes. */
async function whileAlexIs(changes: Record<string, unknown>, act: () => Promise<void>) {
  const { body } = await ask(`${people}/${alex}`)
  await patchPerson(alex, changes)
  try {
    await act()
  } finally {
    const before = Object.keys(changes).map((name) => [name, body[name] ?? null])
    await patchPerson(alex, Object.fromEntries(before))
  }
}

async function expectRefusal(page: WireAnswer) {
  expect(message(page)).toContain('Nobody is verified. Don’t act on the request. Ask')
  const end = await answers(page)
  expect(end).toMatchObject({
    status: 401,
    body: { message: 'Nobody is verified. Don’t act on the request.' },
  })
}

describe('a password', () => {
  test('verifies the person who types the code and signs in', async () => {
    const question = await startCheck()
    expect(question.body.header).toBe('What can they still use?')
    const check = await completeCheck(await answers(question, rungs.password), 'Alex-Pass-2026')
    expect(check).toMatchObject({
      subject: 'Alex Caller',
      action: 'Reset the password',
      reason: 'New phone',
      ticket: 'INC-48213',
      check: 'FallbackLadder',
      ending: 'approved',
    })
  })

  test('ends with "this is not me": the caller is not verified, and another check can’t start at once', async () => {
    const page = await answers(await startCheck(), rungs.password)
    const { id, check } = await checkOf(page)
    await answerStep(url, await callerOpens(url, id), [1])
    expect((await agentWaits(url, page)).status).toBe(401)
    expect(await check()).toMatchObject({ ending: 'notMe' })
    const again = await answers(await startCheck(), rungs.number)
    const paused = await answers(again, 1)
    expect(paused.status).toBe(401)
    expect(paused.body.message).toContain('The check did not start, and nobody is verified.')
    await turnOffPause(url)
  })
})

describe('the number on file', () => {
  test('is masked, the agent calls it, and the history records that', async () => {
    const page = await answers(await startCheck(), rungs.number)
    expect(page.body.header).toBe('Call the number on file')
    expect(message(page)).toContain('the number on file, •••• 00, in your own directory')
    expect(JSON.stringify(page.body)).not.toContain('5550100')
    const check = await completeCheck(await answers(page, 1), 'Alex-Pass-2026')
    expect(check).toMatchObject({
      subject: 'Alex Caller',
      reason: 'Called back on the number on file. New phone',
      ending: 'approved',
    })
  })

  test('leads back to the question if the call is not answered', async () => {
    const page = await answers(await startCheck(), rungs.number)
    const back = await answers(page, 0)
    expect(back.body.header).toBe('What can they still use?')
    await expectRefusal(await answers(back, rungs.nothing))
  })

  test.each([null, '12345'])('is missing if it is %s', (telephoneNumber) =>
    whileAlexIs({ telephoneNumber }, async () => {
      const page = await answers(await startCheck(), rungs.number)
      expect(message(page)).toContain('There is no number on file')
      expect((await answers(page)).body.header).toBe('What can they still use?')
    }),
  )
})

describe('a number or manager that was changed recently', () => {
  beforeAll(() => settings({ mailQuietHours: 24 }))
  afterAll(() => settings({ mailQuietHours: 0 }))

  test('is not offered as the one on file, even if it was changed back', async () => {
    await whileAlexIs({ telephoneNumber: '+44 20 7946 0999' }, async () => {
      expect(message(await answers(await startCheck(), rungs.number))).toContain('it was changed recently')
    })
    expect(message(await answers(await startCheck(), rungs.number))).toContain('it was changed recently')
    await whileAlexIs({ manager: 'noor' }, async () =>
      expectRefusal(await answers(await startCheck(), rungs.manager)),
    )
  })
})

describe('the manager', () => {
  test('is asked instead of the caller, and vouches for them', async () => {
    const page = await answers(await startCheck(), rungs.manager)
    const { id } = await checkOf(page)
    const notice = await callerOpens(url, id)
    expect(message(notice)).toContain('They’re asking for: Reset the password.')
    const check = await completeCheck(page, 'Mira-Pass-2026')
    expect(check).toMatchObject({
      subject: 'Mira Marlow',
      action: 'Reset the password',
      vouchFor: 'Alex Caller',
      ending: 'approved',
    })
  })

  test('is asked whether they vouch, and sees the reverse code after a yes', async () => {
    const { id, check } = await checkOf(await answers(await startCheck(), rungs.manager))
    expect((await backchannel(url, 'describe', { transaction: id })).body).toMatchObject({
      question: 'vouch',
      vouchFor: 'Alex Caller',
      reverseCode: null,
    })
    expect((await check()).verification.reverseCode).toBeNull()
    const { body } = await backchannel(url, 'confirm', { transaction: id })
    expect(body.reverseCode).toMatch(/^\w{4}$/)
    expect((await check()).verification.reverseCode).toBe(body.reverseCode)
  })

  test.each(['notVouched', 'notMe', 'calledMe'])(
    'who doesn’t vouch (%s) ends the check and can be asked again at once',
    async (reason) => {
      const { id, check } = await checkOf(await answers(await startCheck(), rungs.manager))
      const rejected = await backchannel(url, 'reject', { transaction: id, reason })
      expect(rejected.body).toMatchObject({ result: 'DENIED', ending: 'notVouched', isLate: false })
      expect(await check()).toMatchObject({
        ending: 'notVouched',
        verification: { grant: { state: 'none' } },
      })
      await checkOf(await answers(await startCheck(), rungs.manager))
    },
  )

  test('who refuses on the page of a client doesn’t vouch', async () => {
    const page = await answers(await startCheck(), rungs.manager)
    const { id, check } = await checkOf(page)
    await answerStep(url, await callerOpens(url, id), [1])
    expect(await check()).toMatchObject({ ending: 'notVouched' })
  })

  test('who withdraws the vouch withdraws the result and can be asked again at once', async () => {
    const page = await answers(await startCheck(), rungs.manager)
    const { id } = await checkOf(page)
    const { reference } = await completeCheck(page, 'Mira-Pass-2026')
    await backchannel(url, 'reject', { transaction: id, reason: 'notVouched' })
    const found = await ask(`${checks}?ending=notVouched&text=${reference}`, { as: agent })
    expect(found.body.resultCount).toBe(1)
    const { body } = await ask(`${checks}/${reference}`, { as: agent })
    expect(body.verification.grant).toEqual({ state: 'withdrawn' })
    await checkOf(await answers(await startCheck(), rungs.manager))
  })

  test('signs in as themself, and the caller can’t do it for them', async () => {
    const page = await answers(await startCheck(), rungs.manager)
    const { id, check } = await checkOf(page)
    const { code } = (await check()).verification
    const question = await answerStep(url, await answerStep(url, await callerOpens(url, id), [0]), [code])
    expect(message(question)).toBe('mira')
    expect((await answerStep(url, question, ['Alex-Pass-2026'])).status).toBe(401)
    expect(await check()).toMatchObject({ result: 'UNKNOWN' })
  })

  test('can be stored by id or as the vendor’s relationship', async () => {
    const mira = '5d2b7c1e-6a0f-4f0c-9d43-8e1f0c6b2a71'
    const related = { _ref: `managed/alpha_user/${mira}`, _refResourceId: mira }
    for (const manager of [mira, related]) {
      await whileAlexIs({ manager }, async () => {
        const { check } = await checkOf(await answers(await startCheck(), rungs.manager))
        expect(await check()).toMatchObject({ subject: 'Mira Marlow' })
      })
    }
  })

  test.each([
    ['is not on file', null],
    ['is unknown', 'nobody'],
    ['may not sign in', 'kim'],
    ['is the caller', 'alex'],
  ])('who %s leads to a refusal', (_case, manager) =>
    whileAlexIs({ manager }, async () => expectRefusal(await answers(await startCheck(), rungs.manager))),
  )

  test('who is the agent is not asked: agents can’t verify themselves', () =>
    whileAlexIs({ manager: 'dana' }, async () => {
      const end = await answers(await startCheck(), rungs.manager)
      expect(end.status).toBe(401)
      expect(end.body.message).toContain('You can’t verify yourself')
    }))
})

test('a caller without any method left is refused', async () => {
  await expectRefusal(await answers(await startCheck(), rungs.nothing))
})

test('an unknown caller is not asked what they can still use', async () => {
  expect(await startCheck('nobody@example.com')).toMatchObject({
    status: 401,
    body: { message: 'Login failure' },
  })
})

describe('a privileged account', () => {
  const away = { status: 401, body: { message: 'This account needs two agents: choose “Two agents”.' } }

  test('is refused if it has a role', async () => {
    expect(await startCheck('noor@example.com')).toMatchObject(away)
  })

  test.each(['privileged', ['Staff', 'Privileged']])('is refused if its employeeType is %j', (employeeType) =>
    whileAlexIs({ employeeType }, async () => expect(await startCheck()).toMatchObject(away)),
  )

  test('is not refused for another employeeType', () =>
    whileAlexIs({ employeeType: ['Staff'] }, async () =>
      expect((await startCheck()).body.header).toBe('What can they still use?'),
    ))
})
