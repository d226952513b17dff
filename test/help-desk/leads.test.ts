import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backchannel, get, signInAsAdministrator, turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, callerOpens, callerSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, signIn } from '../support/wire.ts'

let server: TestServer
let url: string
let agent: string
let lead: string
let administrator: string
let began: number

beforeAll(async () => {
  server = await startPrepared((stores) => saveRealm(stores, '/beta'))
  url = server.url
  began = Date.now() - 1_000
  agent = await agentSignsIn(url)
  lead = await signIn(url, 'lena', 'Lena-Pass-2026')
  administrator = await signInAsAdministrator(url)
  await turnOffPause(url)
})

afterAll(() => server.stop())

type Row = Record<string, unknown> & { reference: string }

const wall = async (as = lead) => {
  const answer = await get(url, 'help-desk/wall', { session: as })
  return { ...answer, rows: (answer.body.result ?? []) as Row[] }
}
const period = (more = '') => `from=${began}&to=${Date.now() + 60_000}${more}`
async function verifiedWithCode(): Promise<string> {
  const { id, reference } = await deskOpens(url, agent, { journey: 'VerifyWithCode' })
  const path = `help-desk/verifications/${reference}`
  const { code } = (await get(url, path, { session: agent })).body.verification as { code: string }
  const asked = await answerStep(url, await callerOpens(url, id), [0])
  await answerStep(url, await answerStep(url, asked, [code]), ['Alex-Pass-2026'])
  return reference
}

const numbers = (more = '', as = lead) => get(url, `help-desk/numbers?${period(more)}`, { session: as })
const paths = ['help-desk/wall', 'help-desk/numbers?from=0&to=1', 'help-desk/numbers/export?from=0&to=1']

const statusOf = async (path: string, session: string, realm = 'alpha') => {
  const headers = { iplanetdirectorypro: session }
  const answer = await fetch(`${url}/json/realms/root/realms/${realm}/${path}`, { headers })
  await answer.body?.cancel()
  return answer.status
}

function exported(format: string, as = lead) {
  const path = `json/realms/root/realms/alpha/help-desk/numbers/export?${period(`&format=${format}`)}`
  return fetch(`${url}/${path}`, { headers: { iplanetdirectorypro: as } })
}

describe('who is a lead', () => {
  test('the desk tells agents whether they are', async () => {
    expect((await get(url, 'help-desk', { session: lead })).body).toMatchObject({ isLead: true })
    expect((await get(url, 'help-desk', { session: agent })).body).toMatchObject({ isLead: false })
  })

  test.each(paths)('%s is for leads of the realm and administrators of the root realm', async (path) => {
    expect(await statusOf(path, lead)).toBe(200)
    expect(await statusOf(path, administrator)).toBe(200)
    expect(await statusOf(path, agent)).toBe(403)
    expect(await statusOf(path, '')).toBe(401)
    expect(await statusOf(path, lead, 'beta')).toBe(403)
  })

  test('a lead who loses the role loses wall, numbers and export with it', async () => {
    const ask = asking(url, administrator)
    const { body } = await ask('/openidm/managed/alpha_user?_queryFilter=userName+eq+"lena"')
    const setRoles = (roles: string[]) =>
      ask(`/openidm/managed/alpha_user/${body.result[0]._id}?_action=setRoles`, {
        method: 'POST',
        body: { roles },
      })
    await setRoles(['agent'])
    for (const path of paths) expect(await statusOf(path, lead)).toBe(403)
    await setRoles(['agent-lead'])
    expect((await wall()).status).toBe(200)
  })
})

