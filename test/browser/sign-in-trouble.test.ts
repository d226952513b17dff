import type { BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import { freePort } from '../support/mail-server.ts'
import { preparedFolder, saveJourney, scripted } from '../support/prepared-folder.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { heading, openSignIn, press, type } from './sign-in.ts'

// Failures around the page: the network, the server, the clock, and people with two windows.

let server: TestServer
let browser: TestBrowser
let settings: { dataFolder: string; port: number }

const countUp = `(function () {
  nodeState.putShared("times", (nodeState.get("times") || 0) + 1);
  action.goTo("next");
})();`

const show = `(function () {
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, "Times: " + nodeState.get("times"));
  else action.goTo("next");
})();`

async function prepare(stores: Stores): Promise<void> {
  await saveJourney(stores, 'Counts', {
    ask: { type: 'UsernameCollectorNode', to: { outcome: 'count' } },
    count: await scripted(stores, 'count', countUp, { next: 'show' }),
    show: await scripted(stores, 'show', show, { next: 'success' }),
  })
  const wait = { secondsToWait: 1, exitable: true, spamDetectionEnabled: true, spamDetectionTolerance: 0 }
  const outcomes = { DONE: 'show', EXITED: 'failure', SPAM: 'spam' }
  await saveJourney(stores, 'Waits', {
    wait: { type: 'PollingWaitNode', config: wait, to: outcomes },
    show: await scripted(stores, 'waited', show, { next: 'success' }),
    spam: { type: 'UsernameCollectorNode', to: { outcome: 'failure' } },
  })
  await saveJourney(stores, 'Loops', {
    wait: {
      type: 'PollingWaitNode',
      config: { ...wait, secondsToWait: 2 },
      to: { ...outcomes, DONE: 'wait' },
    },
    show: await scripted(stores, 'looped', show, { next: 'success' }),
    spam: { type: 'UsernameCollectorNode', to: { outcome: 'failure' } },
  })
}

beforeAll(async () => {
  settings = { dataFolder: await preparedFolder(prepare), port: await freePort() }
  server = await startServer(settings)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function withPerson(act: (person: BrowserContext) => Promise<void>): Promise<void> {
  const person = await browser.person()
  await act(person)
  await person.close()
}

const alex = { 'User Name': 'alex', Password: 'Alex-Pass-2026' }
const ends = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor()

/** Answers a step as the server does after the journey has expired. */
const expire = (route: Route) =>
  route.fulfill({
    status: 401,
    json: {
      code: 401,
      reason: 'Unauthorized',
      message: 'Session has timed out',
      detail: { errorCode: '110' },
    },
  })

describe('the sign-in page', () => {
  it('shows that it is offline, keeps typed values, and sends them later', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Counts')
      await person.setOffline(true)
      await type(page, { 'User Name': 'alex' })
      await press(page, 'Continue')
      await page.getByRole('alert').getByText('You are offline. What you entered is still here.').waitFor()
      await page.getByText(/Trying again in \d+ s/).waitFor()
      expect(await page.getByLabel('User Name').inputValue()).toBe('alex')
      await expectGoodInEveryLook(page)
      await person.setOffline(false)
      await page.getByText('Times: 1').waitFor()
    }))

  it('repeats a lost answer, and the journey counts it once', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Counts')
      let lost = 0
      await page.route('**/authenticate', async (route) => {
        await route.fetch()
        if (lost++ === 0) await route.abort('connectionreset')
        else await route.continue()
      })
      await type(page, { 'User Name': 'alex' })
      await press(page, 'Continue')
      await page.getByText('Times: 1').waitFor()
      expect(lost).toBe(2)
    }))

  it('waits for a restarting server, and continues', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Login')
      await server.stop()
      await type(page, alex)
      await press(page, 'Sign in')
      await page.getByRole('alert').waitFor()
      server = await startServer(settings)
      await press(page, 'Try now')
      await ends(page, 'You are signed in')
    }))

  it('shows a server error, and lets the person try again', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Login')
      let faults = 0
      await page.route('**/authenticate', (route) =>
        faults++ === 0
          ? route.fulfill({ status: 500, json: { code: 500, reason: 'Internal Server Error', message: '' } })
          : route.continue(),
      )
      await type(page, alex)
      await press(page, 'Sign in')
      await page.getByText('The server is not responding.').waitFor()
      expect(await page.getByText(/Trying again/).count()).toBe(0)
      await press(page, 'Try now')
      await ends(page, 'You are signed in')
    }))

  it('sends a step once if the button is pressed repeatedly', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Counts')
      await type(page, { 'User Name': 'alex' })
      const before = browser.requests().length
      await page.getByRole('button', { name: 'Continue' }).click({ clickCount: 3 })
      await page.keyboard.press('Enter')
      await page.getByText('Times: 1').waitFor()
      const sent = browser
        .requests()
        .slice(before)
        .filter(({ path }) => path.endsWith('/authenticate'))
      expect(sent.length).toBe(1)
    }))

  it('restarts an expired journey with all typed values except the password', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Login')
      await page.route('**/authenticate', expire, { times: 1 })
      await type(page, alex)
      await press(page, 'Sign in')
      await page.getByText('This page timed out and started over.').waitFor()
      expect(await page.getByLabel('User Name').inputValue()).toBe('alex')
      await type(page, { Password: alex.Password })
      await press(page, 'Sign in')
      await ends(page, 'You are signed in')
    }))

  it('shows when another window has continued the same step', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Counts')
      await page.route(
        '**/authenticate',
        async (route) => {
          const body = JSON.parse(route.request().postData() ?? '')
          body.callbacks[0].input[0].value = 'somebody else'
          await route.fetch({ postData: JSON.stringify(body) })
          await route.continue()
        },
        { times: 1 },
      )
      await type(page, { 'User Name': 'alex' })
      await press(page, 'Continue')
      await page.getByText('You continued in another window, so this page started over.').waitFor()
      await press(page, 'Continue')
      await page.getByText('Times: 1').waitFor()
    }))

  it('runs a separate journey in each window', () =>
    withPerson(async (person) => {
      const [one, other] = await Promise.all([1, 2].map(() => openSignIn(person, server, 'Counts')))
      for (const page of [one, other]) {
        if (page === undefined) throw new Error('a window is missing')
        await type(page, { 'User Name': 'alex' })
        await press(page, 'Continue')
        await page.getByText('Times: 1').waitFor()
      }
    }))

  it('restarts after a reload and after going back to it', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Counts', '&goto=%2Fdesk%2F')
      await type(page, { 'User Name': 'alex' })
      await press(page, 'Continue')
      await page.getByText('Times: 1').waitFor()
      await page.reload()
      await type(page, { 'User Name': 'alex' })
      await press(page, 'Continue')
      await page.getByText('Times: 1').waitFor()
      await press(page, 'Continue')
      // The journey gives no session, and the desk redirects people without one to the sign-in page.
      await page.getByLabel('Password', { exact: true }).waitFor()
      await page.goBack()
      await page.getByLabel('Password', { exact: true }).waitFor({ state: 'hidden' })
      await page.getByLabel('User Name').waitFor()
    }))

  it('stays signed out when the name of the person comes later', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Login')
      const { promise, resolve } = Promise.withResolvers<void>()
      await page.route(/\/users\/[^?]+$/, (route) => promise.then(() => route.continue()))
      await type(page, alex)
      await press(page, 'Sign in')
      await ends(page, 'You are signed in')
      await press(page, 'Sign out')
      await ends(page, 'You are signed out')
      const answered = page.waitForResponse(/\/users\/[^?]+$/)
      resolve()
      await (await answered).finished()
      await ends(page, 'You are signed out')
    }))

  it('shows people that their session ended elsewhere', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Login')
      await type(page, alex)
      await press(page, 'Sign in')
      await ends(page, 'You are signed in')
      await person.clearCookies()
      await press(page, 'Sign out')
      await ends(page, 'You are signed out')
    }))
})

