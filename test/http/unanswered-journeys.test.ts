import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'

let server: TestServer

beforeAll(async () => {
  // A single network may have a tenth of them.
  server = await startServer({ maxUnansweredJourneys: 30, trustedProxies: ['127.0.0.1'] })
})
afterAll(() => server.stop())

const starts = (address: string) =>
  startJourney(server.url, 'Login', { headers: { 'x-forwarded-for': address } })
const signsIn = (page: Awaited<ReturnType<typeof starts>>) =>
  answerStep(server.url, page, ['alex', 'Alex-Pass-2026'])

test('a journey that ends at once doesn’t count', async () => {
  const headers = { 'x-openam-username': 'alex', 'x-openam-password': 'Alex-Pass-2026' }
  const waiting = await starts('127.0.0.1')
  for (let count = 0; count < 5; count++) {
    expect((await startJourney(server.url, 'Login', { headers })).body.tokenId).toBeDefined()
  }
  expect((await signsIn(waiting)).body.tokenId).toBeDefined()
})

test('a network above its share loses its oldest unanswered journey, which looks expired', async () => {
  const pages = []
  for (let host = 1; host <= 4; host++) pages.push(await starts(`2001:db8:0:${host}::1`))
  expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const [first, second] = await Promise.all(pages.slice(0, 2).map(signsIn))
  expect(first).toMatchObject({ status: 401, body: { message: 'Session has timed out' } })
  expect(second?.body.tokenId).toBeDefined()
})

test('a journey that was answered is no longer dropped', async () => {
  const next = await answerStep(server.url, await starts('192.0.2.1'), ['alex', 'wrong'])
  for (let host = 2; host <= 5; host++) await starts(`192.0.2.${host}`)
  expect((await signsIn(next)).body.tokenId).toBeDefined()
})

test('an answer that the page refuses leaves the journey counted', async () => {
  const page = await starts('198.51.100.1')
  const answer = { ...page, body: { ...page.body, callbacks: [] } }
  expect((await answerStep(server.url, answer)).status).toBe(400)
  for (let host = 2; host <= 4; host++) await starts(`198.51.100.${host}`)
  expect((await signsIn(page)).status).toBe(401)
})
