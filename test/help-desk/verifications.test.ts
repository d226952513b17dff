import { afterAll, beforeAll, expect, test } from 'vitest'
import { unknownOpener } from '../../src/help-desk/transactions/transaction.ts'
import { newTransaction } from '../../src/help-desk/transactions/transactions.ts'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import type { Stores } from '../../src/store/stores.ts'
import {
  backchannel,
  get,
  newBackchannelToken,
  openTransaction,
  type RestAnswer,
  signInAsAdministrator,
  turnOffPause,
} from '../support/backchannel-client.ts'
import { FeedReader, kindOf } from '../support/feed-reader.ts'
import {
  agentOpens,
  agentSignsIn,
  callerOpens,
  callerSignsIn,
  deskOpens,
  letAnyoneStartChecks,
} from '../support/help-desk-play.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const hour = 3_600_000
const dana = 'aa1c497b-09de-4eb9-95a0-d1981e9604eb'
const alex = {
  kind: 'user',
  id: 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290',
  name: 'alex',
  displayName: 'Alex Caller',
} as const

let server: TestServer
let url: string
let token: string
let session: string
let administrator: string

/** Two checks of an hour ago: one of Dana's that expired, and one of another agent, `eve`. */
async function prepare(stores: Stores): Promise<void> {
  const opening = {
    realm: '/alpha',
    journey: 'VerifyCaller',
    subject: alex,
    data: { action: 'Unlock', ticket: 'OLD-1' },
    allowRetry: true,
    trackingId: 'call-7',
    lifeSeconds: 180,
  }
  const agents = [
    { id: dana, name: 'dana', displayName: 'Dana Desk' },
    { id: 'eve', name: 'eve', displayName: 'Eve Else' },
  ]
  for (const [index, agent] of agents.entries()) {
    const openedBy = { ...unknownOpener, agent, journey: 'HelpDesk' }
    const { transaction } = newTransaction({ ...opening, openedBy }, Date.now() - hour - index)
    const reference = index === 0 ? '22222222' : '33333333'
    await stores.transactions.apply([{ kind: 'create', transaction: { ...transaction, reference } }])
  }
  await stores.identities.create(exampleIdentity({ id: 'eve', userName: 'eve', roles: ['helpdesk'] }))
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  url = server.url
  await letAnyoneStartChecks(url, { onlyAgentsStartChecks: false })
  token = await newBackchannelToken(url)
  session = await agentSignsIn(url)
  administrator = await signInAsAdministrator(url)
  await turnOffPause(url)
})

afterAll(() => server.stop())

const path = 'help-desk/verifications'
const rows = ({ body }: RestAnswer) => body.result as Record<string, unknown>[]
const references = (answer: RestAnswer) => rows(answer).map(({ reference }) => reference)
const list = (query = '', as = session) => get(url, `${path}${query}`, { session: as })
const one = (reference: string, as = session) => get(url, `${path}/${reference}`, { session: as })

async function cancelled(reference: string, as = administrator) {
  const answer = await fetch(
    `${url}/json/realms/root/realms/alpha/backchannel-transactions/${reference}?_action=cancel`,
    { method: 'POST', headers: { 'content-type': 'application/json', iplanetdirectorypro: as }, body: '{}' },
  )
  return { status: answer.status, body: await answer.json() }
}

