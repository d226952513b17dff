import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import { callerOn, callerTypes, headline, newAgent, openCheck, openDesk, reject } from './desk.ts'
import { press } from './sign-in.ts'

let server: TestServer
let browser: TestBrowser
const noor = { realm: 'alpha', journey: 'Login', name: 'noor', password: 'Noor-Pass-2026' }

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
})
afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function offer(page: Page, to: string): Promise<void> {
  await press(page, 'Hand over')
  const dialog = page.getByRole('dialog', { name: 'Hand this check over?' })
  await dialog.getByRole('combobox', { name: 'To' }).click()
  await page.getByRole('option', { name: to }).click()
  await press(page, 'Offer')
  await page.getByText(`Offered to ${to === 'Anyone on the team' ? 'the team' : to}.`).waitFor()
}

const offered = (page: Page) => page.getByRole('region', { name: 'Offered to you' })

it('hands a check over between two agents while the caller goes on', async () => {
  const { page: dana, link } = await openCheck(await browser.person(), server)
  const other = await openDesk(await browser.person(), server, '/desk/', noor)
  await offer(dana, 'Noor Night')
  await other.getByRole('region', { name: 'Dana Desk offers you a check' }).waitFor()
  expect(await other.title()).toBe('(1) Dana Desk offers you a check')
  await offered(other).getByRole('link', { name: 'Alex Caller' }).click()
  await other.getByText('This is a check of Dana Desk, offered to you').waitFor()

  const caller = await callerOn(browser, link)
  await other.getByRole('main').getByRole('button', { name: 'Take over: Alex Caller' }).click()
  await dana.getByRole('heading', { name: 'Noor Night took this check over.' }).waitFor()
  await dana.reload()
  await dana.getByRole('heading', { name: 'Noor Night took this check over.' }).waitFor()

  await callerTypes(caller, 'Alex-Pass-2026')
  await headline(other, 'Proven, but can’t be used')
  await offered(other).waitFor({ state: 'hidden' })
})

it('gives a check to one of two agents who take it over at once', async () => {
  const eve = await newAgent(server, 'eve.quick')
  const { page: dana } = await openCheck(await browser.person(), server)
  const pages = [
    await openDesk(await browser.person(), server, '/desk/', noor),
    await openDesk(await browser.person(), server, '/desk/', eve),
  ]
  await offer(dana, 'Anyone on the team')
  const buttons = pages.map((page) => offered(page).getByRole('button', { name: 'Take over: Alex Caller' }))
  await Promise.all(buttons.map((each) => each.waitFor()))
  await Promise.all(buttons.map((each) => each.click()))
  await dana.getByRole('heading', { name: /took this check over\.$/ }).waitFor()
  for (const page of pages) await offered(page).waitFor({ state: 'hidden' })
  const winners = pages.filter((page) => page.url().includes('/checks/'))
  expect(winners).toHaveLength(1)
})

it('shows "This is not me" on every page and after a reload, until the agent has read it', async () => {
  const { page: dana, id } = await openCheck(await browser.person(), server)
  await dana.getByRole('link', { name: 'History', exact: true }).click()
  await reject(server, id)
  const read = dana.getByRole('button', { name: 'Mark as read: Alex Caller' })
  await read.waitFor()
  expect(await dana.title()).toContain('(1) Said “This is not me” · Alex Caller')
  await dana.reload()
  await read.waitFor()
  await dana.getByRole('link', { name: /^New check/ }).click()
  await read.click()
  await read.waitFor({ state: 'hidden' })
  await dana.reload()
  await dana.getByLabel('Who is calling?').waitFor()
  expect(await read.count()).toBe(0)
})
