import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, TestBrowser } from './browser.ts'
import { changeDesk, newAgent, openDesk, signInAsAgent, startCheck } from './desk.ts'
import { press } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  await changeDesk(server, { pauseMinutes: 0 })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function choose(page: Page, agent: string, language: string): Promise<void> {
  await page.getByRole('button', { name: agent, exact: true }).click()
  await page.getByRole('menuitem', { name: language }).click()
}

it('runs the journey of a check in the language that the agent chose, not in the browser’s', async () => {
  const page = await openDesk(await browser.freshPerson(), server)
  await choose(page, 'Dana Desk', 'Deutsch')
  await page.getByRole('link', { name: 'Neue Prüfung' }).click()
  await page.getByLabel('Wer ruft an?').fill('alex')
  await page.getByRole('option', { name: 'Alex Caller' }).click()
  await page.getByRole('radio', { name: 'Konto entsperren' }).check()
  await page.getByText(/^Reicht dafür nicht aus/).click()
  await page.getByRole('radio', { name: /^Verify a caller/ }).check()
  await page.getByLabel('Ticket').fill('INC-48213')
  const steps: Promise<string>[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('/authenticate')) steps.push(response.text())
  })
  await page.getByRole('button', { name: 'Prüfung starten' }).click()
  await page.getByRole('heading', { name: 'Geben Sie Alex den Link' }).waitFor()
  const texts = await Promise.all(steps.slice(0, 2))
  expect(texts[0]).toContain('Anrufende Person prüfen')
  expect(texts[1]).toContain('Warten, bis die anrufende Person den Link öffnet')
})

it('asks before another language loads the page, if anything on it would be lost', async () => {
  const page = await openDesk(await browser.freshPerson(), server)
  await page.evaluate(() => document.documentElement.setAttribute('data-same-page', ''))
  const isSamePage = () => page.locator('html[data-same-page]').count()
  await choose(page, 'Dana Desk', 'English')
  await page.getByRole('link', { name: 'New check' }).click()
  await page.getByLabel('Ticket').fill('INC-1')
  await choose(page, 'Dana Desk', 'Français')
  const dialog = page.getByRole('dialog', { name: 'Change the language?' })
  await dialog.waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Stay on this page' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await page.getByLabel('Ticket').inputValue()).toBe('INC-1')
  expect(await isSamePage()).toBe(1)
  await page.getByLabel('Ticket').fill('')
  await startCheck(page)
  await press(page, 'Read out a short address')
  await page.getByRole('region', { name: 'Short address' }).waitFor()
  await choose(page, 'Dana Desk', 'Français')
  await dialog.getByRole('button', { name: 'Change language' }).click()
  await page.getByRole('heading', { name: 'Donnez le lien à Alex' }).waitFor()
  expect(await isSamePage()).toBe(0)
})

it('is in English if the translations can’t be loaded', async () => {
  const person = await browser.freshPerson({ locale: 'ar' })
  await signInAsAgent(person, server, await newAgent(server, 'offline'))
  const page = await person.newPage()
  await page.route(/\/texts-ar-[^/]*\.js$/, (route) => route.abort())
  await page.goto(`${originOf(server)}/desk/`)
  await page.getByRole('heading', { name: 'No checks in progress' }).waitFor()
  expect(await page.locator('html').getAttribute('dir')).toBe('ltr')
})
