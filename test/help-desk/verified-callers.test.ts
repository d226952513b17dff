import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defined } from '../../src/engine/defined.ts'
import {
  accessToken,
  backchannel,
  configureClient,
  get,
  signInAsAdministrator,
} from '../support/backchannel-client.ts'
import {
  agentSignsIn,
  anyoneStartsChecks,
  callerOpens,
  deskOpens,
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
  // Some of these checks are journeys of the tests.
  await anyoneStartsChecks(url)
  agent = await agentSignsIn(url)
  administrator = await signInAsAdministrator(url)
})

afterAll(() => server.stop())

// Every test may leave the caller in the pause that "this is not me" begins.
beforeEach(() => post(`help-desk/people/${alex}?_action=liftPause`, {}, administrator))

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

async function shown(reference: string, session = agent) {
  const { body } = await get(url, `help-desk/verifications/${reference}`, { session })
  return { ...body, timeline: body.timeline, verification: body.verification as Shown }
}

const opens = (what?: Record<string, string>) =>
  deskOpens(url, agent, { journey: 'VerifyWithCode', ...defined({ what }) })

const goesOn = async (id: string) => answerStep(url, await callerOpens(url, id), [0])

/** The caller reads the notice, types the code, and enters a password. */
async function callerProves(id: string, code: string, secret = password): Promise<WireAnswer> {
  const question = await answerStep(url, await goesOn(id), [code])
  return question.body.header === 'Now sign in' ? answerStep(url, question, [secret]) : question
}

const codeOf = async (reference: string) => String((await shown(reference)).verification.code)

/** One that is not the code. */
const anotherThan = (code: string) => (code.startsWith('1') ? '2' : '1') + code.slice(1)

async function verified(what?: Record<string, string>) {
  const { id, reference } = await opens(what)
  const answer = await callerProves(id, await codeOf(reference))
  expect(answer.body.tokenId).toEqual(expect.any(String))
  return { id, reference }
}

const useHere = (reference: string, session = agent) =>
  post(`help-desk/verifications/${reference}?_action=use`, {}, session)

async function grantOf(reference: string) {
  const { body } = await post(`help-desk/verifications/${reference}?_action=grant`, {}, agent)
  return String(body.grant)
}

