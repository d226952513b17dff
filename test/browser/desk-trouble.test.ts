import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerEnters, callerOpens, callerSignsIn } from '../support/help-desk-play.ts'
import { freePort } from '../support/mail-server.ts'
import { preparedFolder } from '../support/prepared-folder.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import {
  callerOn,
  callerTypes,
  headline,
  linkOn,
  openDesk,
  prepareCheck,
  signInAsAgent,
  startCheck,
  timelineOn,
} from './desk.ts'
import { press } from './sign-in.ts'
import { originOf } from './signed-in.ts'

// Failures around the desk: the network, the server, the session, and callers with two browsers.

let server: TestServer
let browser: TestBrowser
let settings: { dataFolder: string; port: number }

beforeAll(async () => {
  settings = { dataFolder: await preparedFolder(async () => {}), port: await freePort() }
  server = await startServer(settings)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function withAgent(act: (page: Page, agent: BrowserContext) => Promise<void>): Promise<void> {
  const agent = await browser.person()
  await act(await openDesk(agent, server), agent)
  await agent.close()
}

/** Rows of the timeline, oldest first. */
async function happenedOn(page: Page): Promise<string[]> {
  return timelineOn(page).getByRole('listitem').allTextContents()
}

const verified = async (page: Page) => {
  await headline(page, 'Proven, but can’t be used')
  await timelineOn(page).getByText('“User successfully authenticated”').waitFor()
}

describe('a network failure during a check', () => {
  it('is shown at once, hides no result, and loses no event', () =>
    withAgent(async (page, agent) => {
      const { id } = await startCheck(page)
      const opened = await callerOpens(server.url, id)
      await headline(page, 'Alex opened the link')
      await agent.setOffline(true)
      await page.getByText('This may be out of date. Don’t act on it.').waitFor()
      await callerEnters(server.url, opened, 'wrong')
      await callerSignsIn(server.url, id)
      await headline(page, 'Alex opened the link')

      await agent.setOffline(false)
      await verified(page)
      expect(await page.getByText('This may be out of date').count()).toBe(0)
      const happened = (await happenedOn(page)).join('\n')
      expect(happened.match(/User has entered their credentials/g)).toHaveLength(2)
      expect(happened).toContain("User's credentials are valid")
    }))

  it('prevents a cancellation, and says so', () =>
    withAgent(async (page, agent) => {
      await startCheck(page)
      await page.getByRole('button', { name: 'Cancel check' }).click()
      await agent.setOffline(true)
      await page.getByRole('button', { name: 'Cancel the check' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('alert').getByText('The check may still be running.').waitFor()
      await agent.setOffline(false)
      await dialog.getByRole('button', { name: 'Cancel the check' }).click()
      await headline(page, 'This check was cancelled')
    }))

  it('prevents a start, and a retry starts one check', () =>
    withAgent(async (page, agent) => {
      await prepareCheck(page, { ticket: 'INC-OFF' })
      await agent.setOffline(true)
      await page.getByRole('button', { name: 'Start check' }).click()
      await page.getByRole('alert').getByText('Nothing was started').waitFor()
      await agent.setOffline(false)
      await page.getByRole('button', { name: 'Start check' }).click()
      await headline(page, 'Give Alex the link')
      await page.goto(`${originOf(server)}/desk/history`)
      await expect.poll(() => page.getByText('INC-OFF').locator('visible=true').count()).toBe(1)
    }))
})

describe('a computer whose clock is wrong', () => {
  it.each([
    ['an hour fast', 3_600_000],
    ['an hour slow', -3_600_000],
  ])('shows the time that is left by the server: %s', async (_wrong, skew) => {
    const agent = await browser.person()
    await agent.addInitScript((ms) => {
      const real = Date.now.bind(Date)
      Date.now = () => real() + ms
    }, skew)
    const page = await openDesk(agent, server)
    const { id } = await startCheck(page)
    await page
      .locator('.time-left')
      .getByText(/^[34]:\d\d$/)
      .waitFor()
    await callerSignsIn(server.url, id)
    await verified(page)
    await agent.close()
  })
})

describe('a server restart while the desk is open', () => {
  it('keeps the check, its link and its journey', () =>
    withAgent(async (page) => {
      const { id } = await startCheck(page)
      const link = await linkOn(page)
      const opened = await callerOpens(server.url, id)
      await headline(page, 'Alex opened the link')
      await server.stop()
      await page.getByText('The server cannot be reached.').waitFor()
      server = await startServer(settings)

      await callerEnters(server.url, opened)
      await verified(page)
      expect(await page.getByText('The server cannot be reached.').count()).toBe(0)
      expect(link).toContain(id)
    }))
})

describe('an agent’s ended session', () => {
  it('is shown, and after signing in again the check is up to date', () =>
    withAgent(async (page, agent) => {
      const { id, reference } = await startCheck(page)
      await agent.clearCookies()
      await page.reload()
      await page.waitForURL('**/am/XUI/?**')
      await callerSignsIn(server.url, id)

      await page.getByLabel('Username').fill('dana')
      await page.getByLabel('Password', { exact: true }).fill('Dana-Pass-2026')
      await press(page, 'Sign in')
      await headline(page, 'Proven, but can’t be used')
      expect(new URL(page.url()).pathname).toBe(`/desk/checks/${reference}`)
    }))

  it('is shown while the agent watches and hides the check, which continues', () =>
    withAgent(async (page, agent) => {
      const { id, reference } = await startCheck(page)
      await agent.clearCookies()
      const dialog = page.getByRole('dialog', { name: 'You are signed out' })
      await dialog.waitFor()
      expect(await page.getByText(reference).locator('visible=true').count()).toBe(0)
      // The feed is still open, and the result can't be read.
      const path = `/help-desk/verifications/${reference}`
      const refused = page.waitForResponse((one) => one.url().endsWith(path) && one.status() === 401)
      await callerSignsIn(server.url, id)
      await refused
      // In another window.
      await signInAsAgent(agent, server)
      await headline(page, 'Proven, but can’t be used')
      await dialog.waitFor({ state: 'detached' })
    }))

  it('hides checks from another agent who signs in at the same desk', () =>
    withAgent(async (page, agent) => {
      const { reference } = await startCheck(page)
      await agent.clearCookies()
      await page.reload()
      await page.waitForURL('**/am/XUI/?**')
      await page.getByLabel('Username').fill('alex')
      await page.getByLabel('Password', { exact: true }).fill('Alex-Pass-2026')
      await press(page, 'Sign in')
      await page.getByRole('heading', { name: 'The desk is for help desk agents' }).waitFor()
      expect(await page.getByText(reference).count()).toBe(0)
    }))
})

describe('a link opened in two browsers', () => {
  it('belongs to one check: the first sign-in ends it, and the desk shows each event once', () =>
    withAgent(async (page) => {
      await startCheck(page)
      const link = await linkOn(page)
      const phone = await callerOn(browser, link)
      await headline(page, 'Alex opened the link')
      const laptop = await callerOn(browser, link)
      await callerTypes(phone, 'Alex-Pass-2026')
      await phone.getByRole('heading', { name: 'You’re verified. Go back to your call.' }).waitFor()
      await verified(page)

      await callerTypes(laptop, 'Alex-Pass-2026')
      await laptop.getByRole('heading', { name: 'This check has ended' }).waitFor()
      await laptop.getByText('You’ve already completed this check.').waitFor()
      await headline(page, 'Proven, but can’t be used')
      const happened = (await happenedOn(page)).join('\n')
      expect(happened.match(/Opened the link/g)).toHaveLength(1)
      expect(happened.match(/User successfully authenticated/g)).toHaveLength(1)
    }))
})
