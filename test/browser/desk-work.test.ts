import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import { headline, openDesk, prepareCheck, startCheck } from './desk.ts'

// What agents do beside one check: look something up, type fast.

let server: TestServer
let browser: TestBrowser
let page: Page

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
  page = await openDesk(await browser.person(), server)
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

it('a filled form is still there after the agent has looked at another check', async () => {
  await startCheck(page)
  await prepareCheck(page, { query: 'mira', name: 'Mira Marlow', ticket: 'INC-2' })
  await page.getByRole('navigation', { name: 'Checks' }).getByRole('link', { name: /Alex/ }).first().click()
  await headline(page, /^Give .* the link$/)
  await page.goBack()
  await expect.poll(() => page.getByLabel('Ticket').inputValue()).toBe('INC-2')
  await page.getByText('Mira Marlow').locator('visible=true').first().waitFor()
})

it('a number chooses no check before the server has said which are enough', async () => {
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/requirements?*', async (route) => {
    await isReleased
    await route.continue()
  })
  await page.goto(`${new URL(page.url()).origin}/desk/new`)
  await page.getByLabel('Who is calling?').fill('mira')
  await page.getByRole('option', { name: 'Mira Marlow' }).click()
  await page.getByRole('radio', { name: 'Unlock the account' }).check()
  const checks = page.getByRole('group', { name: 'How will you verify them?' })
  await checks.getByRole('radio').first().focus()
  await page.keyboard.press('1')
  expect(await checks.locator('input:checked').count()).toBe(0)
  release()
  await checks.locator('.number').first().waitFor()
  await page.unroute('**/requirements?*')
  await checks.getByRole('radio').first().focus()
  await page.keyboard.press('1')
  await expect.poll(() => checks.getByRole('radio').first().isChecked()).toBe(true)
})

it('Enter chooses the only hit when the search has answered', async () => {
  for (const text of ['mira', 'noor']) {
    await page.goto(`${new URL(page.url()).origin}/desk/new`)
    const field = page.getByLabel('Who is calling?')
    await field.fill(text)
    await field.press('Enter')
    await field.waitFor({ state: 'detached' })
  }
})
