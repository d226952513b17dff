import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsAdministrator, turnOffPause } from '../support/backchannel-client.ts'
import { asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import { headline, linkOn, openDesk, prepareCheck, startCheck } from './desk.ts'
import { press } from './sign-in.ts'

// An agent in a busy hour: few keys, the next step in sight, and nothing that misleads.

const alexId = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  await turnOffPause(server.url)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function deskAt(width: number, height: number): Promise<Page> {
  const page = await openDesk(await browser.person(), server)
  await page.setViewportSize({ width, height })
  return page
}

const cards = ['Link', 'Codes', 'Record']

/** Whether an element is completely in the window without scrolling. */
async function expectInSight(page: Page, height: number, name: string): Promise<void> {
  const box = await page.getByRole('region', { name, exact: true }).boundingBox()
  expect(box && box.y + box.height, `${name} ends above the fold`).toBeLessThanOrEqual(height)
}

describe('a check at 1280 × 720', () => {
  it('has its next step above the fold in every state, also in the list', async () => {
    const page = await deskAt(1280, 720)
    await startCheck(page, {
      check: 'Verify with a code',
      ticket: 'INC-2003-with-a-long-name-that-does-not-fit',
    })
    await expectInSight(page, 720, 'Link')
    const top = async (name: string) => (await page.getByRole('region', { name }).boundingBox())?.y ?? 0
    expect(await top('Link')).toBeLessThan(await top('Codes'))

    const caller = await (await browser.person({ size: 'phone' })).newPage()
    await caller.goto(await linkOn(page))
    await headline(page, 'Alex is looking at the page')
    await page.getByRole('link', { name: /^Alex Caller Looking at the page/ }).waitFor()
    await press(caller, 'I called the help desk')
    await headline(page, 'Read your own code to Alex first')
    expect(await top('Codes')).toBeLessThan(await top('Link'))
    await expectInSight(page, 720, 'Codes')

    await press(page, 'Cancel check')
    await press(page, 'Cancel the check')
    await headline(page, 'This check was cancelled')
    await expectInSight(page, 720, 'Record')
    expect(await page.getByRole('button', { name: 'Start again' }).isVisible()).toBe(true)
    for (const name of cards.slice(0, 2)) expect(await page.getByRole('region', { name }).count()).toBe(0)
    await page.getByRole('link', { name: 'All history' }).click()
    await expectNothingCutOff(page)
  })
})

/** Cells and filters of the history end in the window at any width. */
async function expectNothingCutOff(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Alex Caller' }).last().waitFor()
  for (let width = 320; width <= 1440; width += 70) {
    await page.setViewportSize({ width, height: 800 })
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('.history td, .history th, .history .filters > *')]
        .filter((cell) => cell.getBoundingClientRect().right > document.documentElement.clientWidth)
        .map((cell) => cell.textContent),
    )
    expect(cut, `at ${width} px`).toEqual([])
  }
}

describe('a new check', () => {
  it('is started with five keys and the name, and L copies its link', async () => {
    const person = await browser.person()
    await person.grantPermissions(['clipboard-read', 'clipboard-write'])
    const page = await openDesk(person, server)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('n')
    await page.getByLabel('Who is calling?').waitFor()
    await page.keyboard.type('alex')
    await page.getByRole('option', { name: 'Alex Caller' }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('1')
    // Until the page knows what the action needs, no key chooses a check.
    const checks = page.getByRole('group', { name: 'How will you verify them?' })
    await checks.getByText('1', { exact: true }).waitFor()
    for (const key of ['1', 'Enter']) await page.keyboard.press(key)
    await headline(page, 'Give Alex the link')
    const facts = await page.getByRole('article').getByRole('definition').allTextContents()
    expect(facts).toEqual(expect.arrayContaining(['Unlock the account', 'Verify with a code']))

    const link = await linkOn(page)
    await page.keyboard.press('l')
    await page
      .getByRole('region', { name: 'Link' })
      .getByText('Link copied', { exact: true })
      .first()
      .waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
    await press(page, 'Cancel check')
    await press(page, 'Cancel the check')
    await headline(page, 'This check was cancelled')
    await press(page, 'Copy for ticket')
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const record = await page.evaluate(() => navigator.clipboard.readText())
    expect(record).toMatch(/^Started: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/m)
  })

  it('chooses nothing for the agent, keeps what was filled in, and says in sight why it was refused', async () => {
    const page = await deskAt(1280, 720)
    await page.getByRole('link', { name: 'New check' }).click()
    await page.getByLabel('Who is calling?').fill('alex')
    await page.getByRole('option', { name: 'Alex Caller' }).click()
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0)
    await press(page, 'Start check')
    await page.getByText('Choose what they need.').waitFor()
    await page.getByRole('radio', { name: 'Unlock the account' }).and(page.locator(':focus')).waitFor()

    await prepareCheck(page, { ticket: 'INC-OLD' })
    await page.getByRole('radio', { name: 'Unlock the account' }).focus()
    for (const key of ['n', 's']) await page.keyboard.press(key)
    await page.getByRole('button', { name: 'Start check' }).focus()
    for (const key of ['n', 's', '1']) await page.keyboard.press(key)
    expect(await page.getByLabel('Ticket').inputValue()).toBe('INC-OLD')

    // The person becomes an agent while the form is filled in.
    const ask = asking(server.url, await signInAsAdministrator(server.url))
    const setRoles = (roles: string[]) =>
      ask(`/openidm/managed/alpha_user/${alexId}?_action=setRoles`, { method: 'POST', body: { roles } })
    await setRoles(['agent'])
    await press(page, 'Start check')
    const refusal = page.getByRole('alert').filter({ hasText: 'A second agent has to approve this.' })
    await refusal.waitFor().finally(() => setRoles([]))
    const box = await refusal.boundingBox()
    expect(box && box.y + box.height).toBeLessThan(720)
    expect(await page.locator(':focus').textContent()).toContain('A second agent has to approve this.')

    await page.getByRole('link', { name: 'New check' }).click()
    await page.getByLabel('Who is calling?').waitFor()
    expect(await page.getByLabel('Ticket').inputValue()).toBe('')
    await page.context().setOffline(true)
    await page.getByText('This may be out of date. Don’t act on it.').waitFor()
    await page.context().setOffline(false)
    await page.getByText('This may be out of date. Don’t act on it.').waitFor({ state: 'detached' })
  })
})
