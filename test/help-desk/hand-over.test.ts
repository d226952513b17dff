import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import { backchannel } from '../support/backchannel-client.ts'
import { FeedReader } from '../support/feed-reader.ts'
import {
  agentSignsIn,
  agentWaits,
  agentWatches,
  callerOpens,
  deskOpens,
  message,
} from '../support/help-desk-play.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, stepOf } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const people = {
  dana: 'aa1c497b-09de-4eb9-95a0-d1981e9604eb',
  noor: 'c0e4a5f2-3b71-4f5e-8a6d-2f9b7d104c38',
  mira: '5d2b7c1e-6a0f-4f0c-9d43-8e1f0c6b2a71',
  kim: '2b0165d6-be2f-44cf-b163-6146e23a8d32',
  alex: 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290',
}

let server: TestServer
let url: string
let ask: Ask
let dana: string
let noor: string
/** An agent in the morning, and a lead for some tests. */
let mira: string

const setRoles = (id: string, roles: string[]) =>
  ask(`/openidm/managed/alpha_user/${id}?_action=setRoles`, { method: 'POST', body: { roles } })

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await stores.identities.create(exampleIdentity({ id: 'beta-agent', realm: '/', userName: 'bea' }))
  })
  url = server.url
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
  await ask(`${alpha}/realm-config/help-desk`, { method: 'PUT', body: { strongActions: [] } })
  await setRoles(people.mira, ['agent'])
  dana = await agentSignsIn(url)
  noor = await signIn(url, 'noor', 'Noor-Pass-2026')
  mira = await signIn(url, 'mira', 'Mira-Pass-2026')
})
afterAll(() => server.stop())

const act = (as: string, reference: string, action: string, body: object = {}) =>
  ask(`${alpha}/help-desk/verifications/${reference}?_action=${action}`, { method: 'POST', body, as })
const read = (as: string, reference: string) => ask(`${alpha}/help-desk/verifications/${reference}`, { as })
const listed = async (as: string, scope: string) => {
  const { body } = await ask(`${alpha}/help-desk/verifications?scope=${scope}`, { as })
  return body.result.map(({ reference }: { reference: string }) => reference)
}
const opened = () => deskOpens(url, dana, { journey: 'VerifyWithCode' })
const problem = (name: string) => ({ status: 409, body: { detail: { problem: name } } })

async function completed() {
  const check = await opened()
  const { code } = (await read(dana, check.reference)).body.verification
  const typed = await answerStep(url, await answerStep(url, await callerOpens(url, check.id), [0]), [code])
  expect((await answerStep(url, typed, ['Alex-Pass-2026'])).status).toBe(200)
  return check
}

test('agents find their colleagues by name, without themselves and people without the right', async () => {
  const { body } = await ask(`${alpha}/help-desk/agents`, { as: dana })
  expect(body.result).toEqual([
    { _id: expect.any(String), displayName: 'Lena Lead' },
    { _id: people.mira, displayName: 'Mira Marlow' },
    { _id: people.noor, displayName: 'Noor Night' },
  ])
  expect(
    (await ask(`${alpha}/help-desk/agents`, { as: await signIn(url, 'alex', 'Alex-Pass-2026') })).status,
  ).toBe(403)
})

