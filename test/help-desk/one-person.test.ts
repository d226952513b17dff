import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { backchannel } from '../support/backchannel-client.ts'
import { callerOpens, deskOpens } from '../support/help-desk-play.ts'
import { alex, playPolicies, unlock } from '../support/policy-play.ts'
import { answerStep } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'

let play: Awaited<ReturnType<typeof playPolicies>>
let noor: string
let lead: string

beforeAll(async () => {
  play = await playPolicies()
  await play.settings({ maxChecksPerPerson: 100, maxChecksPerAgent: 100 })
  noor = await play.signIn('noor', 'Noor-Pass-2026')
  lead = await play.signIn('lena', 'Lena-Pass-2026')
})
afterAll(() => play.server.stop())

const conflict = (problem: string) => ({ status: 409, body: { detail: { problem } } })
const about = (path: string, as = noor) => play.ask(`${alpha}/help-desk/people/${alex}/${path}`, { as })
const lift = (reason = 'called back', until?: unknown) =>
  play.ask(`${alpha}/help-desk/people/${alex}?_action=liftPause`, {
    ...{ method: 'POST', body: { reason, until }, as: lead },
  })

afterEach(() => lift())

/** The victim reports an attack in a check that a colleague opened. */
async function attackIsReported() {
  const attacked = await deskOpens(play.url, noor, { journey: 'VerifyWithCode' })
  expect(
    (await backchannel(play.url, 'reject', { transaction: attacked.id, reason: 'calledMe' })).status,
  ).toBe(200)
  return attacked.reference
}

describe('a report of an attack', () => {
  test('ends the open checks of all agents about that person', async () => {
    const open = await deskOpens(play.url, play.agent, { journey: 'VerifyWithCode' })
    await attackIsReported()
    const check = await play.read(open.reference)
    expect(check).toMatchObject({ state: 'COMPLETED', result: 'DENIED', ending: 'reported' })
    expect(check.timeline.at(-1)).toMatchObject({ kind: 'reported', state: 'COMPLETED', result: 'DENIED' })
    const described = await backchannel(play.url, 'describe', { transaction: open.id })
    expect(described.body).toMatchObject({ state: 'COMPLETED' })
  })

  test('withholds a result of that person until a lead lifts the pause', async () => {
    const { reference } = await play.completed()
    const { body: issued } = await play.act(reference, 'grant')
    await attackIsReported()
    const check = await play.read(reference)
    expect(check.verification.grant).toEqual({ state: 'paused', until: expect.any(Number) })
    expect(check.timeline.at(-1)).toMatchObject({ kind: 'reported' })
    expect(await play.act(reference, 'use')).toMatchObject(conflict('paused'))
    expect(await play.act(reference, 'grant')).toMatchObject(conflict('paused'))
    const consume = () =>
      play.ask(`${alpha}/verification/grants?_action=consume`, {
        ...{ method: 'POST', as: play.agent },
        body: { grant: issued.grant, action: unlock, subject: 'alex' },
      })
    expect(await consume()).toMatchObject(conflict('paused'))
    await lift()
    expect((await consume()).status).toBe(200)
  })

  test('stays with its pause if a lead lifts the pause of an earlier one', async () => {
    const { reference } = await play.completed()
    const other = await play.completed()
    await attackIsReported()
    const pauseOf = async () => (await about('recent')).body.pause.until
    const until = await pauseOf()
    play.pass(1)
    await backchannel(play.url, 'reject', { transaction: other.id, reason: 'calledMe' })
    expect((await lift('called back', until)).body).toEqual({ isLifted: true, pausedUntil: await pauseOf() })
    expect((await play.read(reference)).verification.grant.state).toBe('paused')
    expect((await lift('called back again')).body).toEqual({ isLifted: true, pausedUntil: null })
    expect((await play.read(reference)).verification.grant.state).toBe('ready')
  })

  test('keeps its pause if the request to lift it names no time', async () => {
    await attackIsReported()
    for (const until of [1.5, 1e300, 'soon']) {
      const refused = await lift('called back', until)
      expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining('until')])
    }
    expect((await about('recent')).body.pause).not.toBeNull()
  })

  test('reaches a result in its delay', async () => {
    await play.policies({ name: 'Slow', actions: [unlock], needs: { delayMinutes: 90 } })
    const { reference } = await play.completed()
    await play.policies()
    await attackIsReported()
    expect((await play.read(reference)).verification.grant.state).toBe('paused')
    await lift('spoke to Alex at the desk')
    expect((await play.read(reference)).verification.grant.state).toBe('waiting')
  })
})

