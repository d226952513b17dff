import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { backchannel, get, signInAsAdministrator, turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, callerEnters, callerOpens, deskOpens } from '../support/help-desk-play.ts'
import { startHooks } from '../support/hooks-server.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let hooks: Awaited<ReturnType<typeof startHooks>>
let server: TestServer
let url: string
let agent: string
let lead: string
let administrator: string

beforeAll(async () => {
  hooks = await startHooks()
  server = await startPrepared((stores) => saveRealm(stores, '/beta'), { httpAllow: [hooks.host] })
  url = server.url
  agent = await agentSignsIn(url)
  lead = await signIn(url, 'lena', 'Lena-Pass-2026')
  administrator = await signInAsAdministrator(url)
  await turnOffPause(url)
})

afterAll(async () => {
  await server.stop()
  await hooks.stop()
})

async function send(method: string, path: string, body: object, session = administrator) {
  const answer = await fetch(`${url}/json/realms/root/realms/alpha/${path}`, {
    method,
    headers: { 'content-type': 'application/json', iplanetdirectorypro: session },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const off = { count: 0 }
type Thresholds = Record<string, { count: number; minutes?: number }>

/** Turns all other kinds off. */
async function setAlarms(alarms: Thresholds): Promise<void> {
  const all = { denials: off, failures: off, callerCheckedOften: off, ...alarms }
  const { status } = await send('PUT', 'realm-config/help-desk', { alarms: all })
  expect(status).toBe(200)
}

type Row = Record<string, unknown> & { _id: string }
const alarmsOf = async (session = lead) => {
  const { status, body } = await get(url, 'help-desk/alarms', { session })
  expect(status).toBe(200)
  return body.result as Row[]
}
/** An alarm is raised beside the request whose event is one too many. */
const raised = (kind: string) =>
  vi.waitFor(async () => {
    const found = (await alarmsOf()).find((row) => row.kind === kind)
    if (found === undefined) throw new Error(`there is no alarm ${kind}`)
    return found
  })
const acknowledge = ({ _id }: Row, session = lead) =>
  send('POST', `help-desk/alarms/${_id}?_action=acknowledge`, {}, session)
const audited = async (event: string) => {
  const { body } = await get(url, `audit?event=${event}`, { session: administrator })
  return body.result as Record<string, unknown>[]
}
const reject = (transaction: string, reason = 'notMe') => backchannel(url, 'reject', { transaction, reason })

describe('many denials', () => {
  test('raise one alarm, in the audit trail, for webhooks and at the desk of leads', async () => {
    await setAlarms({ denials: { count: 2, minutes: 30 } })
    await send('POST', 'realm-config/help-desk/receivers?_action=create', {
      url: `http://${hooks.host}/alarms`,
      events: ['alarm.denials'],
    })
    const first = await deskOpens(url, agent)
    await reject(first.id)
    expect(await alarmsOf()).toEqual([])
    const second = await deskOpens(url, agent)
    await reject(second.id, 'calledMe')
    const alarm = await raised('denials')
    expect(alarm).toEqual({
      _id: expect.any(String),
      kind: 'denials',
      person: null,
      count: 2,
      minutes: 30,
      raisedAt: expect.any(Number),
      mayAcknowledge: true,
      acknowledgedAt: null,
      acknowledgedBy: null,
    })
    await reject((await deskOpens(url, agent)).id)
    await hooks.asked(1)
    expect(JSON.parse(hooks.requests[0]?.body ?? '')).toEqual({
      type: 'alarm.denials',
      timestamp: expect.any(String),
      data: { realm: '/alpha', count: 2, minutes: 30, person: null },
    })
    const entries = await audited('SIDEGATE-HELPDESK-ALARM')
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      realm: '/alpha',
      result: 'FAILED',
      count: 2,
      what: { kind: 'alarm', id: 'denials', operation: 'ACTION', action: 'raise' },
    })
    const seen = JSON.stringify([alarm, entries, hooks.requests.map(({ body }) => body)])
    for (const secret of [first.id, second.id, first.reference, second.reference]) {
      expect(seen).not.toContain(secret)
    }
  })

  test('leave the desk when a lead acknowledges, and are raised again by as many later ones', async () => {
    const alarm = await raised('denials')
    const { status, body } = await acknowledge(alarm)
    expect(status).toBe(200)
    expect(body).toMatchObject({ _id: alarm._id, acknowledgedBy: 'Lena Lead' })
    expect(await alarmsOf()).toEqual([])
    expect((await acknowledge(alarm)).status).toBe(200)
    const read = await audited('SIDEGATE-HELPDESK-ALARM-READ')
    expect(read).toMatchObject([{ result: 'SUCCESSFUL', who: { name: 'lena' }, what: { id: 'denials' } }])
    await reject((await deskOpens(url, agent)).id)
    // One more reaches the number, so the alarm is about both of them and none before.
    await reject((await deskOpens(url, agent)).id)
    expect(await raised('denials')).toMatchObject({ count: 2 })
    expect(await audited('SIDEGATE-HELPDESK-ALARM')).toHaveLength(2)
    await hooks.asked(2)
    expect(hooks.requests).toHaveLength(2)
    await acknowledge(await raised('denials'))
  })
})

describe('one person who is checked often', () => {
  test('raises an alarm for any agent, although every check is cancelled', async () => {
    const noor = await signIn(url, 'noor', 'Noor-Pass-2026')
    // Five checks before this one.
    await setAlarms({ callerCheckedOften: { count: 8, minutes: 60 } })
    for (const session of [agent, noor, agent]) {
      const { reference } = await deskOpens(url, session)
      const cancelled = await send('POST', 'authenticate/backchannel/cancel', { reference }, session)
      expect(cancelled.status).toBe(200)
      if (session === noor) expect(await alarmsOf()).toEqual([])
    }
    expect(await raised('callerCheckedOften')).toMatchObject({ person: 'Alex Caller', minutes: 60 })
    const [entry] = await audited('SIDEGATE-HELPDESK-ALARM')
    expect(entry).toMatchObject({ whom: { name: 'alex' }, what: { id: 'callerCheckedOften' } })
  })
})

describe('who sees alarms', () => {
  test('are leads of the realm and administrators', async () => {
    const alarm = await raised('callerCheckedOften')
    const path = `help-desk/alarms/${alarm._id}?_action=acknowledge`
    const beta = async (method: string, to: string, session: string) => {
      const answer = await fetch(`${url}/json/realms/root/realms/beta/${to}`, {
        method,
        headers: { 'content-type': 'application/json', iplanetdirectorypro: session },
        ...(method === 'POST' && { body: '{}' }),
      })
      const body = (await answer.json()) as { result?: unknown[] }
      return { status: answer.status, body }
    }
    for (const [session, status] of [
      [agent, 403],
      ['', 401],
    ] as const) {
      expect((await get(url, 'help-desk/alarms', { session })).status).toBe(status)
      expect((await acknowledge(alarm, session)).status).toBe(status)
    }
    expect((await beta('GET', 'help-desk/alarms', lead)).status).toBe(403)
    expect((await beta('POST', path, lead)).status).toBe(403)
    expect((await beta('GET', 'help-desk/alarms', administrator)).body.result).toEqual([])
    expect((await beta('POST', path, administrator)).status).toBe(404)
    expect(await alarmsOf(administrator)).toMatchObject([{ _id: alarm._id, mayAcknowledge: true }])
  })

  test('a lead whose own checks are counted can neither acknowledge it nor hide it by one more', async () => {
    await acknowledge(await raised('callerCheckedOften'))
    await deskOpens(url, lead)
    await setAlarms({ failures: { count: 1, minutes: 60 } })
    const { id } = await deskOpens(url, lead)
    await callerEnters(url, await callerOpens(url, id), 'wrong')
    const alarm = await raised('failures')
    expect(alarm).toMatchObject({ mayAcknowledge: false })
    const refused = await acknowledge(alarm)
    expect(refused).toMatchObject({ status: 403, body: { detail: { problem: 'involved' } } })
    expect(await audited('SIDEGATE-HELPDESK-ALARM-READ')).toMatchObject([
      { result: 'FAILED', who: { name: 'lena' }, what: { id: 'failures' } },
      { result: 'SUCCESSFUL' },
      { result: 'SUCCESSFUL' },
      { result: 'SUCCESSFUL' },
    ])
    expect(await alarmsOf()).toHaveLength(1)
    expect((await acknowledge(alarm, administrator)).status).toBe(200)
  })
})