describe('the wall', () => {
  test('has the checks of all agents, with what each needs, and no secret', async () => {
    const noor = await signIn(url, 'noor', 'Noor-Pass-2026')
    const first = await deskOpens(url, agent)
    const second = await deskOpens(url, noor)
    await callerOpens(url, second.id)
    const { rows, body } = await wall()
    expect(rows.find(({ reference }) => reference === first.reference)).toEqual({
      reference: first.reference,
      subject: 'Alex Caller',
      action: 'Unlock the account',
      ticket: 'INC-48213',
      vouchFor: null,
      check: 'HelpDesk',
      checkTitle: 'Verify a caller',
      agent: 'Dana Desk',
      openedBy: null,
      isOwn: false,
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
      expiresAt: expect.any(Number),
      notifications: 0,
      lastKind: expect.any(String),
      openedAt: null,
      failedSignIns: 0,
      wrongCodes: 0,
      alsoCheckedBy: ['Noor Night'],
    })
    expect(rows.find(({ reference }) => reference === second.reference)).toMatchObject({
      state: 'IN_PROGRESS',
      openedAt: expect.any(Number),
      alsoCheckedBy: ['Dana Desk'],
    })
    expect(Math.abs(Number(body.now) - Date.now())).toBeLessThan(60_000)
    for (const secret of [first.id, first.link, 'ac6c7d3f', 'alex@example.com', 'idHash'])
      expect(JSON.stringify(body)).not.toContain(secret)
  })

  test('keeps an alarm, and drops a check that was verified', async () => {
    const alarm = await deskOpens(url, agent)
    const fine = await deskOpens(url, agent)
    await callerSignsIn(url, fine.id)
    await backchannel(url, 'reject', { transaction: alarm.id })
    const { rows } = await wall()
    expect(rows.find(({ reference }) => reference === alarm.reference)).toMatchObject({ ending: 'notMe' })
    expect(rows.map(({ reference }) => reference)).not.toContain(fine.reference)
  })

  test('keeps an alarm that its agent has read, until a lead reads it, and the agent’s banner stays then', async () => {
    const unread = async () => {
      const { body } = await get(url, 'help-desk/verifications?unread=true', { session: agent })
      return ((body.result ?? []) as Row[]).map(({ reference }) => reference)
    }
    const read = (as: string, reference: string) =>
      asking(url, as)(`/realms/root/realms/alpha/help-desk/verifications/${reference}?_action=acknowledge`, {
        method: 'POST',
        body: {},
      })
    const onWall = async () => (await wall()).rows.map(({ reference }) => reference)
    const [first, second] = [await deskOpens(url, agent), await deskOpens(url, agent)]
    for (const { id } of [first, second]) await backchannel(url, 'reject', { transaction: id })
    expect((await read(agent, first.reference)).body).toMatchObject({ leadReadAt: null })
    expect(await onWall()).toContain(first.reference)
    expect(await unread()).not.toContain(first.reference)
    expect((await read(lead, first.reference)).body).toMatchObject({ leadReadBy: 'Lena Lead' })
    expect(await onWall()).not.toContain(first.reference)
    expect((await read(lead, second.reference)).body).toMatchObject({ rejectionReadAt: null })
    expect(await unread()).toContain(second.reference)
  })

  test('answers 304 until a check changes', async () => {
    const path = 'json/realms/root/realms/alpha/help-desk/wall'
    const ask = (tag: string) =>
      fetch(`${url}/${path}`, { headers: { iplanetdirectorypro: lead, 'if-none-match': tag } })
    const tag = (await ask('')).headers.get('etag') ?? ''
    const same = await ask(tag)
    expect([same.status, await same.text()]).toEqual([304, ''])
    await deskOpens(url, agent)
    const changed = await ask(tag)
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(tag)
  })
})

describe('the numbers', () => {
  test('of an empty period are zero and null', async () => {
    const { body } = await get(url, 'help-desk/numbers?from=0&to=1&by=agent', { session: lead })
    expect(body).toMatchObject({ from: 0, to: 1, by: 'agent', result: [], resultCount: 0, hasMore: false })
    expect(body.total).toMatchObject({
      checks: 0,
      open: 0,
      endings: { approved: 0, expired: 0 },
      toOpened: { median: null, p90: null },
      toVerified: { median: null, p90: null },
    })
  })

  test('equal the list of checks', async () => {
    const all = async (query: string) =>
      (await get(url, `help-desk/verifications?_pageSize=100${query}`, { session: lead })).body
        .result as Row[]
    const { total } = (await numbers()).body as { total: { checks: number; endings: Record<string, number> } }
    expect(total.checks).toBe((await all('')).length)
    for (const ending of ['approved', 'notMe', 'cancelled', 'expired', 'denied'])
      expect([ending, total.endings[ending]]).toEqual([ending, (await all(`&ending=${ending}`)).length])
    expect(total).toMatchObject({ toVerified: { median: expect.any(Number), p90: expect.any(Number) } })
  })

  test.each([
    ['agent', ['Dana Desk', 'Noor Night']],
    ['check', ['Verify a caller']],
    ['action', ['Unlock the account']],
  ])('can be split by %s', async (by, names) => {
    const { body } = await numbers(`&by=${by}`)
    expect((body.result as Row[]).map(({ name }) => name)).toEqual(names)
  })

  test('have days and hours of the time zone', async () => {
    const from = Date.UTC(2026, 0, 31, 22)
    const of = async (by: string, zone: string) => {
      const query = `from=${from}&to=${from + 3 * 3_600_000}&by=${by}&zone=${zone}`
      const { body } = await get(url, `help-desk/numbers?${query}`, { session: lead })
      return (body.result as Row[]).map(({ key }) => key)
    }
    expect(await of('day', 'UTC')).toEqual(['2026-01-31', '2026-02-01'])
    expect(await of('day', 'America/New_York')).toEqual(['2026-01-31'])
    expect(await of('day', 'Asia/Kolkata')).toEqual(['2026-02-01'])
    expect(await of('hour', 'UTC')).toHaveLength(24)
  })

  test.each([
    ['to=1', 'from'],
    ['from=1', 'to'],
    ['from=now&to=1', 'from'],
    ['from=-1&to=1', 'from'],
    ['from=2&to=1', 'from must be before to'],
    ['from=0&to=9999999999999', '92 days'],
    ['from=0&to=1&by=person', 'by must be one of check'],
    ['from=0&to=1&by=day&zone=Nowhere/At_all', 'zone'],
  ])('refuse %s and say why', async (query, reason) => {
    const { status, body } = await get(url, `help-desk/numbers?${query}`, { session: lead })
    expect([status, body.message]).toEqual([400, expect.stringContaining(reason)])
  })
})

