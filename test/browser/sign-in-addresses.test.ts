import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import { newBackchannelToken, openTransaction } from '../support/backchannel-client.ts'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { heading, openSignIn, press, signInAddress, type } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser
let person: BrowserContext

const showParameters = `(function () {
  if (callbacks.isEmpty()) {
    var said = ["colour", "size", "action"].map(function (name) { return name + "=" + (requestParameters.get(name) || ""); });
    callbacksBuilder.textOutputCallback(0, said.join("; "));
  } else action.goTo("next");
})();`

async function prepare(stores: Stores): Promise<void> {
  await saveRealm(stores, '/alpha', { allowedUrls: ['https://app.example.com/*'] })
  await saveJourney(stores, 'Parameters', {
    first: await scripted(stores, 'first', showParameters, { next: 'second' }),
    second: await scripted(stores, 'second', showParameters, { next: 'success' }),
  })
  await saveJourney(stores, 'Refuses', {
    url: {
      type: 'SetFailureUrlNode',
      config: { failureUrl: '/am/XUI/?realm=/alpha&service=Greeting' },
      to: { outcome: 'ask' },
    },
    ask: { type: 'UsernameCollectorNode', to: { outcome: 'failure' } },
  })
  await saveJourney(stores, 'Named', { ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } })
  await saveJourney(stores, 'RefusesAtOnce', {
    set: {
      type: 'SetFailureDetailsNode',
      config: { failureMessage: { en: 'Come back <b>tomorrow</b>\u202e' } },
      to: { outcome: 'failure' },
    },
  })
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  browser = await TestBrowser.launch()
  person = await browser.person()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const ends = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor()

async function signedIn(context: BrowserContext, more = ''): Promise<Page> {
  const page = await openSignIn(context, server, 'Login', more)
  await type(page, { 'User Name': 'alex', Password: 'Alex-Pass-2026' })
  await press(page, 'Sign in')
  return page
}

const withGoto = (goto: string) => signInAddress(server, 'Login', `&goto=${encodeURIComponent(goto)}`)

/** Opens the link of a transaction with a success URL, and completes it. */
async function completedTransaction(goto: string): Promise<Page> {
  const token = await newBackchannelToken(server.url)
  const id = await openTransaction(server.url, token, { value: 'Named', subject: undefined })
  const page = await (await browser.person()).newPage()
  const link = `/am/XUI/?realm=/alpha&authIndexType=transaction&authIndexValue=${id}&goto=${encodeURIComponent(goto)}`
  await page.goto(originOf(server) + link)
  await press(page, 'Continue')
  await type(page, { 'User Name': 'alex' })
  await press(page, 'Continue')
  return page
}