describe('an agent who offers a check', () => {
  test('stays its agent until the colleague takes it over, who then has codes, feed and list', async () => {
    const { reference, id, page } = await opened()
    const feed = await agentWatches(url, page)
    expect((await act(dana, reference, 'offer', { to: people.noor })).body).toEqual({
      reference,
      agent: 'Dana Desk',
      offeredTo: { name: 'Noor Night', at: expect.any(Number) },
    })
    expect((await read(dana, reference)).body).toMatchObject({
      isOwn: true,
      offeredTo: { name: 'Noor Night' },
    })
    expect(await listed(noor, 'offered')).toContain(reference)
    expect(await listed(noor, 'own')).not.toContain(reference)
    const offered = (await read(noor, reference)).body
    expect(offered).toMatchObject({ isOwn: false, agent: 'Dana Desk' })
    expect(offered.verification).not.toHaveProperty('code')
    expect((await read(mira, reference)).status).toBe(404)

    expect((await act(noor, reference, 'takeOver')).body).toMatchObject({
      agent: 'Noor Night',
      offeredTo: null,
    })
    await feed.closed
    expect(feed.events.at(-1)).toMatchObject({
      event: 'takenOver',
      data: { kind: 'takenOver', agent: 'Noor Night', from: 'Dana Desk' },
    })
    expect(JSON.stringify(feed.events)).not.toContain(people.dana)

    const taken = (await read(noor, reference)).body
    expect(taken).toMatchObject({ isOwn: true, agent: 'Noor Night', openedBy: 'Dana Desk' })
    expect(taken.verification.code).toMatch(/^\d{6}$/)
    expect(taken.verification.reverseCode).toBeNull()
    const theirs = await FeedReader.open(url, { reference, headers: { iplanetdirectorypro: noor } })
    const [snapshot] = await theirs.first(1)
    expect(snapshot?.data).toMatchObject({ code: taken.verification.code })
    expect(await listed(noor, 'own')).toContain(reference)
    expect(await listed(noor, 'offered')).not.toContain(reference)

    const described = await backchannel(url, 'describe', { transaction: id })
    expect(described.body).toMatchObject({ openedBy: 'Noor Night' })
    await backchannel(url, 'confirm', { transaction: id })
    const [, confirmed] = await theirs.first(2)
    expect(confirmed?.data).toMatchObject({ kind: 'confirmed', reverseCode: expect.any(String) })
    await theirs.leave()
  })

  test('withdraws the offer, and the colleague learns why it can’t be taken', async () => {
    const { reference } = await opened()
    await act(dana, reference, 'offer', { to: null })
    expect((await act(dana, reference, 'withdrawOffer')).body).toMatchObject({ offeredTo: null })
    expect(await act(dana, reference, 'withdrawOffer')).toMatchObject(problem('notOffered'))
    expect(await act(noor, reference, 'takeOver')).toMatchObject(problem('notOffered'))
    expect((await read(noor, reference)).status).toBe(404)
  })

  test.each([
    ['notAgent', 'a person without the right', people.alex],
    ['notAgent', 'an inactive person', people.kim],
    ['notAgent', 'an agent of another realm', 'beta-agent'],
    ['notAgent', 'an unknown id', 'nobody'],
    ['own', 'themself', people.dana],
  ])('gets %s for %s', async (name, _who, to) => {
    const { reference } = await opened()
    expect(await act(dana, reference, 'offer', { to })).toMatchObject(problem(name))
    expect((await read(dana, reference)).body.offeredTo).toBeNull()
  })

  test.each([{}, { to: '' }, { to: 7 }, { to: ['a'] }])(
    'gets 400 that names the field for %j',
    async (body) => {
      const { reference } = await opened()
      const answer = await act(dana, reference, 'offer', body)
      expect(answer.status).toBe(400)
      expect(answer.body.message).toMatch(/^to: /)
    },
  )

  test('gets 409 for a check that was cancelled', async () => {
    const { reference } = await opened()
    await ask(`${alpha}/authenticate/backchannel/cancel`, { method: 'POST', body: { reference }, as: dana })
    expect(await act(dana, reference, 'offer', { to: null })).toMatchObject(problem('over'))
  })
})