describe('the export', () => {
  test('has one JSON object a line, and as many as the numbers count', async () => {
    const answer = await exported('ndjson')
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
    const text = await answer.text()
    const lines = text.trimEnd().split('\n')
    const { total } = (await numbers()).body as { total: { checks: number } }
    expect(lines).toHaveLength(total.checks)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      check: 'HelpDesk',
      action: 'Unlock the account',
      agent: 'dana',
      subject: 'alex',
      startedAt: expect.stringMatching(/Z$/),
    })
    expect(text).not.toContain('authIndexValue')
  })

  test('is a file of UTF-8 with a header and CRLF, in which no cell is a formula', async () => {
    await deskOpens(url, agent, { what: { action: 'Unlock the account', ticket: '=HYPERLINK("http://é")' } })
    const answer = await exported('csv')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="checks-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv"$/,
    )
    const text = Buffer.from(await answer.arrayBuffer()).toString('utf8')
    expect(text).toMatch(
      /^\uFEFFreference,check,action,ticket,agent,.*wrongCodes,vouchFor,secondAgent,usedAt,withdrawnAt,resultState\r\n/,
    )
    expect(text.endsWith('\r\n')).toBe(true)
    expect(text).toContain('"\'=HYPERLINK(""http://é"")"')
  })

  test('says of each result the same as the list of checks', async () => {
    const countUsed = async () => ((await numbers()).body as { total: { used: number } }).total.used
    const usedBefore = await countUsed()
    const act = async (action: 'use' | 'withdraw') => {
      const reference = await verifiedWithCode()
      const path = `/realms/root/realms/alpha/help-desk/verifications/${reference}?_action=${action}`
      expect((await asking(url, agent)(path, { method: 'POST', body: {} })).status).toBe(200)
      return reference
    }
    const [used, withdrawn, ready] = [await act('use'), await act('withdraw'), await verifiedWithCode()]
    expect(await countUsed()).toBe(usedBefore + 1)
    const lines = (await (await exported('ndjson')).text()).trimEnd().split('\n')
    const states = new Map(lines.map((line) => JSON.parse(line)).map((line) => [line.reference, line]))
    const { body } = await get(url, 'help-desk/verifications?_pageSize=100', { session: lead })
    const listed = body.result as (Row & { grant: { state: string } | null })[]
    for (const { reference, grant } of listed) {
      const state = states.get(reference).resultState
      expect([reference, state]).toEqual([reference, grant?.state ?? null])
    }
    expect(states.get(used)).toMatchObject({ resultState: 'used', usedAt: expect.stringMatching(/Z$/) })
    expect(states.get(withdrawn)).toMatchObject({
      resultState: 'withdrawn',
      withdrawnAt: expect.stringMatching(/Z$/),
    })
    expect(states.get(ready)).toMatchObject({ resultState: 'ready', usedAt: null, withdrawnAt: null })
  })

  test('is audited with who exported which period', async () => {
    await exported('csv')
    const found = async () => {
      const { body } = await get(url, 'audit?event=SIDEGATE-HELPDESK-EXPORT', { session: administrator })
      return (body.result as Row[])[0]
    }
    await expect.poll(found).toMatchObject({
      who: { name: 'lena', realm: '/alpha' },
      period: { from: began, to: expect.any(Number) },
      result: 'SUCCESSFUL',
    })
  })

  test('refuses another format', async () => {
    const answer = await exported('xlsx')
    expect([answer.status, (await answer.json()).message]).toEqual([
      400,
      expect.stringContaining('csv, ndjson'),
    ])
  })
})
