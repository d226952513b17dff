import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import {
  backchannel,
  get,
  newBackchannelToken,
  openTransaction,
  signInAsAdministrator,
} from '../support/backchannel-client.ts'
import { FeedReader, kindOf } from '../support/feed-reader.ts'
import { agentSignsIn, agentWaits, callerOpens, deskOpens } from '../support/help-desk-play.ts'
import { logLines } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep } from '../support/wire.ts'

const alex = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
const password = 'Alex-Pass-2026'

let server: TestServer
let url: string
let token: string
let agent: string
let ask: Ask

beforeAll(async () => {
  server = await startServer()
  url = server.url
  token = await newBackchannelToken(url)
  agent = await agentSignsIn(url)
  ask = asking(url, await signInAsAdministrator(url))
})

afterAll(() => server.stop())

const liftPause = () =>
  ask(`/realms/root/realms/alpha/help-desk/people/${alex}?_action=liftPause`, {
    method: 'POST',
    body: { reason: 'called back' },
  })

beforeEach(async () => {
  await liftPause()
})

const openCheck = () => deskOpens(url, agent, { journey: 'VerifyWithCode' })
const describeCheck = (transaction: string) => backchannel(url, 'describe', { transaction })
const confirm = (transaction: string) => backchannel(url, 'confirm', { transaction })
const see = (transaction: string) => backchannel(url, 'seen', { transaction })
const reject = (transaction: string, reason?: string) =>
  backchannel(url, 'reject', { transaction, ...defined({ reason }) })

type Check = { ending: string; timeline: { kind: string }[]; verification: { reverseCode: string | null } }

async function readCheck(reference: string): Promise<Check> {
  const { body } = await get(url, `help-desk/verifications/${reference}`, { session: agent })
  return body as Check
}

const reverseCodeAtDesk = async (reference: string) => (await readCheck(reference)).verification.reverseCode

const watch = (reference: string) =>
  FeedReader.open(url, { reference, headers: { iplanetdirectorypro: agent } })

const logged = (name: string, reference: string) =>
  logLines(server).filter(
    ({ eventName, what }) => eventName === name && (what as { id?: string } | undefined)?.id === reference,
  )

describe('the reverse code', () => {
  test('is not shown before the caller says that they called', async () => {
    const { id, page, reference } = await openCheck()
    expect((await describeCheck(id)).body).toMatchObject({ question: 'whoCalled', reverseCode: null })
    expect(await reverseCodeAtDesk(reference)).toBeNull()
    const headers = { 'x-sidegate-authid': String(page.body.authId) }
    for (const feed of [await watch(reference), await FeedReader.open(url, { headers })]) {
      expect((await feed.first(1))[0]?.data).toMatchObject({
        code: expect.stringMatching(/^\d{6}$/),
        reverseCode: null,
      })
      await feed.leave()
    }
  })

  test('appears on the page and at the desk with the answer "I called", which is recorded once', async () => {
    const { id, reference } = await openCheck()
    const feed = await watch(reference)
    await feed.first(1)
    const confirmed = await confirm(id)
    expect(confirmed).toMatchObject({
      status: 200,
      body: {
        state: 'CREATED',
        isConfirmed: true,
        reverseCode: expect.stringMatching(/^\w{4}$/),
      },
    })
    const { reverseCode } = confirmed.body
    expect((await feed.first(2))[1]).toMatchObject({
      event: 'confirmed',
      data: { kind: 'confirmed', sequence: 1, reverseCode },
    })
    await feed.leave()
    expect(await reverseCodeAtDesk(reference)).toBe(reverseCode)
    expect((await describeCheck(id)).body).toMatchObject({ reverseCode })

    expect((await confirm(id)).body).toEqual(confirmed.body)
    const { timeline } = await readCheck(reference)
    expect(timeline.map(({ kind }) => kind)).toEqual(['created', 'confirmed'])
    expect(logged('SIDEGATE-VERIFICATION-CONFIRMED', reference)).toHaveLength(1)
    // Timelines don't contain the code: only the people who read it out see it.
    expect(JSON.stringify(timeline)).not.toContain(reverseCode)
  })

  test('appears at the desk when a client starts the journey without our page', async () => {
    const { id, reference } = await openCheck()
    const feed = await watch(reference)
    await feed.first(1)
    const notice = await callerOpens(url, id)
    const opened = (await feed.first(2))[1]
    await feed.leave()
    const reverseCode = await reverseCodeAtDesk(reference)
    expect(opened).toMatchObject({ event: 'state', data: { kind: 'opened', reverseCode } })
    expect(JSON.stringify(notice.body)).toContain(`code: ${reverseCode}`)
  })

  test('is only for the agent: an administrator sees the events without it', async () => {
    const { id, reference } = await openCheck()
    const headers = { iplanetdirectorypro: await signInAsAdministrator(url) }
    const feed = await FeedReader.open(url, { reference, headers })
    await confirm(id)
    const events = (await feed.first(2)).map(({ data }) => data)
    await feed.leave()
    expect(events.map((data) => 'reverseCode' in data)).toEqual([false, false])
  })
})

