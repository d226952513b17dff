import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ trustedProxies: ['127.0.0.1'] })
})
afterAll(() => server.stop())

const report = (address: string) =>
  fetch(`${server.url}/messages/status/${randomBytes(16).toString('hex')}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ status: 'delivered' }),
  })

test('an address that reports 60 unknown messages gets 429 for the next one, and no other address does', async () => {
  for (let count = 0; count < 60; count++) expect((await report('192.0.2.1')).status).toBe(404)
  const refused = await report('192.0.2.1')
  expect(refused.status).toBe(429)
  expect(await refused.json()).toMatchObject({ detail: { problem: 'tooManyUnknownReports' } })
  expect((await report('192.0.2.2')).status).toBe(404)
})