describe('an agent who takes over', () => {
  test('finds nothing without an offer, and neither offers nor withdraws for a colleague', async () => {
    const { reference } = await opened()
    for (const action of ['takeOver', 'withdrawOffer', 'acknowledge'])
      expect((await act(noor, reference, action)).status).toBe(404)
    expect((await act(noor, reference, 'offer', { to: null })).status).toBe(404)
    await act(dana, reference, 'offer', { to: people.mira })
    expect((await act(noor, reference, 'takeOver')).status).toBe(404)
  })

  test('is one of two at once; the other learns who was faster', async () => {
    const { reference } = await opened()
    await act(dana, reference, 'offer', { to: null })
    const answers = await Promise.all([noor, mira].map((agent) => act(agent, reference, 'takeOver')))
    const lost = answers.find(({ status }) => status !== 200)
    const won = answers.find(({ status }) => status === 200)
    expect(lost).toMatchObject({
      ...problem('takenOver'),
      body: {
        detail: { problem: 'takenOver', agent: won?.body.agent },
        message: `${won?.body.agent} took this check over.`,
      },
    })
  })

  test('may repeat the request', async () => {
    const { reference } = await opened()
    await act(dana, reference, 'offer', { to: people.noor })
    for (let count = 0; count < 2; count++) expect((await act(noor, reference, 'takeOver')).status).toBe(200)
    const { timeline } = (await read(noor, reference)).body
    const kinds = timeline.map(({ kind }: { kind: string }) => kind)
    expect(kinds.filter((kind: string) => kind !== 'alsoChecked')).toEqual([
      'created',
      'offered',
      'takenOver',
    ])
  })

  test('reads the same about the caller as the former agent did, who reads it no longer', async () => {
    const { reference } = await opened()
    const facts = (await read(dana, reference)).body.person
    expect(facts).toMatchObject({ mail: 'alex@example.com', hasMail: true, pausedUntil: null })
    await act(dana, reference, 'offer', { to: people.noor })
    expect((await read(noor, reference)).body.person).toBeNull()
    await act(noor, reference, 'takeOver')
    expect((await read(noor, reference)).body.person).toEqual(facts)
    expect((await read(dana, reference)).status).toBe(403)
  })

  test('loses the check when the former agent takes it back', async () => {
    const { reference } = await opened()
    await act(dana, reference, 'offer', { to: people.noor })
    await act(noor, reference, 'takeOver')
    await act(noor, reference, 'offer', { to: people.dana })
    expect((await act(dana, reference, 'takeOver')).body).toMatchObject({ agent: 'Dana Desk' })
    expect(await read(noor, reference)).toMatchObject({
      status: 403,
      body: { detail: { problem: 'takenOver', agent: 'Dana Desk' } },
    })
    expect((await read(dana, reference)).body).toMatchObject({ isOwn: true, openedBy: null })
  })

  test('needs the role at that moment', async () => {
    const { reference } = await opened()
    await act(dana, reference, 'offer', { to: people.mira })
    await setRoles(people.mira, [])
    expect((await act(mira, reference, 'takeOver')).status).toBe(403)
    await setRoles(people.mira, ['agent'])
    expect((await act(mira, reference, 'takeOver')).status).toBe(200)
  })

  test('without an offer is a lead, who gets no exemption', async () => {
    await setRoles(people.mira, ['agent-lead'])
    const { reference } = await opened()
    expect((await act(mira, reference, 'takeOver')).body).toMatchObject({ agent: 'Mira Marlow' })
    expect(await ask(`${alpha}/help-desk/verifications?scope=all`, { as: dana })).toMatchObject({
      status: 403,
    })
    const administrators = await opened()
    const path = `${alpha}/help-desk/verifications/${administrators.reference}?_action=takeOver`
    expect(await ask(path, { method: 'POST', body: {} })).toMatchObject(problem('notAgent'))
    await setRoles(people.alex, ['agent-lead'])
    const alex = await signIn(url, 'alex', 'Alex-Pass-2026')
    expect(await act(alex, administrators.reference, 'takeOver')).toMatchObject(problem('self'))
    await setRoles(people.alex, [])
    await setRoles(people.mira, ['agent'])
  })
})

test('an agent without the role can’t consume their grant', async () => {
  const { reference } = await completed()
  const { grant } = (await act(dana, reference, 'grant')).body
  const consume = () =>
    ask(`${alpha}/verification/grants?_action=consume`, {
      method: 'POST',
      body: { grant, action: 'Unlock the account', subject: 'alex' },
      as: dana,
    })
  await setRoles(people.dana, [])
  expect((await consume()).status).toBe(403)
  await setRoles(people.dana, ['agent'])
  expect((await consume()).status).toBe(200)
})

test('a result that a lead withdrew says so by name', async () => {
  await setRoles(people.mira, ['agent-lead'])
  const { reference } = await completed()
  expect((await act(mira, reference, 'withdraw')).body.grant).toMatchObject({ withdrawnBy: 'Mira Marlow' })
  expect((await read(dana, reference)).body.verification.grant).toMatchObject({ withdrawnBy: 'Mira Marlow' })
  await setRoles(people.mira, ['agent'])
})

