import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, schemes, TestBrowser } from './browser.ts'
import { emptyJourney, engineer, openJourney, storeJourney } from './editor.ts'
import { choose, openJourneys, rowOf } from './journeys.ts'
import { originOf } from './signed-in.ts'

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

const field = (page: Page) => page.getByRole('combobox', { name: 'Search the console' })
const list = (page: Page) => page.getByRole('listbox', { name: 'Results' })
const option = (page: Page, name: string | RegExp) => list(page).getByRole('option', { name })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.locator('input[role=combobox]:focus').waitFor()
  await page.keyboard.insertText(text)
}

async function openPage(person: BrowserContext, path: string): Promise<Page> {
  const page = await person.newPage()
  await page.goto(`${originOf(server)}/console${path}?realm=%2Falpha`)
  await page.getByRole('navigation', { name: 'Console' }).waitFor()
  return page
}

describe('the search of the console', () => {
  it('loads on first use, and returns the focus', async () => {
    const person = await engineer(browser, server)
    const page = await openJourneys(person, server)
    await rowOf(page, 'Login').waitFor()
    const loaded = () => browser.requests().filter(({ path }) => /\/search-[^/]+\.js$/.test(path)).length
    const before = loaded()
    const import_ = page.getByRole('button', { name: 'Import' })
    await import_.focus()
    await page.keyboard.press('Control+k')
    await field(page).waitFor()
    expect(loaded()).toBe(before + 1)
    await option(page, 'Realm settings').waitFor()
    await page.keyboard.press('Escape')
    await field(page).waitFor({ state: 'detached' })
    expect(await import_.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+k')
    await field(page).waitFor()
    await page.keyboard.press('Control+k')
    await field(page).waitFor({ state: 'detached' })
  })

  it('finds journeys, custom nodes, scripts and pages, and opens them', async () => {
    const person = await engineer(browser, server)
    const arabic = 'دخول الموظفين 🔐'
    await storeJourney(person, server, emptyJourney(arabic))
    const page = await openPage(person, '/audit')
    await heading(page, 'Audit').waitFor()

    await search(page, '🔐')
    await option(page, arabic).waitFor()
    await page.keyboard.press('Enter')
    await heading(page, arabic).waitFor()

    await search(page, 'user message')
    await option(page, /^User Message to Display/).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('navigation', { name: 'Steps' }).waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('User Message to Display')

    await search(page, 'decision node')
    const script = page.getByRole('group', { name: 'Scripts' }).getByRole('option').first()
    const scriptName = (await script.locator('.name').textContent()) ?? ''
    await script.click()
    await page.waitForURL(/\/console\/scripts\//)
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe(scriptName)

    await search(page, 'ident')
    await option(page, 'Identities').waitFor()
    await page.keyboard.press('Enter')
    await heading(page, 'Identities').waitFor()
    expect(new URL(page.url()).searchParams.get('realm')).toBe('/alpha')

    await search(page, 'webhooks')
    await option(page, 'Webhooks').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor()
  })

  it('works with arrow keys, and announces the selection', async () => {
    const person = await engineer(browser, server)
    const page = await openPage(person, '/sessions')
    await search(page, 'helpdesk')
    const options = page.getByRole('group', { name: 'Journeys' }).getByRole('option')
    await options.nth(1).waitFor()
    expect(await options.first().getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('ArrowDown')
    expect(await options.nth(1).getAttribute('aria-selected')).toBe('true')
    expect(await field(page).getAttribute('aria-activedescendant')).toBe(
      await options.nth(1).getAttribute('id'),
    )
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    expect(await list(page).getByRole('option').last().getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await heading(page, 'HelpDesk').waitFor()
  })

  it('opens over the canvas and in a script, but not over a dialog', async () => {
    const person = await engineer(browser, server)
    await storeJourney(person, server, emptyJourney('Below the search'))
    const page = await openJourney(person, server, 'Below the search')
    await page.getByRole('application', { name: 'Canvas' }).focus()
    await search(page, 'scripts')
    await page.keyboard.press('Enter')
    await heading(page, 'Scripts').waitFor()
    await page.getByRole('link', { name: 'New script' }).first().click()
    await page.getByRole('textbox', { name: 'Script', exact: true }).click()
    await page.keyboard.type('var kept = 1')
    await search(page, 'nothing')
    await page.getByText('No matches for “nothing”.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('var kept = 1').waitFor()

    const journeys = await openJourneys(person, server)
    await choose(journeys, 'Login', 'Duplicate…')
    await journeys.getByLabel('Name of the copy').waitFor()
    await journeys.keyboard.press('Control+k')
    await journeys.getByRole('button', { name: 'Cancel' }).click()
    await journeys.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await field(journeys).count()).toBe(0)
  })

  it('finds what it could read, and lists what it could not', async () => {
    const person = await engineer(browser, server)
    const page = await openPage(person, '/sessions')
    await page.route(/\/scripts\?_queryFilter/, (route) => route.abort())
    await search(page, 'login')
    await option(page, /^Login/).waitFor()
    await page.getByText('Scripts could not be read.').waitFor({ timeout: 30_000 })
  })

  it.each(schemes)('is accessible, in %s', async (scheme) => {
    const person = await engineer(browser, server, { scheme })
    const page = await openPage(person, '/journeys')
    await page.getByRole('navigation').getByRole('button', { name: 'Search' }).click()
    await field(page).fill('e')
    await list(page).getByRole('option').nth(3).waitFor()
    await expectAccessible(page)
    await field(page).fill('xyz')
    await page.getByText('No matches for “xyz”.').waitFor()
    await expectAccessible(page)
  })

  it('is under More on a phone', async () => {
    const person = await engineer(browser, server, { size: 'phone' })
    const page = await openPage(person, '/journeys')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Search' }).click()
    await field(page).fill('help')
    await option(page, /^HelpDesk /).waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await option(page, /^HelpDesk /).click()
    await heading(page, 'HelpDesk').waitFor()
  })
})
