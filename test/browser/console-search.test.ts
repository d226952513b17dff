import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { wireOf } from './console.ts'
import { emptyJourney, engineer, openJourney, storeJourney } from './editor.ts'
import { choose, openJourneys, rowOf } from './journeys.ts'
import { originOf, signIn } from './signed-in.ts'

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
  it('loads on first use, returns the focus, works with arrow keys, and announces the selection', async () => {
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

    await search(page, 'helpdesk')
    await option(page, /^HelpDesk /).waitFor()
    await page.getByText('Searching').waitFor({ state: 'detached' })
    const all = list(page).getByRole('option')
    const selected = list(page).getByRole('option', { selected: true })
    const place = async () => (await all.allTextContents()).indexOf((await selected.textContent()) ?? '')
    expect(await place()).toBe(0)
    await page.keyboard.press('ArrowDown')
    expect(await place()).toBe(1)
    expect(await field(page).getAttribute('aria-activedescendant')).toBe(await selected.getAttribute('id'))
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    expect(await place()).toBe((await all.count()) - 1)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await heading(page, 'HelpDesk').waitFor()
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

    await search(page, 'privileged')
    await page
      .getByRole('group', { name: 'Scripts' })
      .getByRole('option', { name: /^Privileged Account/ })
      .click()
    await page.waitForURL(/\/console\/scripts\//)
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Privileged Account')

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

  it('leads to a node, a person and a setting', async () => {
    const person = await engineer(browser, server)
    const page = await openPage(person, '/audit')
    await search(page, 'polling')
    const node = page.getByRole('group', { name: 'Nodes' }).getByRole('option', { name: /In HelpDesk$/ })
    await node.click()
    await heading(page, 'HelpDesk').waitFor()
    expect(new URL(page.url()).searchParams.get('node')).toMatch(/^[0-9a-f-]{36}$/)

    await search(page, 'alex')
    await page.getByRole('group', { name: 'People' }).getByRole('option', { name: /^Alex/ }).waitFor()
    await expect.poll(() => list(page).getByRole('option', { selected: true }).textContent()).toMatch(/^Alex/)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/console\/identities\//)

    await search(page, 'wrong passwords')
    const setting = { name: /^Wrong passwords before lockout/, selected: true }
    await page.getByRole('group', { name: 'Settings' }).getByRole('option', setting).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/console\/realm/)
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('section')?.id ?? ''))
      .toBe('lockout')
    // Again from the page itself.
    await search(page, 'smtp')
    await option(page, 'Server').waitFor()
    await page
      .getByRole('group', { name: 'Settings' })
      .getByRole('option', { name: /^Email Realm/ })
      .click()
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    await expect.poll(focused).toBe('Email')
  })

  it('acts: opens dialogs once, exports, and changes the appearance', async () => {
    const person = await engineer(browser, server)
    const page = await openPage(person, '/audit')
    await search(page, 'new journey')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'New journey' })
    await dialog.waitFor()
    expect(new URL(page.url()).searchParams.has('act')).toBe(false)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.reload()
    await rowOf(page, 'Login').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)

    const exported = page.waitForEvent('download')
    await search(page, 'export all')
    await page.keyboard.press('Enter')
    expect((await exported).suggestedFilename()).toBe('alpha.journeys.json')

    await search(page, 'appearance dark')
    await page.keyboard.press('Enter')
    const scheme = () => page.evaluate(() => document.documentElement.dataset.theme)
    await expect.poll(scheme).toBe('dark')
    await page.getByRole('button', { name: 'Account' }).click()
    const dark = page.getByRole('menuitem', { name: 'Dark' })
    expect(await dark.getAttribute('aria-current')).toBe('true')
  })

  it('asks the server for people once typing pauses, and shows no answer to an older query', async () => {
    const person = await engineer(browser, server)
    const page = await openPage(person, '/sessions')
    const asked: string[] = []
    const held = Promise.withResolvers<void>()
    await page.route(/\/managed\/[^?]+\?.*sw|\/managed\/[^?]+\?.*co/, async (route) => {
      const filter = new URL(route.request().url()).searchParams.get('_queryFilter') ?? ''
      asked.push(filter)
      if (filter.includes('"ale"')) await held.promise
      await route.continue().catch(() => {})
    })
    await page.keyboard.press('Control+k')
    await field(page).waitFor()
    await page.keyboard.type('ale')
    await page.getByText('Searching people…').waitFor()
    await expect.poll(() => asked.length).toBe(1)
    await field(page).fill('dana')
    const people = page.getByRole('group', { name: 'People' }).getByRole('option')
    await expect.poll(() => people.allTextContents()).toEqual([expect.stringMatching(/^Dana/)])
    held.resolve()
    await page.getByText('Searching').waitFor({ state: 'detached' })
    expect(await people.allTextContents()).toEqual([expect.stringMatching(/^Dana/)])
    expect(asked).toHaveLength(2)
  })

  it('opens over the canvas and in a script, but not over a dialog', async () => {
    const person = await engineer(browser, server)
    await storeJourney(person, server, emptyJourney('Below the search'))
    const page = await openJourney(person, server, 'Below the search')
    await page.getByRole('application', { name: 'Canvas' }).focus()
    await search(page, 'scripts')
    await page.keyboard.press('Enter')
    await heading(page, 'Scripts').waitFor()
    await page.getByRole('link', { name: 'New script' }).click()
    await page.getByRole('textbox', { name: 'Script', exact: true }).click()
    await page.keyboard.type('var kept = 1')
    await search(page, 'xyzzy')
    await page.getByText('No matches for “xyzzy”.').waitFor()
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

  it('finds what it could read, lists what it could not, and is accessible', async () => {
    const person = await engineer(browser, server)
    const page = await openPage(person, '/sessions')
    await page.route(/\/scripts\?_queryFilter/, (route) => route.abort())
    await page.getByRole('navigation').getByRole('button', { name: 'Search' }).click()
    await field(page).fill('login')
    await option(page, /^Login/).waitFor()
    await page.getByText('Scripts could not be read.').waitFor({ timeout: 30_000 })
    await expectGoodInEveryLook(page)
    await field(page).fill('xyz')
    await page.getByText('No matches for “xyz”.').waitFor()
    await expectAccessible(page)
  })

  it('does not complain about what an author may not read', async () => {
    const admin = wireOf(await engineer(browser, server), server)
    const roles = `/openidm/managed/alpha_user/dbb1cbb2-9ab7-4e59-bae5-1790fb20ebd6?_action=setRoles`
    await admin.post(roles, { roles: ['journey-author'] })
    const person = await browser.person()
    const author = { name: 'sam.one', password: 'Sam1-Pass-2026' }
    await signIn(person, server, { realm: 'alpha', journey: 'Login', ...author })
    const page = await openPage(person, '/journeys')
    const refused = page.waitForResponse((response) => response.status() === 403)
    await search(page, 'helpdesk')
    await refused
    await option(page, /^HelpDesk /).waitFor()
    await page.getByText('Searching').waitFor({ state: 'detached' })
    expect(await page.getByText('could not be read').count()).toBe(0)
  })

  it('is under More on a phone', async () => {
    const person = await engineer(browser, server, { size: 'phone' })
    const page = await openPage(person, '/journeys')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Search' }).click()
    await field(page).fill('help')
    await option(page, /^HelpDesk /).waitFor()
    await option(page, /^HelpDesk /).click()
    await heading(page, 'HelpDesk').waitFor()
  })
})
