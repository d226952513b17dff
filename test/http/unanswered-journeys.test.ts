import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'

let server: TestServer

beforeAll(async () => {
  // A single address may have a tenth of them.
  server = await startServer({ maxUnansweredJourneys: 30 })
})
afterAll(() => server.stop())

test('a journey that ends at once doesn’t count', async () => {
  const headers = { 'x-openam-username': 'alex', 'x-openam-password': 'Alex-Pass-2026' }
  for (let count = 0; count < 5; count++) {
    expect((await startJourney(server.url, 'Login', { headers })).body.tokenId).toBeDefined()
  }
})

test('an address with too many unanswered journeys gets 429 until one is answered', async () => {
  const { url } = server
  const first = await startJourney(url, 'Login')
  for (let count = 1; count < 3; count++) expect((await startJourney(url, 'Login')).status).toBe(200)
  const refused = await startJourney(url, 'Login')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused.body).toMatchObject({
    message: 'Too many journeys from this address were started and not answered',
    detail: { problem: 'tooManyJourneys' },
  })
  expect((await answerStep(url, first, ['alex', 'Alex-Pass-2026'])).body.tokenId).toBeDefined()
  expect((await startJourney(url, 'Login')).status).toBe(200)
})