test('an agent sees a check from its start to its end, by its reference', async () => {
  const { reference, id } = await deskOpens(url, session)
  const [row] = rows(await list())
  expect(row).toEqual({
    _id: reference,
    reference,
    subject: 'Alex Caller',
    subjectId: alex.id,
    action: 'Unlock the account',
    reason: 'New phone',
    ticket: 'INC-48213',
    vouchFor: null,
    check: 'HelpDesk',
    checkTitle: 'Verify a caller',
    agent: 'Dana Desk',
    openedBy: null,
    alsoCheckedBy: null,
    isOwn: true,
    offeredTo: null,
    secondAgent: null,
    state: 'CREATED',
    result: 'UNKNOWN',
    ending: null,
    rejectedAt: null,
    rejectionReadAt: null,
    rejectionReadBy: null,
    leadReadAt: null,
    leadReadBy: null,
    startedAt: expect.any(Number),
    viewedAt: null,
    confirmedAt: null,
    endedAt: null,
    withdrawnAt: null,
    grant: null,
    expiresAt: expect.any(Number),
    notifications: 0,
    lastKind: 'created',
    lastText: null,
    sentAt: null,
  })
  await callerOpens(url, id)
  expect((await one(reference)).body).toMatchObject({ state: 'IN_PROGRESS', lastKind: 'opened' })
  await callerSignsIn(url, id)
  const { body } = await one(reference)
  expect(body).toMatchObject({
    state: 'COMPLETED',
    result: 'APPROVED',
    ending: 'approved',
    endedAt: expect.any(Number),
    notifications: 2,
    lastKind: 'approved',
    lastText: "User's credentials are valid",
  })
  const timeline = body.timeline as { kind: string; sequence: number; at: number }[]
  expect(timeline.map(({ kind }) => kind)).toEqual([
    'created',
    'opened',
    'notification',
    'notification',
    'approved',
  ])
  expect(timeline.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4])
  // The end is timed by the start of the step, before its notifications.
  expect(timeline.at(-1)?.at).toBeGreaterThanOrEqual(Number(body.endedAt))
})

test('the audit book says which agent opened a check, for whom and with which ticket', async () => {
  await deskOpens(url, session, { what: { ticket: 'INC-7' } })
  const found = async () => rows(await get(url, 'audit?ticket=INC-7', { session: administrator }))
  await expect.poll(found).toMatchObject([
    {
      eventName: 'AM-BACK-CHANNEL-INITIALIZE',
      who: { id: dana, name: 'dana', realm: '/alpha' },
      whom: { id: alex.id, name: 'alex' },
    },
  ])
})

test('neither a list nor a check contains the id, its hash, the link or the journey’s data', async () => {
  const { reference, id, link } = await deskOpens(url, session)
  // The agent of the check sees the same of the person as in the search.
  const { person, ...check } = (await one(reference)).body
  expect(person).toMatchObject({ userName: 'alex', mail: 'alex@example.com' })
  const text = JSON.stringify([
    (await list()).body,
    check,
    (await get(url, `backchannel-transactions/${reference}`, { session: administrator })).body,
  ])
  for (const secret of [id, link, 'objectAttributes', 'idHash', 'alex@example.com']) {
    expect(text).not.toContain(secret)
  }
})

test('a reloaded desk continues to watch by reference and misses nothing', async () => {
  const { reference, id } = await deskOpens(url, session)
  const headers = { iplanetdirectorypro: session }
  const first = await FeedReader.open(url, { reference, headers })
  await first.first(1)
  await first.leave()
  await callerOpens(url, id)
  const again = await FeedReader.open(url, {
    reference: `${reference.slice(0, 4)}-${reference.slice(4).toLowerCase()}`,
    headers,
  })
  const [snapshot] = await again.first(1)
  expect(snapshot?.data).toMatchObject({
    reference,
    state: 'IN_PROGRESS',
    timeline: [{ kind: 'created' }, { kind: 'opened' }],
  })
  expect(snapshot?.data).not.toHaveProperty('redirectUri')
  await callerSignsIn(url, id)
  expect((await again.all()).map(kindOf).at(-1)).toBe('approved')
  const cookie = { cookie: `iPlanetDirectoryPro=${session}`, 'last-event-id': '1' }
  const late = await FeedReader.open(url, { reference, headers: cookie })
  expect((await late.all()).map(kindOf).at(-1)).toBe('approved')
  const admin = await FeedReader.open(url, { reference, headers: { iplanetdirectorypro: administrator } })
  expect((await admin.all()).map(kindOf)).toEqual(['snapshot'])
})

test('a feed that stays open after the result ends when the transaction expires', async () => {
  const { reference, id } = await deskOpens(url, session)
  await callerSignsIn(url, id)
  const headers = { iplanetdirectorypro: session }
  const late = await FeedReader.open(url, { reference, late: true, headers })
  await late.first(1)
  expect((await FeedReader.open(url, { reference, headers })).status).toBe(200)
  await backchannel(url, 'reject', { transaction: id })
  expect((await late.all()).map(kindOf)).toEqual(['snapshot', 'rejected'])
  const over = { ...headers, 'last-event-id': '5' }
  expect((await FeedReader.open(url, { reference, late: true, headers: over })).status).toBe(204)
})

