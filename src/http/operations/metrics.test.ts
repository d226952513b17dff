import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveJourney } from '../../../test/support/prepared-folder.ts'
import { startPrepared } from '../../../test/support/prepared-server.ts'
import { adminPassword, type TestServer } from '../../../test/support/start-server.ts'
import { answerStep, signIn, startJourney } from '../../../test/support/wire.ts'

const metricsPassword = 'Metrics-Password-2026'

let server: TestServer
beforeAll(async () => {
  server = await startPrepared(
    (stores) =>
      saveJourney(stores, 'Counted', {
        ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } },
      }),
    { metricsPassword },
  )
})
afterAll(() => server.stop())

const read = (headers: Record<string, string>, path = '/json/metrics/prometheus', url = server.url) =>
  fetch(`${url}${path}`, { headers })
const basic = (credentials: string) => ({
  authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
})

test.each([
  ['as a bearer', { authorization: `Bearer ${metricsPassword}` }],
  ['with any username', basic(`prometheus:${metricsPassword}`)],
  ['without a username', basic(`:${metricsPassword}`)],
])('accepts the configured password %s', async (_how, headers) => {
  const answer = await read(headers)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(await answer.text()).toContain('# TYPE sidegate_journeys_started_total counter')
})

test.each([
  ['nothing', {}],
  ['another password', { authorization: 'Bearer wrong' }],
  ['the password as the username', basic(`${metricsPassword}:`)],
  ['no username at all', basic(metricsPassword)],
  ['another scheme', { authorization: `Digest ${metricsPassword}` }],
])('refuses %s', async (_what, headers) => {
  const answer = await read(headers as Record<string, string>)
  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toBe('Basic realm="metrics"')
  expect(await answer.json()).toEqual({ code: 401, reason: 'Unauthorized', message: 'Access Denied' })
})

test('lets administrators read metrics, but no other people', async () => {
  const cookie = async (name: string, password: string, realm: string) => ({
    cookie: `iPlanetDirectoryPro=${await signIn(server.url, name, password, realm)}`,
  })
  expect((await read(await cookie('amadmin', adminPassword, '/'))).status).toBe(200)
  expect((await read(await cookie('alex', 'Alex-Pass-2026', 'alpha'))).status).toBe(403)
})

test('accepts no password if none is configured, not even an empty one', async () => {
  const strict = await startPrepared(async () => undefined)
  try {
    for (const given of ['', metricsPassword, 'undefined']) {
      const answer = await read(basic(`prometheus:${given}`), '/json/metrics/prometheus', strict.url)
      expect(answer.status).toBe(401)
    }
  } finally {
    await strict.stop()
  }
})

test('counts the start, nodes and end of a journey once each step is saved', async () => {
  const asked = await startJourney(server.url, 'Counted')
  const before = await (await read(basic(`p:${metricsPassword}`))).text()
  expect(before).toContain('sidegate_journeys_started_total{realm="/alpha",journey="Counted"} 1')
  expect(before).not.toContain('sidegate_journeys_ended_total{realm="/alpha",journey="Counted"')
  await answerStep(server.url, asked, ['alex'])
  const after = await (await read(basic(`p:${metricsPassword}`))).text()
  expect(after).toContain(
    'sidegate_journeys_ended_total{realm="/alpha",journey="Counted",outcome="success"} 1',
  )
  expect(after).toMatch(/sidegate_node_seconds_count\{type="UsernameCollectorNode"\} 2/)
  expect(after).toMatch(/am_authentication_total\{outcome="success"\} \d/)
})

test('uses _sum in the newer endpoint where the older one uses _total', async () => {
  const newer = await (await read(basic(`p:${metricsPassword}`), '/metrics/prometheus/0.0.4')).text()
  expect(newer).toContain('# TYPE am_authentication_sum counter')
  expect(newer).not.toContain('am_authentication_total')
})

test('has no names of people and no tokens in metrics', async () => {
  await signIn(server.url, 'alex', 'Alex-Pass-2026')
  const text = await (await read(basic(`p:${metricsPassword}`))).text()
  expect(text).not.toMatch(/alex/i)
})
