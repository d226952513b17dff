import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backchannel, newBackchannelToken, openTransaction } from '../support/backchannel-client.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, authenticate } from '../support/wire.ts'

/** How far the clock of the server is ahead. A slow service moves it in the middle of a step. */
let aheadMs = 0
let slowMs = 0
let service: Server
let server: TestServer
let token: string

beforeAll(async () => {
  service = createServer((_request, response) => {
    aheadMs += slowMs
    response.end('{}')
  })
  await once(service.listen(0, '127.0.0.1'), 'listening')
  // The address of a TCP server is never a string.
  const host = `127.0.0.1:${(service.address() as AddressInfo).port}`
  const source = `httpClient.send("http://${host}/").get(); action.goTo("next");`
  server = await startPrepared(
    async (stores) => {
      for (const end of ['success', 'failure']) {
        await saveJourney(stores, end, {
          ask: { type: 'UsernameCollectorNode', to: { outcome: 'wait' } },
          wait: await scripted(stores, `wait-${end}`, source, { next: end }),
        })
      }
    },
    { httpAllow: [host] },
    { now: () => Date.now() + aheadMs },
  )
  token = await newBackchannelToken(server.url)
})

afterAll(async () => {
  await server?.stop()
  service?.close()
})

test.each([
  ['approves a check that is open at its end', 'success', 0, 'APPROVED'],
  ['does not approve a check that expired while it ran', 'success', 24 * 3_600_000, 'UNKNOWN'],
  ['denies a check that is open at its end', 'failure', 0, 'DENIED'],
  ['does not deny a check that expired while it ran', 'failure', 24 * 3_600_000, 'UNKNOWN'],
])('a step %s', async (_case, value, milliseconds, result) => {
  slowMs = milliseconds
  const transaction = await openTransaction(server.url, token, { value, allowRetry: false })
  const page = await authenticate(server.url, {
    query: `?authIndexType=transaction&authIndexValue=${transaction}`,
  })
  const { status } = await answerStep(server.url, page, ['alex'])
  expect(status).toBe(result === 'APPROVED' ? 200 : 401)
  aheadMs = 0
  const { body } = await backchannel(server.url, 'info', { transaction }, { token })
  expect(body.result).toBe(result)
})
