import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import {
  accessToken,
  backchannel,
  configureClient,
  get,
  signInAsAdministrator,
} from '../support/backchannel-client.ts'
import {
  agentSignsIn,
  callerOpens,
  deskOpens,
  letAnyoneStartChecks,
  message,
} from '../support/help-desk-play.ts'
import { clientDocument } from '../support/oauth-server.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, type WireAnswer } from '../support/wire.ts'

const alex = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
const password = 'Alex-Pass-2026'
const action = 'Unlock the account'
const realmUrl = '/json/realms/root/realms/alpha'

let server: TestServer
let url: string
let agent: string
let administrator: string

beforeAll(async () => {
  server = await startServer()
  url = server.url
  // Some of these checks run journeys that the tests create.
  await letAnyoneStartChecks(url)
  agent = await agentSignsIn(url)
  administrator = await signInAsAdministrator(url)
})

afterAll(() => server.stop())

// A test may leave the caller in the pause after "this is not me".
beforeEach(() => post(`help-desk/people/${alex}?_action=liftPause`, { reason: 'called back' }, administrator))

async function post(path: string, body: object, session?: string, bearer?: string) {
  const answer = await fetch(`${url}${realmUrl}/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...defined({ iplanetdirectorypro: session }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

type Shown = {
  code?: string | null
  reverseCode?: string | null
  triesLeft: number
  isBound: boolean
  methods: string[]
  level: number
  grant: Record<string, unknown>
}

async function readCheck(reference: string, session = agent) {
  const { body } = await get(url, `help-desk/verifications/${reference}`, { session })
  return { ...body, timeline: body.timeline, verification: body.verification as Shown }
}

const openCheck = (what?: Record<string, string>) =>
  deskOpens(url, agent, { journey: 'VerifyWithCode', ...defined({ what }) })

const confirmAndContinue = async (id: string) => answerStep(url, await callerOpens(url, id), [0])

/** The caller reads the notice, types the code and enters a password. */
async function callerProves(id: string, code: string, secret = password): Promise<WireAnswer> {
  const question = await answerStep(url, await confirmAndContinue(id), [code])
  return question.body.header === 'Now sign in' ? answerStep(url, question, [secret]) : question
}

const codeOf = async (reference: string) => String((await readCheck(reference)).verification.code)

const wrongCodeFor = (code: string) => (code.startsWith('1') ? '2' : '1') + code.slice(1)

async function completedCheck(what?: Record<string, string>) {
  const { id, reference } = await openCheck(what)
  const answer = await callerProves(id, await codeOf(reference))
  expect(answer.body.tokenId).toEqual(expect.any(String))
  return { id, reference }
}

const useResult = (reference: string, session = agent) =>
  post(`help-desk/verifications/${reference}?_action=use`, {}, session)

async function grantOf(reference: string) {
  const { body } = await post(`help-desk/verifications/${reference}?_action=grant`, {}, agent)
  return String(body.grant)
}

describe('the codes', () => {
  test('the agent and the confirmed caller see the same reverse code, and the code lets the caller continue', async () => {
    const { id, reference } = await openCheck()
    const { body } = await backchannel(url, 'confirm', { transaction: id })
    const { code, reverseCode } = (await readCheck(reference)).verification
    expect(code).toMatch(/^\d{6}$/)
    expect(reverseCode).toMatch(/^\w{4}$/)
    expect(body.reverseCode).toBe(reverseCode)
    expect(JSON.stringify(body)).not.toContain(code)

    const notice = await callerOpens(url, id)
    expect(String(message(notice))).toContain(`code: ${reverseCode}`)
    const answer = await callerProves(id, `${code?.slice(0, 3)} ${code?.slice(3)}`)

    expect(answer.body.tokenId).toEqual(expect.any(String))
    const after = await readCheck(reference)
    expect(after).toMatchObject({ state: 'COMPLETED', result: 'APPROVED', ending: 'approved' })
    expect(after.verification).toMatchObject({
      code: null,
      reverseCode: null,
      isBound: true,
      methods: ['pwd'],
      level: 1,
    })
    expect(kindsOf(after)).toEqual([
      'created',
      'confirmed',
      'opened',
      'codeMatched',
      'notification',
      'notification',
      'approved',
    ])
  })

  test('the third wrong code ends the check, and the right one comes too late', async () => {
    const { id, reference } = await openCheck()
    const code = await codeOf(reference)
    const first = await answerStep(url, await confirmAndContinue(id), [wrongCodeFor(code)])
    expect(message(first)).toContain('2 tries are left')
    const second = await answerStep(url, first, [wrongCodeFor(code)])
    expect(message(second)).toContain('One try is left')
    const third = await answerStep(url, second, [wrongCodeFor(code)])
    expect(third.status).toBe(401)

    expect(await readCheck(reference)).toMatchObject({ result: 'DENIED', ending: 'wrongCode' })
    expect((await readCheck(reference)).verification).toMatchObject({ code: null, triesLeft: 0 })
    expect((await callerProves(id, code)).status).toBe(401)
  })

  test('tries are counted over all journeys of a link, and a repeated step spends none', async () => {
    const { id, reference } = await openCheck()
    const code = await codeOf(reference)
    const question = await confirmAndContinue(id)
    await answerStep(url, question, [wrongCodeFor(code)])
    await answerStep(url, question, [wrongCodeFor(code)])
    expect((await readCheck(reference)).verification.triesLeft).toBe(2)
    await answerStep(url, await confirmAndContinue(id), [wrongCodeFor(code)])
    expect((await readCheck(reference)).verification.triesLeft).toBe(1)
  })

  test('of ten wrong codes at once three count', async () => {
    const { id, reference } = await openCheck()
    const code = await codeOf(reference)
    const questions = await Promise.all(Array.from({ length: 10 }, () => confirmAndContinue(id)))
    await Promise.all(questions.map((question) => answerStep(url, question, [wrongCodeFor(code)])))
    const { timeline } = await readCheck(reference)
    const wrong = (timeline as { kind: string }[]).filter(({ kind }) => kind === 'codeWrong')
    expect(wrong).toHaveLength(3)
  })

  test('a code typed in another browser doesn’t bind this one', async () => {
    const { id, reference } = await openCheck()
    const elsewhere = await answerStep(url, await confirmAndContinue(id), [await codeOf(reference)])
    expect(elsewhere.body.header).toBe('Now sign in')
    const question = await confirmAndContinue(id)
    expect(message(question)).toBeUndefined()
    expect(question.body.header).toBe('Type the code')
  })

  test('administrators who watch don’t see the codes', async () => {
    const { reference } = await openCheck()
    const { verification } = await readCheck(reference, administrator)
    expect(verification).toMatchObject({ triesLeft: 3 })
    expect(verification).not.toHaveProperty('code')
    expect(verification).not.toHaveProperty('reverseCode')
  })

  test('if the realm requires the code, a journey without it verifies no caller', async () => {
    await settings({ requiresCode: true })
    try {
      const { id, reference } = await deskOpens(url, agent)
      const answer = await answerStep(url, await callerOpens(url, id), [password])
      expect(answer).toMatchObject({ status: 401, body: { message: 'Unable to approve transaction' } })
      expect(await readCheck(reference)).toMatchObject({ state: 'IN_PROGRESS', result: 'UNKNOWN' })
    } finally {
      await settings({ requiresCode: false })
    }
  })
})

describe('who may be verified', () => {
  test('a different person who signs in ends the check, and the right person comes too late', async () => {
    await checkThatRuns('AnybodyCalls', 'Login')
    const { id, reference } = await deskOpens(url, agent, { journey: 'AnybodyCalls' })
    const other = await answerStep(url, await callerOpens(url, id), ['dana', 'Dana-Pass-2026'])
    expect(other).toMatchObject({ status: 401, body: { message: 'Unable to approve transaction' } })
    const after = await readCheck(reference)
    expect(after).toMatchObject({ state: 'COMPLETED', result: 'DENIED', ending: 'wrongPerson' })
    expect(kindsOf(after)).toEqual(['created', 'opened', 'wrongPerson'])

    const right = await answerStep(url, await callerOpens(url, id), ['alex', password])
    expect(right).toMatchObject({ status: 401, body: { message: 'Unable to approve transaction' } })
    expect(await readCheck(reference)).toMatchObject({ result: 'DENIED', ending: 'wrongPerson' })
  })

  test('an agent cannot verify themself', async () => {
    const headers = { iplanetdirectorypro: agent }
    const start = await startJourney(url, 'VerifyWithCode', { query: '&ForceAuth=true', headers })
    const answer = await answerStep(url, start, ['dana@example.com'], { headers })
    expect(answer.status).toBe(401)
    expect(server.logged()).toContain('Agents cannot verify themselves.')
  })

  test('"this is not me" denies the check and pauses checks of that person', async () => {
    const { id, reference } = await openCheck()
    const answer = await answerStep(url, await callerOpens(url, id), [1])
    expect(answer.status).toBe(401)
    expect(await readCheck(reference)).toMatchObject({ result: 'DENIED', ending: 'notMe' })

    const { body } = await get(url, 'help-desk/people?q=alex', { session: agent })
    const [person] = body.result as { pausedUntil: number }[]
    expect(person?.pausedUntil).toBeGreaterThan(Date.now())
    await expect(openCheck()).rejects.toThrow()

    const lifted = await post(
      `help-desk/people/${alex}?_action=liftPause`,
      { reason: 'called back' },
      administrator,
    )
    expect(lifted.body).toEqual({ isLifted: true, pausedUntil: null })
    expect((await openCheck()).reference).toMatch(/^\w{8}$/)
  })

  test('agents cannot lift a pause', async () => {
    const refused = await post(`help-desk/people/${alex}?_action=liftPause`, { reason: 'called back' }, agent)
    expect(refused.status).toBe(403)
  })
})

describe('a result', () => {
  test('is used once, by the agent of the check', async () => {
    const { reference } = await completedCheck()
    expect((await readCheck(reference)).verification.grant).toMatchObject({ state: 'ready' })
    const used = await useResult(reference)
    expect(used).toMatchObject({
      status: 200,
      body: { reference, action, ticket: 'INC-48213', amr: ['pwd'], level: 1, subject: { userName: 'alex' } },
    })
    expect((await readCheck(reference)).verification.grant).toMatchObject({
      state: 'used',
      usedBy: 'Dana Desk',
    })
    expect(await useResult(reference)).toMatchObject({ status: 409, body: { detail: { problem: 'used' } } })
  })

  test('gives the answer of its use again to the same request of the same agent', async () => {
    const { reference } = await completedCheck()
    const using = (body: object, session = agent) =>
      post(`help-desk/verifications/${reference}?_action=use`, body, session)
    const key = 'a-random-key-of-a-request'
    const used = { status: 409, body: { detail: { problem: 'used' } } }
    expect(await using({ key: 'too short' })).toMatchObject({ status: 400 })
    const first = await using({ key })
    expect(first.status).toBe(200)
    expect(await using({ key })).toEqual(first)
    expect(await using({ key: `${key}-of-another` })).toMatchObject(used)
    expect(await using({})).toMatchObject(used)
    expect((await using({ key }, administrator)).status).toBe(404)
  })

  test('ends the repetitions of its use when the caller reports "this is not me"', async () => {
    const { id, reference } = await completedCheck()
    const body = { key: 'a-random-key-of-a-request' }
    const using = () => post(`help-desk/verifications/${reference}?_action=use`, body, agent)
    expect((await using()).status).toBe(200)
    await backchannel(url, 'reject', { transaction: id })
    expect(await using()).toMatchObject({ status: 409 })
  })

  test('is used by one of ten concurrent requests', async () => {
    const { reference } = await completedCheck()
    const answers = await Promise.all(Array.from({ length: 10 }, () => useResult(reference)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(409)])
  })

  test('can’t be used while the check runs or if it has no action', async () => {
    const { reference } = await openCheck()
    expect(await useResult(reference)).toMatchObject({ status: 409, body: { detail: { problem: 'none' } } })
    const bare = await completedCheck({ ticket: 'INC-1' })
    expect(await useResult(bare.reference)).toMatchObject({
      status: 409,
      body: { detail: { problem: 'unbound' } },
    })
  })

  test('can’t be used if no code was typed', async () => {
    const { id, reference } = await deskOpens(url, agent)
    const answer = await answerStep(url, await callerOpens(url, id), [password])
    expect(answer.body.tokenId).toEqual(expect.any(String))
    expect(await useResult(reference)).toMatchObject({
      status: 409,
      body: { detail: { problem: 'unbound' } },
    })
  })

  test('is withdrawn if the caller says later that it was not them', async () => {
    const { id, reference } = await completedCheck()
    await backchannel(url, 'reject', { transaction: id })
    expect(await useResult(reference)).toMatchObject({
      status: 409,
      body: { detail: { problem: 'withdrawn' } },
    })
  })

  test('of another agent can’t be used', async () => {
    const { reference } = await completedCheck()
    expect((await useResult(reference, administrator)).status).toBe(404)
  })
})

describe('a grant', () => {
  const consume = (body: object, bearer?: string, session?: string) =>
    post('verification/grants?_action=consume', body, session, bearer)

  let tool: string
  beforeAll(async () => {
    const named = { id: 'ticket-tool' }
    await configureClient(
      url,
      administrator,
      'PUT',
      named,
      clientDocument({ scopes: ['verification_grant'], defaultScopes: [] }),
    )
    tool = await accessToken(url, { ...named, wanted: 'verification_grant' })
  })

  test('tells a tool offline what it is for, and is consumed once', async () => {
    const { reference } = await completedCheck()
    const grant = await grantOf(reference)
    expect(decodeJwt(grant)).toMatchObject({
      jti: reference,
      sub: alex,
      name: 'alex',
      action,
      ticket: 'INC-48213',
      amr: ['pwd'],
      level: 1,
    })
    const wanted = { grant, action, subject: 'alex' }
    const key = 'a-random-key-of-a-tool'
    const consumed = await consume({ ...wanted, key }, tool)
    expect(consumed).toMatchObject({ status: 200, body: { reference, action } })
    expect(await consume({ ...wanted, key }, tool)).toEqual(consumed)
    expect(await consume({ ...wanted, key }, undefined, agent)).toMatchObject({ status: 409 })
    expect(await consume(wanted, tool)).toMatchObject({ status: 409, body: { detail: { problem: 'used' } } })
    expect(await useResult(reference)).toMatchObject({ status: 409, body: { detail: { problem: 'used' } } })
  })

  test('is for one action, one person and one agent', async () => {
    const { reference } = await completedCheck()
    const grant = await grantOf(reference)
    const problemOf = async (answer: ReturnType<typeof consume>) =>
      ((await answer).body.detail as { problem: string }).problem
    expect(await problemOf(consume({ grant, action: 'Delete the account', subject: 'alex' }, tool))).toBe(
      'action',
    )
    expect(await problemOf(consume({ grant, action, subject: 'dana' }, tool))).toBe('subject')
    const person = await signIn(url, 'alex', password)
    expect((await consume({ grant, action, subject: 'alex' }, undefined, person)).status).toBe(403)
    const other = await signIn(url, 'noor', 'Noor-Pass-2026')
    expect(await problemOf(consume({ grant, action, subject: 'alex' }, undefined, other))).toBe('agent')
    expect((await consume({ grant, action, subject: alex }, undefined, agent)).status).toBe(200)
  })

  test.each([
    ['altered', (grant: string) => `${grant.slice(0, -4)}AAAA`],
    [
      'unsigned',
      (grant: string) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${grant.split('.')[1]}.`,
    ],
    ['not a token', () => 'x'],
  ])('that is %s is rejected', async (_case, change) => {
    const { reference } = await completedCheck()
    const wanted = { grant: change(await grantOf(reference)), action, subject: 'alex' }
    expect(await consume(wanted, tool)).toMatchObject({
      status: 409,
      body: { detail: { problem: 'unknown' } },
    })
    expect((await useResult(reference)).status).toBe(200)
  })

  test('needs a bearer token with the scope, or a session', async () => {
    const grant = 'x'
    expect((await consume({ grant, action, subject: 'alex' })).status).toBe(401)
    await configureClient(url, administrator, 'PUT', { id: 'other-tool' })
    const other = await accessToken(url, { id: 'other-tool' })
    expect((await consume({ grant, action, subject: 'alex' }, other)).status).toBe(403)
  })

  test('that lacks a member gets an error with its name', async () => {
    const answer = await consume({ grant: 'x', action }, tool)
    expect(answer).toMatchObject({ status: 400, body: { reason: 'Bad Request' } })
    expect(String(answer.body.message)).toContain('subject')
  })
})

function kindsOf({ timeline }: Record<string, unknown>): string[] {
  return (timeline as { kind: string }[]).map(({ kind }) => kind)
}

async function settings(change: object): Promise<void> {
  const answer = await fetch(`${url}${realmUrl}/realm-config/help-desk`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: administrator },
    body: JSON.stringify(change),
  })
  expect(answer.status).toBe(200)
}

/** A copy of the help desk's journey whose caller runs another journey. */
async function checkThatRuns(name: string, journey: string): Promise<void> {
  const copied = await post('journeys/HelpDesk?_action=duplicate', { name }, administrator)
  const nodes = copied.body.nodes as Record<string, { _type: { _id: string }; tree?: string }>
  for (const node of Object.values(nodes)) {
    if (node._type._id === 'BackChannelInitNode') node.tree = journey
  }
  const saved = await fetch(`${url}${realmUrl}/journeys/${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: administrator, 'if-match': '*' },
    body: JSON.stringify(copied.body),
  })
  expect(saved.status).toBe(200)
}