test('"this is not me" is in the list, before and after the result', async () => {
  const early = await deskOpens(url, session)
  await backchannel(url, 'reject', { transaction: early.id })
  expect((await one(early.reference)).body).toMatchObject({
    ending: 'notMe',
    rejectedAt: expect.any(Number),
    lastKind: 'notMe',
  })
  const late = await deskOpens(url, session)
  await callerSignsIn(url, late.id)
  await backchannel(url, 'reject', { transaction: late.id })
  expect((await one(late.reference)).body).toMatchObject({
    ending: 'approved',
    rejectedAt: expect.any(Number),
    lastKind: 'rejected',
  })
})

test('an expired check has the expiry as its last event', async () => {
  const { body } = await one('2222-2222')
  expect(body).toMatchObject({
    state: 'EXPIRED',
    result: 'UNKNOWN',
    ending: 'expired',
    lastKind: 'expired',
    endedAt: body.expiresAt,
    timeline: [
      { kind: 'created', sequence: 0 },
      { kind: 'expired', at: body.expiresAt },
    ],
  })
  const headers = { iplanetdirectorypro: session }
  expect((await FeedReader.open(url, { reference: '22222222', headers })).status).toBe(404)
})

test('agents see their own checks, administrators all, others none', async () => {
  const own = references(await list('?_pageSize=100'))
  expect(own).toContain('22222222')
  expect(own).not.toContain('33333333')
  expect((await one('33333333')).status).toBe(404)
  expect((await one('44444444')).status).toBe(404)
  const all = references(await list('?_pageSize=100', administrator))
  expect(all).toEqual(expect.arrayContaining(['22222222', '33333333']))
  expect((await one('33333333', administrator)).body).toMatchObject({ agent: 'Eve Else', ticket: 'OLD-1' })
  const caller = await signIn(url, 'alex', 'Alex-Pass-2026')
  for (const query of ['', '/22222222']) {
    expect((await list(query, caller)).status).toBe(403)
    expect((await get(url, path + query)).status).toBe(401)
  }
})

test('a list is paged, newest first, and filtered by state', async () => {
  for (let index = 0; index < 3; index++) await deskOpens(url, session)
  const all = references(await list('?_pageSize=100'))
  const seen: unknown[] = []
  for (let cookie: unknown = ''; cookie !== null; ) {
    const page = await list(`?_pageSize=2&_pagedResultsCookie=${cookie}`)
    expect(rows(page).length).toBeLessThanOrEqual(2)
    seen.push(...references(page))
    cookie = page.body.pagedResultsCookie
  }
  expect(seen).toEqual(all)
  const started = rows(await list('?_pageSize=100')).map(({ startedAt }) => Number(startedAt))
  expect(started).toEqual(started.toSorted((one, other) => other - one))
  expect(references(await list('?state=EXPIRED'))).toEqual(['22222222'])
  const open = await list('?state=open')
  expect(new Set(rows(open).map(({ state }) => state))).toEqual(new Set(['CREATED']))
  expect(rows(await list('?state=completed')).every(({ endedAt }) => typeof endedAt === 'number')).toBe(true)
  for (const query of ['?state=gone', '?_pageSize=x', '?_pagedResultsCookie=x']) {
    expect((await list(query)).status).toBe(400)
  }
})

test('administrators also see transactions of clients and anonymous openers, and their age', async () => {
  const id = await openTransaction(url, token, { trackingId: 'call-8' })
  await agentOpens(url)
  const answer = await get(url, 'backchannel-transactions', { session: administrator })
  const [byNobody, byClient] = rows(answer)
  expect(byNobody).toMatchObject({ check: 'HelpDesk', agent: null, agentId: null, client: null })
  expect(byClient).toMatchObject({
    check: null,
    journey: 'VerifyCaller',
    client: expect.any(String),
    agent: null,
    ageSeconds: expect.any(Number),
    auditTrackingIds: [expect.any(String), 'call-8'],
    state: 'CREATED',
  })
  const { body } = await get(url, 'backchannel-transactions/22222222', { session: administrator })
  expect(body).toMatchObject({ agentId: dana, timeline: [{ kind: 'created' }, { kind: 'expired' }] })
  expect(Number(body.ageSeconds)).toBeGreaterThanOrEqual(3600)
  expect(JSON.stringify(answer.body)).not.toContain(id)
})

