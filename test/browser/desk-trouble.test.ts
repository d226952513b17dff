import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerEnters, callerOpens, callerSignsIn } from '../support/help-desk-play.ts'
import { freePort } from '../support/mail-server.ts'
import { preparedFolder } from '../support/prepared-folder.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import {
  headline,
  linkOn,
  openCheck,
  openDesk,
  prepareCheck,
  signInAsAgent,
  startCheck,
  timelineOn,
} from './desk.ts'
import { press, type } from './sign-in.ts'

// Failures around the desk: the network, the clock, the server and the session.

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

const verified = async (page: Page) => {
  await headline(page, 'Proven, but can’t be used')
  await timelineOn(page).getByText('“User successfully authenticated”').waitFor()
}

describe('a network failure', () => {
  it('prevents a start and a cancellation until the agent repeats them, and hides no result and no event', () =>
    withAgent(async (page, agent) => {
      await prepareCheck(page, { ticket: 'INC-OFF' })
      await agent.setOffline(true)
      await press(page, 'Start check')
      await page.getByRole('alert').getByText('Nothing was started').waitFor()
      await agent.setOffline(false)
      await press(page, 'Start check')
      await headline(page, 'Give Alex the link')

      await press(page, 'Cancel check')
      await agent.setOffline(true)
      await press(page, 'Cancel the check')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('alert').getByText('The check may still be running.').waitFor()
      await agent.setOffline(false)
      await press(page, 'Cancel the check')
      await headline(page, 'This check was cancelled')
      await page.getByRole('link', { name: 'History', exact: true }).click()
      await expect.poll(() => page.getByText('INC-OFF').locator('visible=true').count()).toBe(1)
      await page.goBack()

      await press(page, 'Start again')
      await headline(page, 'Give Alex the link')
      const id = new URL(await linkOn(page)).searchParams.get('authIndexValue') ?? ''
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
      const happened = await timelineOn(page).textContent()
      expect(happened?.match(/User has entered their credentials/g)).toHaveLength(2)
      expect(happened).toContain("User's credentials are valid")
    }))
})

describe('a computer whose clock is an hour fast', () => {
  it('shows the time that is left by the server', async () => {
    const agent = await browser.person()
    await agent.addInitScript(() => {
      const real = Date.now.bind(Date)
      Date.now = () => real() + 3_600_000
    })
    const { page, id } = await openCheck(agent, server)
    await page
      .locator('.time-left')
      .getByText(/^[34]:\d\d$/)
      .waitFor()
    await callerSignsIn(server.url, id)
    await headline(page, 'Proven, but can’t be used')
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

describe('an agent’s session that has ended', () => {
  it('hides the check, which continues, until its agent has signed in again', async () => {
    const agent = await browser.person()
    const { page, id, reference } = await openCheck(agent, server)
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

    const signsInAfterReload = async (name: string, password: string) => {
      await agent.clearCookies()
      await page.reload()
      await page.waitForURL('**/am/XUI/?**')
      await type(page, { 'User Name': name, Password: password })
      await press(page, 'Sign in')
    }
    await signsInAfterReload('dana', 'Dana-Pass-2026')
    await headline(page, 'Proven, but can’t be used')
    expect(new URL(page.url()).pathname).toBe(`/desk/checks/${reference}`)
    await signsInAfterReload('alex', 'Alex-Pass-2026')
    await page.getByRole('heading', { name: 'The desk is for help desk agents' }).waitFor()
    expect(await page.getByText(reference).count()).toBe(0)
  })
})
