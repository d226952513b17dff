import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { schemes, TestBrowser } from '../../test/browser/browser.ts'
import { openConsole } from '../../test/browser/console.ts'
import { callerOn, headline, linkOn, openDesk, prepareCheck, reject, startCheck } from '../../test/browser/desk.ts'
import { engineer, openJourney } from '../../test/browser/editor.ts'
import { callerSignsIn } from '../../test/support/help-desk-play.ts'
import { startServer, type TestServer } from '../../test/support/start-server.ts'
import { Table, type Window } from './compose.ts'
import { keepPicture } from './picture.ts'

// Each page in four widths, in light and in dark, on one sheet.

const sizes = [
  { width: 390, height: 844 },
  { width: 800, height: 1000 },
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
] as const

/** Height of each window on the sheet. */
const height = 300

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

async function keepScreens(name: string, page: Page): Promise<void> {
  const rows: Window[][] = []
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme })
    const row: Window[] = []
    for (const size of sizes) {
      await page.setViewportSize(size)
      await page.waitForLoadState('networkidle')
      const title = `${size.width} × ${size.height}, ${scheme}`
      row.push({ title, screenshot: await page.screenshot({ animations: 'disabled' }), height })
    }
    rows.push(row)
  }
  const table = await Table.lay(browser)
  keepPicture(`screens/${name}.png`, await table.inRows(...rows))
}

const lena = { realm: 'alpha', journey: 'Login', name: 'lena', password: 'Lena-Pass-2026' }

describe('the desk', () => {
  it('with a new check', async () => {
    const page = await openDesk(await browser.person(), server)
    await prepareCheck(page)
    await keepScreens('new-check', page)
  })

  it('with a check under way, and its result', async () => {
    const page = await openDesk(await browser.person(), server)
    const { id } = await startCheck(page, { check: 'Verify with a code' })
    await keepScreens('check-link', page)
    await callerOn(browser, await linkOn(page)).catch(() => undefined)
    await callerSignsIn(server.url, id).catch(() => undefined)
    await keepScreens('check-code', page)
  })

  it('with a verified caller', async () => {
    const page = await openDesk(await browser.person(), server)
    const { id } = await startCheck(page)
    await callerSignsIn(server.url, id)
    await headline(page, 'Verified')
    await keepScreens('check-verified', page)
  })

  it('with the wall, the numbers and the history', async () => {
    const dana = await openDesk(await browser.person(), server)
    for (const query of ['alex', 'bea', 'carl']) await startCheck(dana, { query, name: new RegExp(query, 'i') as never })
    const page = await openDesk(await browser.person(), server, '/desk/wall', lena)
    await keepScreens('wall', page)
  })
})

describe('the console', () => {
  it.each([
    ['journeys', '/journeys?realm=/alpha'],
    ['audit', '/audit?realm=/alpha'],
    ['identities', '/identities?realm=/alpha'],
    ['help-desk-settings', '/realm?realm=/alpha'],
  ])('with %s', async (name, path) => {
    const { page } = await openConsole(browser, server, path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await keepScreens(name, page)
  })

  it('with a journey', async () => {
    const page = await openJourney(await engineer(browser, server), server, 'HelpDesk')
    await keepScreens('editor', page)
  })
})

describe('the caller', () => {
  it('reads who asks, and why', async () => {
    const desk = await openDesk(await browser.person(), server)
    await startCheck(desk)
    const page = await (await browser.person()).newPage()
    await page.goto(await linkOn(desk))
    await page.getByRole('button', { name: 'Continue' }).waitFor()
    await keepScreens('caller', page)
  })

  it('types a short code', async () => {
    const page = await (await browser.person()).newPage()
    await page.goto(`${new URL(server.url).origin.replace('127.0.0.1', 'localhost')}/c`)
    await keepScreens('short-code', page)
  })

  it('says that it was not them', async () => {
    const desk = await openDesk(await browser.person(), server)
    const { id } = await startCheck(desk)
    await reject(server, id)
    await headline(desk, 'Stop: not Alex')
    await keepScreens('check-not-me', desk)
  })
})
