import { afterAll, beforeAll, expect, test } from 'vitest'
import { FeedReader } from '../support/feed-reader.ts'
import { agentOpens, agentWatches, letAnyoneStartChecks, patient } from '../support/help-desk-play.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

const metricsPassword = 'Metrics-Password-2026'
const password = 'Alex-Pass-2026'

/** Long enough for other requests to arrive meanwhile, short enough for the CPU limit. */
const slow = 'let sum = 0; for (let i = 0; i < 300000; i++) sum += i; action.goTo("true")'

let server: TestServer
beforeAll(async () => {
  server = await startPrepared(
    async (stores) => {
      await saveJourney(stores, 'Slow', {
        ask: { type: 'UsernameCollectorNode', to: { outcome: 'think' } },
        think: await scripted(stores, 'Slow', slow, { true: 'success' }),
      })
    },
    { metricsPassword, maxFeeds: 1, maxWaitingPasswords: 1, maxWaitingScripts: 1 },
  )
  await letAnyoneStartChecks(server.url)
})
afterAll(() => server.stop())

const busy = { code: 503, reason: 'Service Unavailable', message: 'Service Unavailable' }

async function overloads(bound: string): Promise<number> {
  const headers = { authorization: `Bearer ${metricsPassword}` }
  const text = await (await fetch(`${server.url}/json/metrics/prometheus`, { headers })).text()
  return Number(new RegExp(`^sidegate_overloads_total\\{bound="${bound}"\\} (\\d+)$`, 'm').exec(text)?.[1])
}

/** Answers many pages at once, then the rejected ones again, one by one. @returns the rejections. */
async function answerAll(pages: readonly WireAnswer[], values: string[]): Promise<WireAnswer[]> {
  const answers = await Promise.all(pages.map((page) => answerStep(server.url, page, values)))
  const refused = answers.filter(({ status }) => status !== 200)
  for (const { status, headers, body } of refused) {
    expect([status, headers.get('retry-after'), body]).toEqual([503, '5', busy])
  }
  for (const [index, { status }] of answers.entries()) {
    const page = pages[index]
    if (status === 200 || page === undefined) continue
    // The rejected step ran no node, so the same answers are accepted now.
    expect((await answerStep(server.url, page, values)).body.successUrl).toBeDefined()
  }
  return refused
}

const openMany = (journey: string) =>
  Promise.all(Array.from({ length: 30 }, () => startJourney(server.url, journey)))

test('sign-ins beyond the queue for password hashes get 503 at once and can be repeated', async () => {
  const refused = await answerAll(await openMany('Login'), ['alex', password])
  expect(refused.length).toBeGreaterThan(0)
  expect(await overloads('passwords')).toBe(refused.length)
})

test('steps beyond the queue for scripts get 503 and fail no journey', async () => {
  const refused = await answerAll(await openMany('Slow'), ['alex'])
  expect(refused.length).toBeGreaterThan(0)
  expect(await overloads('scripts')).toBe(refused.length)
})

test('feeds and held answers beyond the maximum get 503 until one closes', async () => {
  const page = await agentOpens(server.url)
  const first = await agentWatches(server.url, page)
  await first.first(1)
  const headers = { 'x-sidegate-authid': stepOf(page).authId }
  const second = await FeedReader.open(server.url, { headers })
  expect([second.status, second.headers.get('retry-after')]).toEqual([503, '5'])
  expect(JSON.parse(second.error)).toEqual(busy)
  const held = await answerStep(server.url, page, [], patient)
  expect([held.status, held.headers.get('retry-after'), held.body]).toEqual([503, '5', busy])
  expect(await overloads('feeds')).toBe(2)

  await first.leave()
  await expect
    .poll(async () => {
      const third = await FeedReader.open(server.url, { headers })
      await third.leave()
      return third.status
    })
    .toBe(200)
})

test('a rejection is one log line without a stack', () => {
  const lines = logLines(server).filter(({ msg }) => msg === 'request refused: too busy')
  expect(new Set(lines.map(({ bound }) => bound))).toEqual(new Set(['passwords', 'scripts', 'feeds']))
  for (const line of lines) expect(line).not.toHaveProperty('err')
})
