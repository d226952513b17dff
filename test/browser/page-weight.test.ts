import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import { originOf, signInAsAdministrator } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** Collects the scripts that a page loads from now on. */
function scriptsOf(page: Page): Set<string> {
  const scripts = new Set<string>()
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(request.url())
  })
  return scripts
}

/** Bytes of scripts, compressed with gzip. */
async function weightOf(scripts: Iterable<string>): Promise<number> {
  const weights = [...scripts].map(async (url) => {
    const response = await fetch(url.replace('localhost', '127.0.0.1'))
    return gzipSync(await response.bytes()).length
  })
  return (await Promise.all(weights)).reduce((sum, weight) => sum + weight, 0)
}

describe('the sign-in page', () => {
  it('loads at most 120 KB of scripts before people can sign in, and no part of the desk or the console', async () => {
    const page = await (await browser.freshPerson()).newPage()
    const scripts = scriptsOf(page)
    await page.goto(`${originOf(server)}/am/XUI/?realm=/alpha&service=Login`)
    await page.getByLabel('Password', { exact: true }).waitFor()
    await page.waitForLoadState('networkidle')

    expect(scripts.size).toBeGreaterThan(2)
    expect(await weightOf(scripts)).toBeLessThanOrEqual(120 * 1024)
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    expect(loaded.filter((name) => /mantine|editor|designer/.test(name))).toEqual([])
  })
})

describe('the page for short codes', () => {
  it('loads at most 100 KB of scripts, most of which the sign-in page needs next', async () => {
    const person = await browser.freshPerson()
    const page = await person.newPage()
    const scripts = scriptsOf(page)
    await page.goto(`${originOf(server)}/c`)
    await page.locator('#code').waitFor()
    await page.waitForLoadState('networkidle')
    expect(scripts.size).toBeGreaterThan(2)
    expect(await weightOf(scripts)).toBeLessThanOrEqual(100 * 1024)

    const ofSignIn = scriptsOf(await person.newPage())
    const next = person.pages().at(-1)
    await next?.goto(`${originOf(server)}/am/XUI/?realm=/alpha&service=Login`)
    await next?.getByLabel('Password', { exact: true }).waitFor()
    const own = [...scripts].filter((url) => !ofSignIn.has(url))
    expect(await weightOf(own)).toBeLessThan(10 * 1024)
  })
})

describe('the console', () => {
  it('loads the code of a page when it is first shown', async () => {
    const person = await browser.freshPerson()
    await signInAsAdministrator(person, server)
    const page = await person.newPage()
    const scripts = scriptsOf(page)
    const loadedAt = async (path: string) => {
      const before = new Set(scripts)
      await page.goto(`${originOf(server)}/console${path}?realm=/alpha`)
      await page.getByRole('main').first().waitFor()
      await page.waitForLoadState('networkidle')
      return [...scripts].filter((url) => !before.has(url))
    }
    await loadedAt('/realms')
    for (const path of ['/transactions', '/audit', '/sessions', '/identities', '/realm', '/journeys']) {
      const own = await loadedAt(path)
      expect(own, path).not.toEqual([])
      // Canvas and script editor are most of the console's code: list pages must not load them.
      expect(await weightOf(own), path).toBeLessThan(60 * 1024)
    }
    for (const path of ['/journeys/Login', '/scripts/none']) {
      expect(await weightOf(await loadedAt(path)), path).toBeGreaterThan(60 * 1024)
    }
  })
})
