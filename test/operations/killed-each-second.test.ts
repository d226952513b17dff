import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import { type FeedEvent, FeedReader, sightOf } from '../support/feed-reader.ts'
import { caller, letAnyoneStartChecks, message } from '../support/help-desk-play.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres-databases.ts'
import { type RoundRobinProxy, startProxy } from '../support/round-robin-proxy.ts'
import { ServerProcess } from '../support/server-process.ts'
import { authenticate, filledIn, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

/** A server behind the proxy. Each start gets another port. */
class Server {
  url = ''
  isUp = false
  #process: ServerProcess | undefined

  async start(folder: string, databaseUrl: string): Promise<void> {
    this.#process = await ServerProcess.start(folder, { databaseUrl })
    this.url = this.#process.url
    this.isUp = true
  }

  async kill(): Promise<void> {
    this.isUp = false
    await this.#process?.kill()
  }
}

const kills = 4
/** How often at most, if none has interrupted a request. */
const maxKills = 20
const servers = [new Server(), new Server(), new Server()]
const folder = mkdtempSync(join(tmpdir(), 'sidegate-killed-'))
let database: FreshDatabase
let proxy: RoundRobinProxy

beforeAll(async () => {
  database = await freshDatabase()
  await Promise.all(servers.map((server) => server.start(folder, database.url)))
  proxy = await startProxy(servers)
  await letAnyoneStartChecks(proxy.url)
})

afterAll(async () => {
  proxy.stop()
  await Promise.all(servers.map((server) => server.kill()))
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** Requests that a kill has interrupted. */
let cuts = 0

/** Kills and restarts one server each second. At least one is always up. */
async function killThem(): Promise<void> {
  const starting = new Set<Promise<void>>()
  for (let turn = 0; turn < kills || (cuts === 0 && turn < maxKills); turn++) {
    await after(1000)
    while (servers.filter(({ isUp }) => isUp).length < 2) await Promise.race(starting)
    const victim = servers[turn % servers.length] as Server
    // Still restarting since its last turn.
    if (!victim.isUp) continue
    await victim.kill()
    const start = victim.start(folder, database.url).finally(() => starting.delete(start))
    starting.add(start)
  }
  await Promise.all(starting)
}

/** Repeats a request until it gets an answer other than 503. */
async function persistently(send: () => Promise<WireAnswer>): Promise<WireAnswer> {
  for (;;) {
    const answer = await send().catch(() => undefined)
    if (answer !== undefined && answer.status !== 503) return answer
    cuts++
    await after(50)
  }
}

const answer = (page: WireAnswer, values: string[] = [], more = {}) =>
  persistently(() => authenticate(proxy.url, { ...more, body: filledIn(stepOf(page), ...values) }))

/** An agent and their current page. */
class Agent {
  page!: WireAnswer
  readonly events: FeedEvent[] = []
  #feed: FeedReader | undefined
  readonly #link = Promise.withResolvers<string>()
  /** Resolves with the caller's link when the feed shows it. */
  readonly link = this.#link.promise

  async opens(): Promise<void> {
    const start = await persistently(() => startJourney(proxy.url, 'HelpDesk'))
    this.page = await answer(start, [caller.mail])
  }

  /** Reads the feed to its end, and resumes it after disconnects. */
  async watches(): Promise<void> {
    while (this.events.at(-1)?.data.state !== 'COMPLETED') {
      const seen = this.events.at(-1)?.id
      const headers = {
        'x-sidegate-authid': stepOf(this.page).authId,
        ...defined({ 'last-event-id': seen }),
      }
      const feed = await FeedReader.open(proxy.url, { headers }).catch(() => undefined)
      this.#feed = feed
      const [first] = (await feed?.first(1).catch(() => undefined)) ?? []
      if (first?.event === 'snapshot') this.#link.resolve(String(first.data.redirectUri))
      await feed?.closed.catch(() => undefined)
      this.events.push(...(feed?.events ?? []))
      if (first === undefined) await after(50)
    }
  }

  /** Reopens the feed: a server that was killed before its wake-up delays the feeds of other servers by half a minute. */
  async looksAgain(watched: Promise<void>): Promise<void> {
    await Promise.race([watched, after(500)])
    await this.#feed?.leave()
    await watched
  }

  async waits(): Promise<void> {
    while (this.page.body.callbacks?.some(({ type }) => type === 'PollingWaitCallback')) {
      this.page = await answer(this.page, [], { headers: { prefer: 'wait=1' } })
    }
  }
}

async function callerSignsIn(link: string): Promise<WireAnswer> {
  const id = new URL(link).searchParams.get('authIndexValue')
  const query = `?authIndexType=transaction&authIndexValue=${id}&ForceAuth=true`
  return answer(await persistently(() => authenticate(proxy.url, { query })), [caller.password])
}

/** Runs both sides of the example once. */
async function play(): Promise<void> {
  const agent = new Agent()
  await agent.opens()
  const watched = agent.watches()
  const [called] = await Promise.all([agent.link.then(callerSignsIn), agent.waits()])
  expect({ status: called.status, body: called.body }).toMatchObject({
    status: 200,
    body: { tokenId: expect.any(String) },
  })
  expect(message(agent.page)).toBe('User successfully authenticated')
  await agent.looksAgain(watched)
  // The agent's journey gives no session.
  expect(await answer(agent.page)).toMatchObject({
    status: 200,
    body: { realm: '/alpha', successUrl: expect.any(String) },
  })
  const events = agent.events.filter(({ event }) => event !== 'snapshot')
  expect(events.map(sightOf)).toEqual([
    'IN_PROGRESS UNKNOWN',
    'User has entered their credentials',
    "User's credentials are valid",
    'COMPLETED APPROVED',
  ])
  expect(events.map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
}

test('both journeys succeed and each event arrives in order while one of three servers is killed each second', async () => {
  let isOver = false
  const killing = killThem().finally(() => {
    isOver = true
  })
  const playing = async () => {
    let played = 0
    for (; !isOver; played++) await play()
    return played
  }
  const [played] = await Promise.all([playing(), killing])
  await play()
  expect(played).toBeGreaterThan(0)
  // Otherwise the kills interrupted no request.
  expect(cuts).toBeGreaterThan(0)
})
