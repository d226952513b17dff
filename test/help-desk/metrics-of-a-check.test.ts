import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import {
  agentSignsIn,
  agentWaits,
  agentWatches,
  callerSignsIn,
  deskOpens,
  patient,
} from '../support/help-desk-play.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'

const metricsPassword = 'Metrics-Password-2026'

let server: TestServer
beforeAll(async () => {
  server = await startPrepared(async () => undefined, { metricsPassword })
})
afterAll(() => server.stop())

async function metrics(): Promise<string> {
  const headers = { authorization: `Bearer ${metricsPassword}` }
  return (await fetch(`${server.url}/json/metrics/prometheus`, { headers })).text()
}

/** The value of a series, or undefined if there is none. */
function seriesOf(text: string, series: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length + 1))
}

test('a check is counted from its opening to its result, with the delay of its feed and without personal data', async () => {
  const dana = await agentSignsIn(server.url)
  const { page, id, reference } = await deskOpens(server.url, dana)
  const feed = await agentWatches(server.url, page)
  await feed.first(1)
  expect(seriesOf(await metrics(), 'sidegate_feed_readers')).toBe(1)
  expect(seriesOf(await metrics(), 'sidegate_transactions_open{state="created"}')).toBe(1)
  expect((await callerSignsIn(server.url, id)).body.tokenId).toBeDefined()
  await feed.closed
  await agentWaits(server.url, await answerStep(server.url, page, [], patient))

  const text = await metrics()
  const live = feed.events.filter(({ event }) => event !== 'snapshot')
  expect(live.length).toBeGreaterThan(2)
  expect(seriesOf(text, 'sidegate_feed_lag_seconds_count')).toBe(live.length)
  expect(seriesOf(text, 'sidegate_transactions_total{moment="opened"}')).toBe(1)
  expect(seriesOf(text, 'sidegate_transactions_total{moment="approved"}')).toBe(1)
  expect(seriesOf(text, 'sidegate_transactions_open{state="created"}')).toBe(0)
  expect(seriesOf(text, 'sidegate_transactions_open{state="in_progress"}')).toBe(0)
  expect(seriesOf(text, 'sidegate_feed_readers')).toBe(0)
  expect(seriesOf(text, 'sidegate_passwords_waiting')).toBe(0)
  expect(seriesOf(text, 'sidegate_scripts_waiting')).toBe(0)
  expect(seriesOf(text, 'sidegate_database_waiting')).toBe(0)
  expect(seriesOf(text, 'sidegate_database_connections{state="idle"}')).toBeGreaterThan(0)
  // The notice of the approved check waits for a mail server.
  expect(seriesOf(text, 'sidegate_outbox_items{outbox="mails"}')).toBe(1)
  expect(seriesOf(text, 'sidegate_outbox_items{outbox="calls"}')).toBe(0)
  for (const secret of [id, dana, reference, 'alex']) expect(text).not.toContain(secret)
})

test('a limit that is reached is counted under the problem of its refusal', async () => {
  const ask = asking(server.url, await signInAsAdministrator(server.url))
  const settings = '/realms/root/realms/alpha/realm-config/help-desk'
  await ask(settings, { method: 'PUT', body: { maxChecksPerAgent: 10, maxChecksPerPerson: 1 } })
  const headers = { iplanetdirectorypro: await agentSignsIn(server.url) }
  const query = '&ForceAuth=true&action=Unlock%20the%20account&reason=New%20phone'
  const refused = await answerStep(
    server.url,
    await startJourney(server.url, 'HelpDesk', { query, headers }),
    ['alex@example.com'],
    { headers },
  )
  expect(refused.status).toBe(429)
  expect(seriesOf(await metrics(), 'sidegate_limits_reached_total{limit="tooManyOfPerson"}')).toBe(1)
})
