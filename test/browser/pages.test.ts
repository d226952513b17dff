import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectNoSidewaysScroll, TestBrowser } from './browser.ts'

const pages = [
  '/am/XUI/',
  '/am/UI/Login',
  '/desk/',
  '/desk/checks/abc',
  '/console/',
  '/console/journeys/Login',
]

let server: TestServer
let browser: TestBrowser
let origin: string

beforeAll(async () => {
  server = await startServer()
  origin = new URL(server.url).origin
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  await browser.close()
  await server.stop()
})

describe('the pages', () => {
  it.each(pages)('%s loads scripts and styles only from this server, and is never framed', async (path) => {
    const { status, headers } = await fetch(origin + path)

    expect(status).toBe(200)
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('give each answer of the desk a new style nonce, and the sign-in page none', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await fetch(`${origin}/desk/`)
        const nonce = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1]
        expect(await response.text()).toContain(`content="${nonce}"`)
        return nonce
      }),
    )

    expect(nonces[0]).not.toBe(nonces[1])
    const signIn = await fetch(`${origin}/am/XUI/`)
    expect(signIn.headers.get('content-security-policy')).not.toContain('nonce')
  })

  it('have assets that are immutable and compressed', async () => {
    const html = await (await fetch(`${origin}/am/XUI/`)).text()
    const script = /src="([^"]+-[\w-]{8}\.js)"/.exec(html)?.[1] ?? ''
    const response = await fetch(origin + script, { headers: { 'accept-encoding': 'gzip' } })

    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toContain('immutable')
    const react = /href="([^"]+\/react-[^"]+\.js)"/.exec(html)?.[1] ?? ''
    const plain = await (await fetch(origin + react, { headers: { 'accept-encoding': 'identity' } })).text()
    for (const encoding of ['br', 'gzip']) {
      const compressed = await fetch(origin + react, { headers: { 'accept-encoding': encoding } })
      expect(compressed.headers.get('content-encoding')).toBe(encoding)
      expect(compressed.headers.get('vary')).toBe('accept-encoding')
      expect(await compressed.text()).toBe(plain)
    }
    const refused = await fetch(origin + react, { headers: { 'accept-encoding': 'gzip;q=0, identity' } })
    expect(refused.headers.get('content-encoding')).toBeNull()
  })

  it('serve no files outside of the assets', async () => {
    for (const path of [
      '/am/XUI/assets/../stamp',
      '/am/XUI/assets/%2e%2e/stamp',
      '/am/XUI/assets/nothing.js',
    ]) {
      const response = await fetch(origin + path)
      expect(response.status === 404 || (await response.text()).startsWith('<!doctype html>')).toBe(true)
    }
  })

  it('open in a browser without errors or policy violations', async () => {
    const page = await (await browser.person()).newPage()
    for (const path of ['/am/UI/Login', '/desk/checks/abc', '/console/journeys/Login']) {
      await page.goto(origin.replace('127.0.0.1', 'localhost') + path)
      // All of them end at the sign-in page, because nobody is signed in.
      await page.locator('main form').waitFor()
      await expectNoSidewaysScroll(page)
      browser.expectNoProblems()
    }
  })
})