describe('the last day of a person', () => {
  test('is known to each agent: checks, uses, reports and lifted pauses', async () => {
    const { reference } = await play.completed()
    expect((await play.act(reference, 'use')).status).toBe(200)
    const attacked = await attackIsReported()
    const { body } = await about('recent')
    expect(body.checks.slice(0, 2)).toMatchObject([
      {
        reference: attacked,
        agent: 'Noor Night',
        isOwn: true,
        ending: 'calledMe',
        report: { kind: 'calledMe' },
      },
      {
        ...{ reference, agent: 'Dana Desk', isOwn: false, action: unlock, ending: 'approved', report: null },
        usedAt: expect.any(Number),
      },
    ])
    expect(body.pause).toMatchObject({ kind: 'calledMe', reportedAt: body.checks[0].report.at })
    await lift('called back on the number on file')
    const later = (await about('recent')).body
    expect(later.pause).toBeNull()
    expect(later.lifts[0]).toMatchObject({ by: 'Lena Lead', reason: 'called back on the number on file' })
  })

  test('is hidden from people who are no agents', async () => {
    const own = await play.signIn('alex', 'Alex-Pass-2026')
    expect((await about('recent', own)).status).toBe(403)
  })

  test('needs a reason to go on after a report', async () => {
    await attackIsReported()
    expect(await lift('  ')).toMatchObject({ status: 400, body: { message: 'reason: must say why' } })
    expect((await about('recent')).body.pause).toMatchObject({ kind: 'calledMe' })
  })
})

test('an agent knows before the start which checks a person can pass', async () => {
  const { body } = await about(`requirements?${new URLSearchParams({ action: 'Reset the password' })}`)
  expect(body.person).toMatchObject({ passkeys: 0, apps: 0, push: 0, mustChangePassword: false })
  const lacks = (journey: string) =>
    body.checks.find((check: { journey: string }) => check.journey === journey)?.lacks
  expect(lacks('TwoAgents')).toContain('noFactor')
  expect(lacks('HelpDesk')).toContain('noCode')
  expect(lacks('VerifyWithCode')).toEqual(['tooWeak'])
})

test('a row says which colleague has an open check of the same person', async () => {
  const own = await deskOpens(play.url, play.agent, { journey: 'VerifyWithCode' })
  const list = () => play.ask(`${alpha}/help-desk/verifications?scope=own&state=open`, { as: play.agent })
  expect((await list()).body.result[0]).toMatchObject({ reference: own.reference, alsoCheckedBy: null })
  await deskOpens(play.url, noor, { journey: 'VerifyWithCode' })
  expect((await list()).body.result[0]).toMatchObject({ alsoCheckedBy: 'Noor Night' })
  expect(await play.read(own.reference)).toMatchObject({ alsoCheckedBy: 'Noor Night' })
})

test('a person who is removed during a check is not verified, and nobody acts on an earlier result', async () => {
  const people = '/openidm/managed/alpha_user'
  const [mail, password] = ['leaver@example.com', 'Leaver-Pass-2026']
  const body = { userName: 'leaver', givenName: 'L', sn: 'Eaver', mail, password }
  const { body: made } = await play.ask(`${people}?_action=create`, { method: 'POST', body })
  const opens = async () => {
    const what = { action: unlock }
    const { id, reference } = await deskOpens(play.url, play.agent, { journey: 'VerifyWithCode', mail, what })
    const asked = await answerStep(play.url, await callerOpens(play.url, id), [0])
    return {
      page: await answerStep(play.url, asked, [(await play.read(reference)).verification.code]),
      reference,
    }
  }
  const earlier = await opens()
  expect((await answerStep(play.url, earlier.page, [password])).body.tokenId).toEqual(expect.any(String))
  const open = await opens()
  await play.ask(`${people}/${made._id}`, { method: 'DELETE' })
  expect((await answerStep(play.url, open.page, [password])).status).toBe(401)
  expect((await play.read(open.reference)).verification.grant.state).toBe('none')
  // Unknown people count as privileged.
  expect((await play.read(earlier.reference)).verification.grant).toEqual({ state: 'needsSecondAgent' })
  expect((await play.act(earlier.reference, 'use')).status).toBe(409)
})
