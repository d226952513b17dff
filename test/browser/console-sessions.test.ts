import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleIdentity, exampleSession } from '../../src/store/contract/examples.ts'
import type { Stores } from '../../src/store/stores.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'
import { expectAccessible, expectGoodInEveryLook, sizes, TestBrowser } from './browser.ts'
import { administrator, type Opened, openConsole } from './console.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

const hostile = '<img src=x onerror="document.title=1">\u202Egro'
const alpha = '/am/json/realms/root/realms/alpha'
const minute = 60_000

/** A person with more sessions than fit on a page, and one with a deceptive name. */
async function prepare(stores: Stores): Promise<void> {
  const now = Date.now()
  const people = [
    { id: 'many', userName: 'many' },
    { id: 'evil', userName: hostile },
  ]
  for (const person of people) await stores.identities.create(exampleIdentity({ ...person, attributes: {} }))
  const session = (identityId: string, username: string, createdAt: number) =>
    exampleSession({
      handle: `shandle:${randomUUID()}`,
      identityId,
      username,
      createdAt,
      lastUsedAt: createdAt,
      properties: { Service: 'Longest' },
      authLevel: 5,
    })
  for (let index = 0; index < 55; index++) {
    await stores.sessions.create(session('many', 'many', now - 10 * minute - index))
  }
  await stores.sessions.create(session('evil', hostile, now - 5 * minute))
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function openSessions(query = '?realm=%2Falpha'): Promise<Opened> {
  const opened = await openConsole(browser, server, `/sessions${query}`)
  await opened.page.getByRole('heading', { name: 'Sessions', level: 1 }).waitFor()
  return opened
}

const alexSignsIn = () => signIn(server.url, 'alex', 'Alex-Pass-2026')
const danaSignsIn = () => signIn(server.url, 'dana', 'Dana-Pass-2026')

async function isValid(token: string): Promise<boolean> {
  const answer = await fetch(`${originOf(server)}${alpha}/sessions?_action=validate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tokenId: token }),
  })
  return (await answer.json()).valid
}

const rows = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('cell', { name, exact: true }) })

async function choose(page: Page, name: string, what: string): Promise<void> {
  await page
    .getByRole('button', { name: `More for ${name}` })
    .first()
    .click()
  await page.getByRole('menuitem', { name: what }).click()
}

const answer = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name }).click()

describe('sessions', () => {
  it('are listed with person, start, end and journey, paged, and filtered by person', async () => {
    await alexSignsIn()
    const { page } = await openSessions()
    await expect.poll(() => page.getByRole('row').count()).toBe(51)
    const cells = await rows(page, 'many').first().getByRole('cell').allTextContents()
    const nearby = /(Today|Yesterday|Tomorrow) \d\d:\d\d$/
    expect(cells.slice(1)).toEqual([
      expect.stringContaining('many'),
      ...Array.from({ length: 4 }, () => expect.stringMatching(nearby)),
      'Longest',
      '5',
      '',
    ])
    await page.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(() => rows(page, 'many').count()).toBe(55)
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0)

    await page.getByRole('combobox', { name: 'Search by person' }).fill('ale')
    await page.getByRole('option', { name: 'alex' }).click()
    await expect.poll(() => rows(page, 'many').count()).toBe(0)
    await rows(page, 'alex').first().waitFor()
    expect(new URL(page.url()).searchParams.get('person')).toBe('alex')
    await page.getByRole('combobox', { name: 'Search by person' }).fill('nobody-here')
    await page.keyboard.press('Enter')
    await page.getByText('No one with the username nobody-here is signed in').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await rows(page, 'many').first().waitFor()
  })

  it('show chosen names as plain text', async () => {
    const { page } = await openSessions()
    const plain = '<img src=x onerror="document.title=1">gro'
    await rows(page, plain).waitFor()
    expect(await page.locator('main img').count()).toBe(0)
    await choose(page, plain, 'End this session…')
    await page.getByRole('dialog').getByText(plain).waitFor()
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.locator('body').textContent()).not.toContain('\u202E')
    expect(await page.title()).toBe('Sessions · Sidegate')
  })

  it('are ended after a question: one, several, or all of a person', async () => {
    const [dana, otherDana, selected, kept, newest] = [
      await danaSignsIn(),
      await danaSignsIn(),
      await alexSignsIn(),
      await alexSignsIn(),
      await alexSignsIn(),
    ]
    const areValid = () => Promise.all([dana, otherDana, selected, kept, newest].map(isValid))
    const { page } = await openSessions()
    await rows(page, 'alex').first().waitFor()
    const count = await rows(page, 'alex').count()
    await choose(page, 'alex', 'End this session…')
    await answer(page, 'Keep it')
    expect(await areValid()).toEqual([true, true, true, true, true])
    await choose(page, 'alex', 'End this session…')
    await answer(page, 'End session')
    await expect.poll(() => rows(page, 'alex').count()).toBe(count - 1)
    expect(await areValid()).toEqual([true, true, true, true, false])

    await rows(page, 'alex').nth(1).getByRole('checkbox').check()
    await rows(page, 'dana').first().getByRole('checkbox').check()
    await page.getByText('2 selected').waitFor()
    await expectGoodInEveryLook(page)
    await page.getByRole('button', { name: 'End 2 sessions' }).click()
    await page.getByRole('dialog').getByText('and one other person').waitFor()
    await expectAccessible(page)
    await page.setViewportSize(sizes.desktop)
    await answer(page, 'End 2 sessions')
    await page.getByText('2 selected').waitFor({ state: 'detached' })
    expect(await areValid()).toEqual([true, false, false, true, false])

    await choose(page, 'alex', 'End all sessions of this person…')
    await page.getByRole('dialog').getByText('is signed out everywhere at once').waitFor()
    await answer(page, 'End all sessions of this person')
    await expect.poll(() => rows(page, 'alex').count()).toBe(0)
    expect(await areValid()).toEqual([true, false, false, false, false])
  })

  it.each(['End this session…', 'End all sessions of this person…'])(
    'of one’s own are marked, and ending them leads to the sign-in page: %s',
    async (what) => {
      const { page } = await openSessions('?realm=%2F')
      const own = page.getByRole('row').filter({ hasText: 'this session' })
      await expect.poll(() => own.count()).toBe(1)
      await own.getByRole('button', { name: 'More for amadmin' }).click()
      await page.getByRole('menuitem', { name: what }).click()
      await page.getByRole('dialog').getByText('This includes your own session.').waitFor()
      await page.getByRole('dialog').getByRole('button', { name: /^End/ }).click()
      await page.waitForURL(/\/am\/XUI\//)
      expect(new URL(page.url()).searchParams.get('goto')).toBe('/console/sessions?realm=%2F')
    },
  )

  it('are ended with the keyboard alone', async () => {
    const token = await danaSignsIn()
    const { page } = await openSessions()
    await page.getByRole('combobox', { name: 'Search by person' }).focus()
    await page.keyboard.type('dana')
    await page.keyboard.press('Enter')
    await expect.poll(() => rows(page, 'many').count()).toBe(0)
    await rows(page, 'dana').first().getByRole('checkbox').focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'End 1 session' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await isValid(token)).toBe(false)
  })

  it('show when they could not be read or ended, also because the reader’s session has ended', async () => {
    const token = await danaSignsIn()
    const person = await administrator(browser, server)
    const page = await person.newPage()
    await person.route('**/sessions?_queryFilter**', (route) => route.fulfill({ status: 503, body: '' }))
    await page.goto(`${originOf(server)}/console/sessions?realm=%2Falpha`)
    await page.getByText('The sessions could not be read').waitFor()
    await person.unroute('**/sessions?_queryFilter**')
    await page.getByRole('button', { name: 'Try again' }).click()

    await person.route('**/sessions?_action=**', (route) => route.abort())
    await choose(page, 'dana', 'End this session…')
    await answer(page, 'End session')
    await page.getByRole('dialog').getByText('The server cannot be reached').waitFor()
    expect(await isValid(token)).toBe(true)
    await person.unroute('**/sessions?_action=**')

    await endSessionOf(person)
    await answer(page, 'End session')
    await page.getByRole('dialog').getByText('Your session ended.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign in again' }).waitFor()
    await page.getByText('This list is from').waitFor({ state: 'attached' })
  })
})

/** Ends the session as a timeout does: the browser keeps the cookie. */
async function endSessionOf(person: BrowserContext): Promise<void> {
  const [cookie] = await person.cookies(originOf(server))
  const ended = await fetch(`${originOf(server)}/am/json/realms/root/sessions?_action=logout`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: cookie?.value ?? '' },
    body: '{}',
  })
  expect(ended.status).toBe(200)
}