describe('the codes', () => {
  test('the agent and the confirmed caller read the same second code, and the first one lets the caller go on', async () => {
    const { id, reference } = await opens()
    const { body } = await backchannel(url, 'confirm', { transaction: id })
    const { code, reverseCode } = (await shown(reference)).verification
    expect(code).toMatch(/^\d{6}$/)
    expect(reverseCode).toMatch(/^\w{4}$/)
    expect(body.reverseCode).toBe(reverseCode)
    expect(JSON.stringify(body)).not.toContain(code)

    const notice = await callerOpens(url, id)
    expect(String(message(notice))).toContain(`code: ${reverseCode}`)
    const answer = await callerProves(id, `${code?.slice(0, 3)} ${code?.slice(3)}`)

    expect(answer.body.tokenId).toEqual(expect.any(String))
    const after = await shown(reference)
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

  test('the third wrong one ends the check, and the right one comes too late', async () => {
    const { id, reference } = await opens()
    const code = await codeOf(reference)
    const first = await answerStep(url, await goesOn(id), [anotherThan(code)])
    expect(message(first)).toContain('2 tries are left')
    const second = await answerStep(url, first, [anotherThan(code)])
    expect(message(second)).toContain('One try is left')
    const third = await answerStep(url, second, [anotherThan(code)])
    expect(third.status).toBe(401)

    expect(await shown(reference)).toMatchObject({ result: 'DENIED', ending: 'wrongCode' })
    expect((await shown(reference)).verification).toMatchObject({ code: null, triesLeft: 0 })
    expect((await callerProves(id, code)).status).toBe(401)
  })

  test('tries are counted over all journeys of a link, and a step that is sent again spends none', async () => {
    const { id, reference } = await opens()
    const code = await codeOf(reference)
    const question = await goesOn(id)
    await answerStep(url, question, [anotherThan(code)])
    await answerStep(url, question, [anotherThan(code)])
    expect((await shown(reference)).verification.triesLeft).toBe(2)
    await answerStep(url, await goesOn(id), [anotherThan(code)])
    expect((await shown(reference)).verification.triesLeft).toBe(1)
  })

  test('of ten wrong ones at once three count', async () => {
    const { id, reference } = await opens()
    const code = await codeOf(reference)
    const questions = await Promise.all(Array.from({ length: 10 }, () => goesOn(id)))
    await Promise.all(questions.map((question) => answerStep(url, question, [anotherThan(code)])))
    const { timeline } = await shown(reference)
    const wrong = (timeline as { kind: string }[]).filter(({ kind }) => kind === 'codeWrong')
    expect(wrong).toHaveLength(3)
  })

  test('who typed it in another browser is not bound by it', async () => {
    const { id, reference } = await opens()
    const elsewhere = await answerStep(url, await goesOn(id), [await codeOf(reference)])
    expect(elsewhere.body.header).toBe('Now sign in')
    const question = await goesOn(id)
    expect(message(question)).toBeUndefined()
    expect(question.body.header).toBe('Type the code')
  })

  test('administrators who look on do not see them', async () => {
    const { reference } = await opens()
    const { verification } = await shown(reference, administrator)
    expect(verification).toMatchObject({ triesLeft: 3 })
    expect(verification).not.toHaveProperty('code')
    expect(verification).not.toHaveProperty('reverseCode')
  })

  test('where the realm wants the code, a journey that asks for none verifies nobody', async () => {
    await settings({ requiresCode: true })
    try {
      const { id, reference } = await deskOpens(url, agent)
      const answer = await answerStep(url, await callerOpens(url, id), [password])
      expect(answer).toMatchObject({ status: 401, body: { message: 'Unable to approve transaction' } })
      expect(await shown(reference)).toMatchObject({ state: 'IN_PROGRESS', result: 'UNKNOWN' })
    } finally {
      await settings({ requiresCode: false })
    }
  })
})

describe('who may be verified', () => {
  test('somebody else who signs in ends the check, and the right person comes too late', async () => {
    await checkThatRuns('AnybodyCalls', 'Login')
    const { id, reference } = await deskOpens(url, agent, { journey: 'AnybodyCalls' })
    const other = await answerStep(url, await callerOpens(url, id), ['dana', 'Dana-Pass-2026'])
    expect(other).toMatchObject({ status: 401, body: { message: 'Unable to approve transaction' } })
    const after = await shown(reference)
    expect(after).toMatchObject({ state: 'COMPLETED', result: 'DENIED', ending: 'wrongPerson' })
    expect(kindsOf(after)).toEqual(['created', 'opened', 'wrongPerson'])

    const right = await answerStep(url, await callerOpens(url, id), ['alex', password])
    expect(right).toMatchObject({ status: 401, body: { message: 'Unable to approve transaction' } })
    expect(await shown(reference)).toMatchObject({ result: 'DENIED', ending: 'wrongPerson' })
  })

  test('an agent cannot verify themself', async () => {
    const headers = { iplanetdirectorypro: agent }
    const start = await startJourney(url, 'VerifyWithCode', { query: '&ForceAuth=true', headers })
    const answer = await answerStep(url, start, ['dana@example.com'], { headers })
    expect(answer.status).toBe(401)
    expect(server.logged()).toContain('Agents cannot verify themselves.')
  })

  test('"this is not me" denies the check, and nobody of that name is asked again before the pause is over', async () => {
    const { id, reference } = await opens()
    const answer = await answerStep(url, await callerOpens(url, id), [1])
    expect(answer.status).toBe(401)
    expect(await shown(reference)).toMatchObject({ result: 'DENIED', ending: 'notMe' })

    const { body } = await get(url, 'help-desk/people?q=alex', { session: agent })
    const [person] = body.result as { pausedUntil: number }[]
    expect(person?.pausedUntil).toBeGreaterThan(Date.now())
    await expect(opens()).rejects.toThrow()

    const lifted = await post(`help-desk/people/${alex}?_action=liftPause`, {}, administrator)
    expect(lifted.body).toEqual({ isLifted: true })
    expect((await opens()).reference).toMatch(/^\w{8}$/)
  })

  test('agents cannot lift a pause', async () => {
    const refused = await post(`help-desk/people/${alex}?_action=liftPause`, {}, agent)
    expect(refused.status).toBe(403)
  })
})

describe('a result', () => {
  test('is used once, by the agent who has it', async () => {
    const { reference } = await verified()
    expect((await shown(reference)).verification.grant).toMatchObject({ state: 'ready' })
    const used = await useHere(reference)
    expect(used).toMatchObject({
      status: 200,
      body: { reference, action, ticket: 'INC-48213', amr: ['pwd'], level: 1, subject: { userName: 'alex' } },
    })
    expect((await shown(reference)).verification.grant).toMatchObject({ state: 'used', usedBy: 'Dana Desk' })
    expect(await useHere(reference)).toMatchObject({ status: 409, body: { detail: { problem: 'used' } } })
  })

  test('of ten who use it at once one wins', async () => {
    const { reference } = await verified()
    const answers = await Promise.all(Array.from({ length: 10 }, () => useHere(reference)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(409)])
  })

  test('is not there for a check that is under way, nor for one without an action', async () => {
    const { reference } = await opens()
    expect(await useHere(reference)).toMatchObject({ status: 409, body: { detail: { problem: 'none' } } })
    const bare = await verified({ ticket: 'INC-1' })
    expect(await useHere(bare.reference)).toMatchObject({
      status: 409,
      body: { detail: { problem: 'unbound' } },
    })
  })

  test('is not there where no code was typed', async () => {
    const { id, reference } = await deskOpens(url, agent)
    const answer = await answerStep(url, await callerOpens(url, id), [password])
    expect(answer.body.tokenId).toEqual(expect.any(String))
    expect(await useHere(reference)).toMatchObject({ status: 409, body: { detail: { problem: 'unbound' } } })
  })

  test('is withdrawn when the caller says afterwards that it was not them', async () => {
    const { id, reference } = await verified()
    await backchannel(url, 'reject', { transaction: id })
    expect(await useHere(reference)).toMatchObject({
      status: 409,
      body: { detail: { problem: 'withdrawn' } },
    })
  })

  test('of another agent is not there', async () => {
    const { reference } = await verified()
    expect((await useHere(reference, administrator)).status).toBe(404)
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
    const { reference } = await verified()
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
    expect(await consume(wanted, tool)).toMatchObject({ status: 200, body: { reference, action } })
    expect(await consume(wanted, tool)).toMatchObject({ status: 409, body: { detail: { problem: 'used' } } })
    expect(await useHere(reference)).toMatchObject({ status: 409, body: { detail: { problem: 'used' } } })
  })

  test('is for one action, one person and one agent', async () => {
    const { reference } = await verified()
    const grant = await grantOf(reference)
    const problemOf = async (answer: ReturnType<typeof consume>) =>
      ((await answer).body.detail as { problem: string }).problem
    expect(await problemOf(consume({ grant, action: 'Delete the account', subject: 'alex' }, tool))).toBe(
      'action',
    )
    expect(await problemOf(consume({ grant, action, subject: 'dana' }, tool))).toBe('subject')
    const other = await signIn(url, 'alex', password)
    expect(await problemOf(consume({ grant, action, subject: 'alex' }, undefined, other))).toBe('agent')
    expect((await consume({ grant, action, subject: alex }, undefined, agent)).status).toBe(200)
  })

  test.each([
    ['altered', (grant: string) => `${grant.slice(0, -4)}AAAA`],
    [
      'unsigned',
      (grant: string) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${grant.split('.')[1]}.`,
    ],
    ['no token at all', () => 'x'],
  ])('that is %s is refused', async (_case, change) => {
    const { reference } = await verified()
    const wanted = { grant: change(await grantOf(reference)), action, subject: 'alex' }
    expect(await consume(wanted, tool)).toMatchObject({
      status: 409,
      body: { detail: { problem: 'unknown' } },
    })
    expect((await useHere(reference)).status).toBe(200)
  })

  test('needs a bearer token with the scope, or a session', async () => {
    const grant = 'x'
    expect((await consume({ grant, action, subject: 'alex' })).status).toBe(401)
    await configureClient(url, administrator, 'PUT', { id: 'other-tool' })
    const other = await accessToken(url, { id: 'other-tool' })
    expect((await consume({ grant, action, subject: 'alex' }, other)).status).toBe(403)
  })

  test('names what is missing in the request', async () => {
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

/** A copy of the help desk's journey whose caller runs another one. */
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