describe('the page of a link', () => {
  test('is reported to the agent once, and releases nothing', async () => {
    const { id, reference } = await openCheck()
    const feed = await watch(reference)
    await feed.first(1)
    const before = (await describeCheck(id)).body
    expect(await see(id)).toMatchObject({ status: 200, body: { isRecorded: true } })
    expect((await feed.first(2))[1]).toMatchObject({ event: 'viewed', data: { kind: 'viewed', sequence: 1 } })
    await feed.leave()
    expect((await see(id)).body).toEqual({ isRecorded: false })
    expect((await describeCheck(id)).body).toEqual(before)
    expect(await reverseCodeAtDesk(reference)).toBeNull()
    expect((await readCheck(reference)).timeline.map(({ kind }) => kind)).toEqual(['created', 'viewed'])
  })

  test('is not reported by reading the description, or after the caller went on', async () => {
    const { id, reference } = await openCheck()
    await describeCheck(id)
    await confirm(id)
    expect((await see(id)).body).toEqual({ isRecorded: false })
    expect((await readCheck(reference)).timeline.map(({ kind }) => kind)).toEqual(['created', 'confirmed'])
  })

  test('is not reported for transactions that are no checks, and unknown links look like ended ones', async () => {
    expect((await see(await openTransaction(url, token))).body).toEqual({ isRecorded: false })
    const { id } = await openCheck()
    const unknown = await see('unknown')
    expect(unknown.status).toBe(404)
    expect(unknown.body).toEqual((await backchannel(url, 'confirm', { transaction: 'unknown' })).body)
    await reject(id)
    expect((await see(id)).body).toEqual({ isRecorded: false })
  })
})

describe('"I called"', () => {
  test('changes nothing in a transaction that isn’t a check and asks nothing', async () => {
    const id = await openTransaction(url, token)
    expect((await confirm(id)).body).toMatchObject({ question: null, isConfirmed: false, reverseCode: null })
  })

  test('comes too late for a check that has a result', async () => {
    const { id, reference } = await openCheck()
    await reject(id)
    expect((await confirm(id)).body).toMatchObject({ state: 'COMPLETED', isConfirmed: false })
    expect((await readCheck(reference)).timeline.map(({ kind }) => kind)).toEqual(['created', 'notMe'])
  })
})

describe('the rejection calledMe', () => {
  test('ends the check as an attack, for both sides', async () => {
    const { id, page, reference } = await openCheck()
    const feed = await watch(reference)
    await feed.first(1)
    expect(await reject(id, 'calledMe')).toMatchObject({
      status: 200,
      body: { state: 'COMPLETED', result: 'DENIED', ending: 'calledMe', isLate: false },
    })
    const events = await feed.all()
    expect(events.map(kindOf)).toEqual(['snapshot', 'calledMe'])
    expect(events[1]?.data).toMatchObject({ state: 'COMPLETED', result: 'DENIED' })
    expect((await agentWaits(url, page)).status).toBe(401)
    expect((await describeCheck(id)).body).toMatchObject({
      ending: 'calledMe',
      rejectedAt: expect.any(Number),
    })
    expect(await readCheck(reference)).toMatchObject({
      ending: 'calledMe',
      verification: { reverseCode: null, grant: { state: 'none' } },
    })
  })

  test('raises an alarm in log and audit book, and pauses checks of the person', async () => {
    const { id, reference } = await openCheck()
    await reject(id, 'calledMe')
    await reject(id, 'calledMe')
    const alarms = logged('SIDEGATE-VERIFICATION-ATTACKED', reference)
    expect(alarms).toMatchObject([{ level: 40, whom: { id: alex }, what: { action: 'calledMe' } }])
    expect(JSON.stringify(alarms)).not.toContain(id)
    await expect(openCheck()).rejects.toThrow()
  })

  test('is found by its own ending and by no other', async () => {
    const { id, reference } = await openCheck()
    await reject(id, 'calledMe')
    const found = async (ending: string) => {
      const { body } = await get(url, `help-desk/verifications?ending=${ending}`, { session: agent })
      return (body.result as { reference: string }[]).map((row) => row.reference)
    }
    expect(await found('calledMe')).toContain(reference)
    expect(await found('notMe,denied')).not.toContain(reference)
  })

  test('also counts on the page of a client and after the result', async () => {
    const first = await openCheck()
    await answerStep(url, await callerOpens(url, first.id), [2])
    expect(await readCheck(first.reference)).toMatchObject({ ending: 'calledMe' })
    await liftPause()

    const { id, reference } = await deskOpens(url, agent)
    await answerStep(url, await callerOpens(url, id), [password])
    expect((await reject(id, 'calledMe')).body).toMatchObject({ ending: 'approved', isLate: true })
    expect(logged('SIDEGATE-VERIFICATION-ATTACKED', reference)).toMatchObject([{ what: { action: 'late' } }])
  })
})

test.each(['notVouched', 'other', 7])(
  'the reason %j doesn’t fit a caller and ends nothing',
  async (reason) => {
    const { id, reference } = await openCheck()
    expect((await backchannel(url, 'reject', { transaction: id, reason })).status).toBe(400)
    expect(await readCheck(reference)).toMatchObject({ ending: null })
  },
)
