import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { FeedReader, sightOf } from '../support/feed-reader.ts'
import { caller, letAnyoneStartChecks, linkOf, message } from '../support/help-desk-play.ts'
import { isLongRun } from '../support/long-run.ts'
import { ServerProcess } from '../support/server-process.ts'
import { authenticate, filledIn, stepOf, type WireAnswer } from '../support/wire.ts'

/** A request to the authenticate endpoint. It can be sent twice. */
type Request = { query?: string; body?: JsonObject; headers?: Record<string, string> }

/** The last answers to both sides, and the id of their transaction. */
type Play = { agent: WireAnswer; caller: WireAnswer; id: string }

type Move = {
  request(play: Play): Request
  /** Stores the answer. */
  take(play: Play, answer: WireAnswer): void
  /** The expected answer: a page with this text, or a status. */
  shows: string | number
  /** Events that the feed has after this move. */
  news?: string[]
}

const pending = 'Waiting for the caller to open the link...'
const entered = 'User has entered their credentials'

function agentAnswers(shows: Move['shows'], values: Json[] = [], headers = {}): Move {
  return {
    request: ({ agent }) => ({ body: filledIn(stepOf(agent), ...values), headers }),
    take: (play, answer) => void Object.assign(play, { agent: answer }),
    shows,
  }
}

/** Long polling that returns at once, because the transaction has changed since the last page. */
const agentPolls = (shows: Move['shows']) => agentAnswers(shows, [], { prefer: 'wait=20' })

function callerOpens(news: string[]): Move {
  return {
    request: ({ id }) => ({ query: `?authIndexType=transaction&authIndexValue=${id}` }),
    take: (play, answer) => void Object.assign(play, { caller: answer }),
    shows: caller.userName,
    news,
  }
}

function callerEnters(password: string, shows: Move['shows'], news: string[]): Move {
  return {
    request: ({ caller }) => ({ body: filledIn(stepOf(caller), password) }),
    take: (play, answer) => void Object.assign(play, { caller: answer }),
    shows,
    news,
  }
}

/** Polls that change nothing, in a long run only: each move costs two starts of a server. */
const polls = (shows: Move['shows'], count: number) =>
  Array.from({ length: isLongRun ? count : 0 }, () => agentAnswers(shows))

/** The help-desk sample, request by request, with a wrong password first. */
const moves: Move[] = [
  { ...agentAnswers(''), request: () => ({ query: '?authIndexType=service&authIndexValue=HelpDesk' }) },
  agentAnswers(pending, [caller.mail]),
  ...polls(pending, 4),
  callerOpens(['IN_PROGRESS UNKNOWN']),
  agentPolls('Authentication in progress...'),
  ...polls('Authentication in progress...', 2),
  callerEnters('not-the-password', 401, [entered]),
  agentPolls(entered),
  ...polls(entered, 3),
  callerOpens([]),
  ...polls(entered, 2),
  callerEnters(caller.password, 200, [entered, "User's credentials are valid", 'COMPLETED APPROVED']),
  agentPolls('User successfully authenticated'),
  agentAnswers(200),
]

/** The data of a server that was killed after its first start, for copies. */
const prepared = mkdtempSync(join(tmpdir(), 'sidegate-kill-'))
let folder: string
let server: ServerProcess
let administrator: string

beforeAll(async () => {
  server = await ServerProcess.start(prepared)
  await letAnyoneStartChecks(server.url)
  await server.kill()
})

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidegate-kill-'))
  cpSync(prepared, folder, { recursive: true })
  server = await ServerProcess.start(folder)
  administrator = await signInAsAdministrator(server.url)
})

afterEach(async () => {
  await server.kill()
  rmSync(folder, { recursive: true, force: true })
})
afterAll(() => rmSync(prepared, { recursive: true, force: true }))

async function killAndRestart(): Promise<void> {
  await server.kill()
  server = await ServerProcess.start(folder)
}

async function keep(play: Play, move: Move, answer: WireAnswer): Promise<void> {
  const { shows } = move
  if (typeof shows === 'number') expect(answer.status).toBe(shows)
  else expect(message(answer) ?? '').toBe(shows)
  move.take(play, answer)
  if (move === moves[1]) play.id = (await linkOf(server.url, answer)).id
}

