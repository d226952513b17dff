import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { rawRequest } from '../support/raw-request.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const originOf = ({ url }: TestServer) => new URL(url).origin

async function startPageOf(server: TestServer, headers: Record<string, string> = {}) {
  const response = await fetch(`${originOf(server)}/`, { redirect: 'manual', headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('the page at the root of a server with one realm', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.stop())

  test('links to the desk, the console and the sign-in page of the realm', async () => {
    const { status, text, headers } = await startPageOf(server)
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    for (const address of ['/desk/?realm=%2Falpha', '/console/', '/am/XUI/?realm=%2Falpha']) {
      expect(text).toContain(`href="${address}"`)
      expect((await fetch(originOf(server) + address)).status).toBe(200)
    }
  })

  test.each([
    ['de-CH,de;q=0.9', 'Wohin möchten Sie?', 'ltr'],
    ['fr', 'Où souhaitez-vous aller ?', 'ltr'],
    ['es-MX', '¿Adónde quiere ir?', 'ltr'],
    ['ar', 'إلى أين تريد الذهاب؟', 'rtl'],
    ['ja', 'Where would you like to go?', 'ltr'],
  ])('is written in the language of the browser: %s', async (language, title, direction) => {
    const { text } = await startPageOf(server, { 'accept-language': language })
    expect(text).toContain(`<h1>${title}</h1>`)
    expect(text).toContain(`dir="${direction}"`)
  })
})

describe('the page at the root of a server with several realms', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startPrepared(async (stores) => {
      await saveRealm(stores, '/secret-customer')
      await saveRealm(stores, '/shop', { allowedHosts: ['shop.example'] })
    })
  })
  afterAll(() => server.stop())

  test('asks for the realm, and names none', async () => {
    const { text } = await startPageOf(server)
    expect(text).toContain('name="realm"')
    expect(text).toContain('formaction="/desk/"')
    expect(text).not.toContain('secret-customer')
  })

  test('is the sign-in page at the host of a realm', async () => {
    const request = 'GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n'
    const { status, head } = await rawRequest(server.url, request)
    expect([status, /^location: (.*)$/im.exec(head)?.[1]]).toEqual([302, '/am/XUI/'])
  })
})