describe('the address of the sign-in page', () => {
  it.each([
    ['/am/XUI/#login/alpha&service=Greeting', 'Which script shall greet you?'],
    ['/am/UI/Login?realm=/alpha&service=Greeting', 'Which script shall greet you?'],
    ['/am/XUI/', 'Sign in'],
    ['/am/XUI/?realm=/alpha&authIndexType=module&authIndexValue=x', 'Something went wrong'],
    ['/am/XUI/#login/%E0%A4%A', 'No sign-in page here'],
  ])('%s shows "%s"', async (path, shown) => {
    const page = await person.newPage()
    await page.goto(originOf(server) + path)
    await heading(page).waitFor()
    expect(await heading(page).textContent()).toBe(shown)
    await page.close()
  })

  it.each([
    ['/am/XUI/?realm=/alpha&service=Nothing', 'No sign-in page here', 0],
    ['/am/XUI/?realm=/alpha&suspendedId=used', 'This link no longer works', 1],
    ['/am/XUI/?realm=/alpha&code=1&state=2', 'Your sign-in can’t continue here', 1],
  ])('%s shows "%s" in every look', async (path, shown, buttons) => {
    const page = await person.newPage()
    await page.goto(originOf(server) + path)
    await ends(page, shown)
    expect(await page.getByRole('main').getByRole('button').count()).toBe(buttons)
    await expectGoodInEveryLook(page)
    await page.close()
  })

  it('passes query parameters on at each step, except those of the protocol', async () => {
    const page = await openSignIn(
      person,
      server,
      'Parameters',
      '&colour=green&size=1&size=2&_action=logout&action=x',
    )
    for (const place of [1, 2]) {
      await expect.poll(() => page.getByText('colour=').textContent()).toContain('size=["1","2"]')
      expect(await page.getByText('colour=').textContent(), `step ${place}`).toContain('colour=["green"]')
      await press(page, 'Continue')
    }
    await ends(page, 'Done')
    await page.close()
  })

  it('redirects after signing in, and people with a session, only where the realm allows it', async () => {
    const somebody = await browser.person()
    await somebody.route('https://app.example.com/**', (route) => route.fulfill({ body: 'the application' }))
    const page = await signedIn(somebody, `&goto=${encodeURIComponent('//evil.example')}`)
    for (const goto of ['//evil.example', 'javascript:alert(1)']) {
      if (goto !== '//evil.example') await page.goto(withGoto(goto))
      await ends(page, 'You are signed in')
      expect(new URL(page.url()).origin, goto).toBe(originOf(server))
    }
    for (const [goto, target] of [
      ['/desk/', `${originOf(server)}/desk/`],
      ['https://app.example.com/home', 'https://app.example.com/home'],
    ] as const) {
      await page.goto(withGoto(goto))
      await page.waitForURL(target)
    }
    const other = await browser.person()
    const history = `${originOf(server)}/desk/history`
    await (await signedIn(other, `&goto=${encodeURIComponent(history)}`)).waitForURL(history)
  })

  it('continues to a path of this server after a transaction if the link names it', async () => {
    const page = await completedTransaction('/am/XUI/?realm=/alpha&service=Greeting')
    await ends(page, 'Which script shall greet you?')
  })

  it.each(['https://evil.example/', 'javascript:alert(1)'])(
    'ends a transaction on its own page for %s',
    async (goto) => {
      const page = await completedTransaction(goto)
      await ends(page, 'You’re verified. Go back to your call.')
      expect(new URL(page.url()).origin).toBe(originOf(server))
    },
  )

  it('asks people with a session again only if the link says so', async () => {
    const somebody = await browser.person()
    await ends(await signedIn(somebody), 'You are signed in')
    await ends(await openSignIn(somebody, server, 'Login'), 'You are signed in')
    await ends(await signedIn(somebody, '&ForceAuth=true'), 'You are signed in')
  })

  it('redirects to the failure URL of a node or of the link', async () => {
    const page = await openSignIn(person, server, 'Refuses')
    await type(page, { 'User Name': 'alex' })
    await press(page, 'Continue')
    await ends(page, 'Which script shall greet you?')
    // Not the desk, which would redirect people who aren't signed in while this window closes.
    const elsewhere = '/am/XUI/?realm=/alpha&service=Parameters'
    await page.goto(signInAddress(server, 'RefusesAtOnce', `&gotoOnFail=${encodeURIComponent(elsewhere)}`))
    await page.getByText('colour=').waitFor()
    await page.close()
  })

  it('shows why a journey without questions failed, and doesn’t repeat it', async () => {
    const before = browser.requests().length
    const page = await openSignIn(person, server, 'RefusesAtOnce')
    expect(await heading(page).textContent()).toBe('Something went wrong')
    const text = page.getByText('Come back tomorrow')
    await text.waitFor()
    expect(await text.innerHTML()).toBe('Come back <b>tomorrow</b>')
    const asked = browser
      .requests()
      .slice(before)
      .filter(({ path }) => path.endsWith('/authenticate'))
    expect(asked.length).toBe(1)
    await press(page, 'Start again')
    await page.getByText('Come back tomorrow').waitFor()
    await page.close()
  })

  it('explains that JavaScript is required', async () => {
    const still = await browser.withoutScripts()
    const page = await still.newPage()
    await page.goto(signInAddress(server, 'Login'))
    const shown = page.locator('noscript p')
    await shown.waitFor()
    expect(await shown.textContent()).toContain('This page needs JavaScript.')
    await still.close()
  })
})