/** Expects exactly these events in the feed, as an administrator reads it. */
async function expectNews(id: string, news: readonly string[]): Promise<void> {
  const watching = { transaction: id, headers: { iplanetdirectorypro: administrator } }
  const now = await FeedReader.open(server.url, watching)
  const [snapshot] = await now.first(1)
  await now.leave()
  expect(snapshot?.data.sequence).toBe(news.length)
  const headers = { ...watching.headers, 'last-event-id': '0' }
  const all = await FeedReader.open(server.url, { ...watching, headers })
  const events = await all.first(news.length)
  await all.leave()
  expect(events.map(sightOf)).toEqual(news)
  expect(events.map(({ id }) => id)).toEqual(news.map((_sight, index) => String(index + 1)))
}

/** Creates or reads an empty journey, as an administrator. @returns the status. */
async function changeConfiguration(method: 'PUT' | 'GET', name: string): Promise<number> {
  const trees = 'realm-config/authentication/authenticationtrees/trees'
  const response = await fetch(`${server.url}/json/realms/root/realms/alpha/${trees}/${name}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'accept-api-version': 'protocol=2.1,resource=1.0',
      iplanetdirectorypro: administrator,
    },
    ...(method === 'PUT' ? { body: JSON.stringify({ nodes: {}, description: 'Saved' }) } : {}),
  })
  await response.arrayBuffer()
  return response.status
}

/** Sends the step of a move and stores the answer. */
async function make(move: Move, stand: Play): Promise<void> {
  await keep(stand, move, await authenticate(server.url, move.request(stand)))
}

async function expectSignedIn({ caller }: Play): Promise<void> {
  const response = await fetch(`${server.url}/json/realms/root/realms/alpha/sessions?_action=validate`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-api-version': 'resource=2.1, protocol=1.0',
      iplanetdirectorypro: String(caller.body.tokenId),
    },
  })
  expect(await response.json()).toMatchObject({ valid: true, uid: 'alex' })
}

test('a server killed after each answer has kept all acknowledged data, and both journeys complete', {
  timeout: 120_000,
}, async () => {
  const stand = {} as Play
  const news: string[] = []
  for (const [k, move] of moves.entries()) {
    const request = move.request(stand)
    const answer = await authenticate(server.url, request)
    await keep(stand, move, answer)
    news.push(...(move.news ?? []))
    expect(await changeConfiguration('PUT', `Saved-${k}`)).toBe(201)

    await killAndRestart()
    expect(await changeConfiguration('GET', `Saved-${k}`)).toBe(200)
    if (stand.id !== undefined) await expectNews(stand.id, news)
    if (request.body === undefined) continue
    const again = await authenticate(server.url, request)
    expect({ status: again.status, body: again.body }).toEqual({ status: answer.status, body: answer.body })
  }
  await expectNews(stand.id, news)
  await expectSignedIn(stand)
})

test('a server killed during a step accepts the step again, and both journeys complete', {
  timeout: 120_000,
}, async () => {
  const stand = {} as Play
  const news: string[] = []
  let unanswered = 0
  for (const [k, move] of moves.entries()) {
    const request = move.request(stand)
    const sent = authenticate(server.url, request).catch(() => undefined)
    // Kills when the step arrives, or after its first, second … log line, but not later than its answer.
    await Promise.race([sent, server.logged(k % 5)])
    await killAndRestart()
    const first = await sent
    if (first === undefined) unanswered++

    const answer = await authenticate(server.url, request)
    if (first !== undefined && request.body !== undefined) expect(answer.body).toEqual(first.body)
    await keep(stand, move, answer)
    news.push(...(move.news ?? []))
    if (stand.id !== undefined) await expectNews(stand.id, news)
  }
  expect(unanswered).toBeGreaterThan(0)
  await expectSignedIn(stand)
})

test.each([
  ['the first notification', 2],
  ['the second notification', 3],
  ['the end', 4],
])(
  'a server killed when the agent gets %s sends it once, after the step is repeated',
  async (_case, heard) => {
    const stand = {} as Play
    const finish = callerEnters(caller.password, 200, [])
    for (const move of [...moves.slice(0, 2), callerOpens([])]) await make(move, stand)
    const watching = { transaction: stand.id, headers: { iplanetdirectorypro: administrator } }
    const feed = await FeedReader.open(server.url, {
      ...watching,
      headers: { ...watching.headers, 'last-event-id': '0' },
    })
    const cut = feed.closed.catch(() => undefined)
    const sent = authenticate(server.url, finish.request(stand)).catch(() => undefined)
    await feed.first(heard)
    await killAndRestart()
    await sent
    await cut

    await make(finish, stand)
    await expectNews(stand.id, [
      'IN_PROGRESS UNKNOWN',
      entered,
      "User's credentials are valid",
      'COMPLETED APPROVED',
    ])
    await expectSignedIn(stand)
    await make(agentPolls('User successfully authenticated'), stand)
    await make(agentAnswers(200), stand)
  },
)
