import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { rawRequest } from '../support/raw-request.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const acceptOfBrowsers = 'text/html,application/xhtml+xml,*/*;q=0.8'

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

  test('is offered to browsers at an address without a page, which is not repeated', async () => {
    const browser = { accept: acceptOfBrowsers, 'accept-language': 'de' }
    const missing = (path: string, options: RequestInit) => fetch(originOf(server) + path, options)
    const page = await missing('/nope%3Cb%3E?secret=1', { headers: browser })
    const text = await page.text()
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text).toContain('<html lang="de" dir="ltr"')
    expect(text).toContain('Seite nicht gefunden')
    expect(text).toContain('href="/"')
    expect(text).not.toMatch(/nope|secret/)
  })

  test('is offered to navigations, whatever else they accept', async () => {
    const headers = { accept: 'text/html', 'sec-fetch-dest': 'document' }
    const request = [
      'GET /nope HTTP/1.1',
      'Host: localhost',
      'Connection: close',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ]
    const { status, body } = await rawRequest(server.url, `${request.join('\r\n')}\r\n\r\n`)
    expect(status).toBe(404)
    expect(body).toContain('<html lang="en"')
  })

  test.each<[string, string, RequestInit]>([
    ['programs', '/nope', {}],
    [
      'programs in Java',
      '/nope',
      { headers: { accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2' } },
    ],
    ['programs that accept only HTML', '/nope', { headers: { accept: 'text/html' } }],
    ['programs that accept anything', '/nope', { headers: { accept: '*/*' } }],
    ['programs that prefer JSON', '/nope', { headers: { accept: 'application/json, text/html;q=0.5' } }],
    ['other methods', '/nope', { method: 'POST', headers: { accept: acceptOfBrowsers } }],
    ['the paths of the API', '/am/json/nope', { headers: { accept: acceptOfBrowsers } }],
    ['the paths of managed objects', '/openidm/nope', { headers: { accept: acceptOfBrowsers } }],
  ])('%s get JSON at an address that does not exist', async (_who, path, options) => {
    const response = await fetch(originOf(server) + path, options)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(await response.json()).toMatchObject({ code: response.status })
    expect([401, 404]).toContain(response.status)
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
