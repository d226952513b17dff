import { once } from 'node:events'
import { request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

// A server behind a proxy that serves two hosts: one for sign-ins, and a short one that agents read out.

let server: TestServer
let url: string

beforeAll(async () => {
  const port = await freePort()
  server = await startServer({
    baseUrl: 'https://sso.example.com',
    shortUrl: 'https://go.example.com/c',
    port,
  })
  url = `http://127.0.0.1:${port}/am`
})
afterAll(() => server.stop())

/** The URL of a server behind a proxy doesn't contain its port, so the test chooses one. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/** Sends a request as the proxy forwards it from the short host. */
async function atShortHost(path: string, body?: object) {
  const sent = request(new URL(path, url), {
    method: body === undefined ? 'GET' : 'POST',
    headers: { host: 'go.example.com', 'content-type': 'application/json' },
  })
  sent.end(body === undefined ? undefined : JSON.stringify(body))
  const [answer] = await once(sent, 'response')
  let text = ''
  for await (const part of answer) text += part
  return { status: answer.statusCode, headers: answer.headers, text }
}

test('the page on the short host is not stored, framed or named to other sites, and runs only its own scripts', async () => {
  const { status, headers, text } = await atShortHost('/c')
  expect(status).toBe(200)
  expect(text).toContain('<div id="root">')
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'content-security-policy': expect.stringContaining("script-src 'self'; style-src 'self';"),
  })
  const [, script = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(text) ?? []
  expect((await atShortHost(script)).status).toBe(200)
})

test('a code that is typed on the short host leads to the host for sign-ins', async () => {
  const agent = await agentSignsIn(url)
  const { id, reference } = await deskOpens(url, agent)
  const path = `/realms/root/realms/alpha/help-desk/verifications/${reference}?_action=shortCode`
  const { body } = await asking(url, agent)(path, { method: 'POST', body: {} })
  expect(body.address).toBe('https://go.example.com/c')
  const redeemed = await atShortHost('/am/json/short-codes?_action=redeem', { code: body.code })
  expect(redeemed.status).toBe(200)
  const { link } = JSON.parse(redeemed.text)
  expect(link).toMatch(/^https:\/\/sso\.example\.com\/am\/XUI\/\?/)
  expect(new URL(link).searchParams.get('authIndexValue')).toBe(id)
})