describe('a page that waits', () => {
  it('continues after its time, not before', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Waits')
      await page.getByText('Times:').waitFor()
    }))

  it('can be left, also during a request', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Waits')
      await page.route('**/authenticate', async (route) => {
        const isPoll = route.request().postData()?.includes('"value":100')
        if (isPoll) await new Promise<void>((resolve) => page.once('close', () => resolve()))
        else await route.continue()
      })
      await page.waitForRequest((request) => request.method() === 'POST')
      await press(page, 'Cancel')
      await page.getByText('That didn’t work, so you’re back at the start.').waitFor()
      await page.close()
    }))

  it('can be left after the journey continued and its answer was lost', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Loops')
      await page.route('**/authenticate', async (route) => {
        const isPoll = route.request().postData()?.includes('"value":100')
        if (isPoll) await route.fetch()
        if (isPoll && (await page.locator('form[data-test]').count()) === 0) await route.abort()
        else await route.continue()
      })
      await page.getByText('You are offline.').waitFor()
      await page.evaluate(() => document.querySelector('form')?.setAttribute('data-test', ''))
      await press(page, 'Cancel')
      await page.getByText('That didn’t work, so you’re back at the start.').waitFor()
    }))

  it('continues to wait when the network is back', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'Waits')
      await person.setOffline(true)
      await page.getByText('You are offline.').waitFor()
      expect(await heading(page).textContent()).toBe('Waiting for a response')
      await person.setOffline(false)
      await page.getByText('Times:').waitFor()
    }))
})