describe('after a takeover', () => {
  test('the former agent can’t use, grant, email, cancel or offer, and the new one can', async () => {
    const { reference, page } = await completed()
    const { grant } = (await act(dana, reference, 'grant')).body
    await act(dana, reference, 'offer', { to: people.noor })
    await act(noor, reference, 'takeOver')
    for (const action of ['use', 'grant', 'acknowledge'])
      expect((await act(dana, reference, action)).status).toBe(404)
    expect(await act(dana, reference, 'offer', { to: null })).toMatchObject(problem('takenOver'))
    for (const action of ['send', 'cancel']) {
      const path = `${alpha}/authenticate/backchannel/${action}`
      expect((await ask(path, { method: 'POST', body: { reference }, as: dana })).status).toBe(403)
    }
    const consumed = { grant, action: 'Unlock the account', subject: 'alex' }
    const path = `${alpha}/verification/grants?_action=consume`
    for (const as of [dana, noor])
      expect(await ask(path, { method: 'POST', body: consumed, as })).toMatchObject(problem('agent'))
    const end = await agentWaits(url, page)
    expect(end.status).not.toBe(200)
    expect((await act(noor, reference, 'use')).body).toMatchObject({
      agent: { _id: people.noor, displayName: 'Noor Night' },
    })
    expect((await read(noor, reference)).body.verification.grant).toMatchObject({ usedBy: 'Noor Night' })
  })

  test('the caller reads the name of the new agent, also in the check itself', async () => {
    const { reference, id } = await opened()
    await act(dana, reference, 'offer', { to: people.noor })
    await act(noor, reference, 'takeOver')
    const notice = message(await callerOpens(url, id))
    expect(notice).toContain('Noor Night')
    expect(notice).not.toContain('Dana Desk')
  })

  test('the journey of the former agent waits while the check is open', async () => {
    const { reference, page } = await opened()
    await act(dana, reference, 'offer', { to: people.noor })
    await act(noor, reference, 'takeOver')
    const polled = await answerStep(url, page, [])
    expect(polled.body.callbacks?.some(({ type }) => type === 'PollingWaitCallback')).toBe(true)
    const path = `${alpha}/authenticate/backchannel/cancel`
    expect((await ask(path, { method: 'POST', body: { reference }, as: noor })).status).toBe(200)
  })

  test('the audit book says who offered and who took it, and names the colleague', async () => {
    const { reference } = await deskOpens(url, dana, { what: { ticket: 'INC-77' } })
    await act(dana, reference, 'offer', { to: people.noor })
    await act(noor, reference, 'takeOver')
    await act(noor, reference, 'offer', { to: people.alex })
    const entries = await audited(ask, 'ticket=INC-77')
    expect(entries).toMatchObject([
      { eventName: 'SIDEGATE-VERIFICATION-OFFERED', result: 'FAILED', who: { name: 'noor' } },
      { eventName: 'SIDEGATE-VERIFICATION-TAKEN-OVER', who: { name: 'noor' }, whom: { name: 'dana' } },
      { eventName: 'SIDEGATE-VERIFICATION-OFFERED', who: { name: 'dana' }, whom: { name: 'noor' } },
      {},
    ])
  })
})

test('the second agent of a check can’t become its agent', async () => {
  const headers = { iplanetdirectorypro: dana }
  const start = await startJourney(url, 'TwoAgents', {
    query: '&ForceAuth=true&action=Unlock%20the%20account',
    headers,
  })
  const asked = await answerStep(url, start, ['alex@example.com'], { headers })
  const [request] = (await ask(`${alpha}/help-desk/approvals`, { as: noor })).body.result
  const path = `${alpha}/help-desk/approvals/${request._id}?_action=approve`
  expect((await ask(path, { method: 'POST', body: {}, as: noor })).status).toBe(200)
  const waiting = await answerStep(url, asked, [100], { headers })
  const feed = await FeedReader.open(url, { headers: { 'x-sidegate-authid': stepOf(waiting).authId } })
  const reference = String((await feed.first(1))[0]?.data.reference)
  await feed.leave()
  expect(await act(dana, reference, 'offer', { to: people.noor })).toMatchObject(problem('secondAgent'))
  await act(dana, reference, 'offer', { to: null })
  expect(await act(noor, reference, 'takeOver')).toMatchObject(problem('secondAgent'))
})

test('a "not me" is read once by the agent of the check, also a new one, and once by a lead', async () => {
  const { reference, id } = await opened()
  expect(await act(dana, reference, 'acknowledge')).toMatchObject(problem('none'))
  await act(dana, reference, 'offer', { to: people.noor })
  await backchannel(url, 'reject', { transaction: id, reason: 'calledMe' })
  expect((await read(dana, reference)).body).toMatchObject({ rejectionReadAt: null, rejectionReadBy: null })
  expect((await act(noor, reference, 'takeOver')).status).toBe(200)
  expect((await act(dana, reference, 'acknowledge')).status).toBe(404)
  const { body } = await act(noor, reference, 'acknowledge')
  const readByNoor = { reference, rejectionReadAt: expect.any(Number), rejectionReadBy: 'Noor Night' }
  expect(body).toEqual({ ...readByNoor, leadReadAt: null, leadReadBy: null })
  expect((await act(noor, reference, 'acknowledge')).body).toEqual(body)
  await ask(`${alpha}/help-desk/people/${people.alex}?_action=liftPause`, {
    method: 'POST',
    body: { reason: 'called back' },
  })
})
