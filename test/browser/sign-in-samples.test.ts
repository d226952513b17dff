import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { signInAsAgent } from './desk.ts'
import { goOnAsCaller, heading, openSignIn, press, type } from './sign-in.ts'

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

const alex = { 'User Name': 'alex', Password: 'Alex-Pass-2026' }

async function withPerson(act: (person: BrowserContext) => Promise<void>): Promise<void> {
  const person = await browser.person()
  await act(person)
  await person.close()
}

const ends = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor()

describe('samples', () => {
  it('Login keeps the username and clears the password after each failure, restarts after the last, and signs out', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Login')
      for (let attempt = 1; attempt <= 4; attempt++) {
        const name = attempt < 3 ? 'dan' : 'dana'
        await type(page, { 'User Name': name, Password: 'wrong' })
        await press(page, 'Sign in')
        await page.getByRole('alert').getByText('The username or password is wrong').waitFor()
        await expect.poll(() => page.getByLabel('Password', { exact: true }).inputValue()).toBe('')
        expect(await page.getByLabel('User Name').inputValue()).toBe(name)
        expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('password')
      }
      await expectGoodInEveryLook(page)
      await type(page, { Password: 'Dana-Pass-2026' })
      await press(page, 'Sign in')
      await ends(page, 'You are signed in')
      await page.getByText('Dana Desk').waitFor()
      await page.getByText('/alpha').waitFor()
      await expectGoodInEveryLook(page)
      await page.reload()
      await ends(page, 'You are signed in')
      await press(page, 'Sign out')
      await ends(page, 'You are signed out')
      await expectGoodInEveryLook(page)
      await press(page, 'Sign in again')
      await ends(page, 'Sign in')
    }))

  it('PlatformLogin shows the journey’s message to people who are locked out, and signs others in', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'PlatformLogin')
      await type(page, { 'User Name': 'kim', Password: 'Kim-Pass-2026' })
      await press(page, 'Sign in')
      await page.getByRole('alert').getByText('User Locked Out.').waitFor()
      expect(await page.getByLabel('User Name').inputValue()).toBe('kim')
      await type(page, alex)
      await press(page, 'Sign in')
      await ends(page, 'You are signed in')
      await page.getByText('Alex Caller').waitFor()
    }))

  it('StepUp raises the level, or redirects people who stop', () =>
    withPerson(async (person) => {
      for (const [answer, end] of [
        ['Stop', 'Sign in'],
        ['Continue', 'You are signed in'],
      ] as const) {
        const page = await openSignIn(person, server, 'StepUp')
        await type(page, alex)
        await page.keyboard.press('Enter')
        await ends(page, 'Continue with a higher level?')
        await press(page, answer)
        await ends(page, end)
        await page.close()
      }
    }))

  it('Greeting asks with choices, and greets in the chosen language', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Greeting')
      expect(await heading(page).textContent()).toBe('Which script shall greet you?')
      await press(page, 'next generation')
      await ends(page, 'Greeting')
      await type(page, { 'Your name': 'Zoë' })
      await page.getByText('fr', { exact: true }).click()
      await press(page, 'Continue')
      await ends(page, 'Done')
    }))

  it('HelpDeskLink shows each status of the caller live', () =>
    withPerson(async (agent) => {
      await signInAsAgent(agent, server)
      const page = await openSignIn(agent, server, 'HelpDeskLink', '&ForceAuth=true')
      await type(page, { 'Email Address': 'alex@example.com' })
      await press(page, 'Continue')
      const link = await shownLink(page)
      await ends(page, 'Waiting for the caller to open the link...')
      await withPerson(async (caller) => {
        const phone = await caller.newPage()
        await phone.goto(link)
        await goOnAsCaller(phone)
        const opened = Date.now()
        await ends(page, 'Authentication in progress...')
        expect(Date.now() - opened).toBeLessThan(2000)
        await type(phone, { Password: 'Alex-Pass-2026' })
        await press(phone, 'Sign in')
        await ends(phone, 'You’re verified. Go back to your call.')
        await page.getByText('User successfully authenticated').waitFor()
        await press(page, 'Continue')
        await ends(page, 'Done')
      })
    }))
})

async function shownLink(page: Page): Promise<string> {
  const text = await page.getByText(/authIndexType=transaction/).textContent()
  await press(page, 'Continue')
  return text ?? ''
}