test('a list is searched by words, by journey and by ending', async () => {
  const ended = await deskOpens(url, session, { what: { ticket: 'FIND-1' } })
  const { reference } = await deskOpens(url, session, { what: { ticket: 'FIND-2' } })
  await callerSignsIn(url, ended.id)
  const path = (query: string) => `backchannel-transactions?_pageSize=100&${query}`
  const found = async (query: string) => references(await get(url, path(query), { session: administrator }))
  expect(await found('text=find-2%20alex')).toEqual([reference])
  expect(await found(`text=${reference.slice(0, 4)}-${reference.slice(4)}`)).toEqual([reference])
  expect(await found('text=find-&ending=approved')).toEqual([ended.reference])
  expect(await found('text=find-&ending=denied,approved')).toEqual([ended.reference])
  expect(await found('text=find-&state=open')).toEqual([reference])
  expect(await found('text=find-&journey=HelpDesk')).toEqual([reference, ended.reference])
  expect(await found('text=find-&journey=Other')).toEqual([])
  expect(references(await list('?text=FIND-2'))).toEqual([reference])
  expect(references(await list('?text=OLD-1'))).toEqual(['22222222'])
  expect((await get(url, path('ending=gone'), { session: administrator })).status).toBe(400)
})

test('administrators see which journey sessions belong to a transaction, on both sides', async () => {
  const { reference, id } = await deskOpens(url, session)
  const runs = async () => {
    const { body } = await get(url, `backchannel-transactions/${reference}`, { session: administrator })
    return body.runs as { _id: string; side: string; journey: string }[]
  }
  expect(await runs()).toMatchObject([{ side: 'front', journey: 'HelpDesk', outcome: 'underway' }])
  await callerSignsIn(url, id, 'wrong')
  await callerSignsIn(url, id)
  const all = await runs()
  expect(all).toMatchObject([
    { side: 'front' },
    { side: 'back', journey: 'VerifyCaller', outcome: 'failure' },
    { side: 'back', journey: 'VerifyCaller', outcome: 'success' },
  ])
  for (const { _id, journey } of all) {
    const run = await get(url, `journey-sessions/${_id}`, { session: administrator })
    expect(run.body).toMatchObject({ _id, journey })
  }
  expect((await one(reference)).body).not.toHaveProperty('runs')
})

test('an administrator can cancel a check once, by reference', async () => {
  const { reference, id } = await deskOpens(url, session)
  expect(await cancelled(reference)).toEqual({ status: 200, body: { reference, state: 'CANCELLED' } })
  expect((await cancelled(reference)).status).toBe(404)
  expect((await callerOpens(url, id)).body.message).toBe('Unable to read transaction.')
  expect((await one(reference)).body).toMatchObject({
    state: 'CANCELLED',
    ending: 'cancelled',
    lastKind: 'cancelled',
    timeline: [{ kind: 'created' }, { kind: 'cancelled' }],
  })
  const line = logLines(server).findLast(({ eventName }) => eventName === 'SIDEGATE-TRANSACTION-CANCELLED')
  expect(line).toMatchObject({ who: { name: 'amadmin', realm: '/' }, ticket: 'INC-48213' })
  const other = await deskOpens(url, session)
  await callerSignsIn(url, other.id)
  expect((await cancelled(other.reference)).status).toBe(409)
  expect((await cancelled('22222222')).status).toBe(404)
  expect((await cancelled(reference, session)).status).toBe(403)
})

test.each(['backchannel-transactions', 'backchannel-transactions/22222222'])(
  '%s is for administrators',
  async (where) => {
    expect((await get(url, where, { session })).status).toBe(403)
    expect((await get(url, where)).status).toBe(401)
  },
)
