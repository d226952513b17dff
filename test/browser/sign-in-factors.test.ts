import { readFile } from 'node:fs/promises'
import { generateSync } from 'otplib'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import { startMailServer } from '../support/mail-server.ts'
import { saveOathJourneys } from '../support/oath-journeys.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { heading, openSignIn, press, type } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let mail: Awaited<ReturnType<typeof startMailServer>>
let server: TestServer
let browser: TestBrowser

const ask = { type: 'UsernameCollectorNode' }

async function prepare(stores: Stores): Promise<void> {
  await saveOathJourneys(stores, 'Registers', 'Verifies')
  await saveJourney(stores, 'ByMail', {
    ask: { ...ask, to: { outcome: 'link' } },
    link: {
      type: 'EmailSuspendNode',
      config: { emailTemplateName: 'resetPassword', objectLookup: true, suspendDuration: 5 },
      to: { outcome: 'name' },
    },
    name: { ...ask, to: { outcome: 'password' } },
    password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
    check: { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } },
  })
  await saveCaptchas(stores)
}

async function saveCaptchas(stores: Stores): Promise<void> {
  const told = {
    yes: await scripted(stores, 'captcha-yes', saying('solved'), { next: 'success' }),
    no: await scripted(stores, 'captcha-no', saying('refused'), { next: 'success' }),
  }
  const captcha = (config: object) => ({
    captcha: {
      type: 'product-CaptchaNode',
      config: { siteKey: 'site-key', secretKey: 'secret', captchaUri: `http://127.0.0.1:9/`, ...config },
      to: { true: 'yes', false: 'no' },
    },
    ...told,
  })
  await saveJourney(
    stores,
    'Hcaptcha',
    captcha({ apiUri: 'https://js.hcaptcha.com/1/api.js', divClass: 'h-captcha' }),
  )
  await saveJourney(stores, 'Score', captcha({ reCaptchaV3: true }))
  await saveJourney(stores, 'OwnCaptcha', captcha({ apiUri: 'https://captcha.example/api.js' }))
  const enterprise = { projectId: 'p', siteKey: 'site-key', secretLabelIdentifier: 'none' }
  await saveJourney(stores, 'Enterprise', {
    captcha: { type: 'product-CaptchaEnterpriseNode', config: enterprise, to: { true: 'yes', false: 'no' } },
    ...told,
  })
}

const saying = (text: string) => `(function () {
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, "Captcha ${text}");
  else action.goTo("next");
})();`

beforeAll(async () => {
  mail = await startMailServer()
  server = await startPrepared(prepare, { smtpUrl: mail.url, mailFrom: 'Desk <desk@example.com>' })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await mail.stop()
})

async function withPerson(act: (person: BrowserContext) => Promise<void>): Promise<void> {
  const person = await browser.person({ size: 'phone' })
  await person.grantPermissions(['clipboard-read', 'clipboard-write'])
  await act(person)
  await person.close()
}

async function named(person: BrowserContext, journey: string, name: string): Promise<Page> {
  const page = await openSignIn(person, server, journey)
  await type(page, { 'User Name': name })
  await press(page, 'Continue')
  return page
}

const at = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor()

describe('a sign-in app', () => {
  it('gets its key by QR code or by hand, and recovery codes are shown once', () =>
    withPerson(async (person) => {
      const page = await named(person, 'Registers', 'alex')
      await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
      expect(await heading(page).textContent()).toBe('Set up your authenticator app')
      const link =
        (await page.getByRole('link', { name: 'Open the app on this phone' }).getAttribute('href')) ?? ''
      const secret = new URL(link).searchParams.get('secret') ?? ''
      await page.getByText('Can’t scan it?').click()
      expect((await page.locator('.app-registration-key').textContent())?.replaceAll(' ', '')).toBe(secret)
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await press(page, 'Next')

      await at(page, 'Save these recovery codes')
      await page.locator('.recovery-codes li').first().waitFor()
      const codes = await page.locator('.recovery-codes li').allTextContents()
      expect(codes.length).toBeGreaterThan(5)
      await press(page, 'Copy')
      await page.getByRole('button', { name: 'Copied' }).waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${codes.join('\n')}\n`)
      const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Download')])
      expect(await readFile(await download.path(), 'utf8')).toBe(`${codes.join('\n')}\n`)
      await expectAccessible(page)
      await press(page, 'I’ve saved them')
      await at(page, 'Done')

      await signInWith(person, secret, codes[0] ?? '')
    }))

  it('can be installed from the stores, or skipped', () =>
    withPerson(async (person) => {
      const page = await named(person, 'Verifies', 'dana')
      await press(page, 'Get the App')
      const shop = page.getByRole('link', { name: 'Apple App Store' })
      expect(await shop.getAttribute('rel')).toBe('noopener noreferrer')
      await press(page, 'Continue')
      await expectAccessible(page)
      await press(page, 'Skip this step')
      await at(page, 'You are signed in')
    }))
})

/** Tries a wrong code, the right one and a recovery code. */
async function signInWith(person: BrowserContext, secret: string, recoveryCode: string): Promise<void> {
  const page = await named(person, 'Verifies', 'alex')
  const field = page.getByLabel('Enter verification code')
  expect(await field.getAttribute('autocomplete')).toBe('one-time-code')
  expect(await field.getAttribute('inputmode')).toBe('numeric')
  await field.fill('000000')
  await press(page, 'Submit')
  await page.getByRole('alert').waitFor()
  await press(page, 'Continue')
  await field.fill(generateSync({ secret }))
  await page.keyboard.press('Enter')
  await at(page, 'You are signed in')
  await press(page, 'Sign out')
  await press(page, 'Sign in again')
  await type(page, { 'User Name': 'alex' })
  await press(page, 'Continue')
  await press(page, 'Use recovery code')
  await type(page, { 'Recovery Code': recoveryCode })
  await press(page, 'Continue')
  await at(page, 'You are signed in')
}

describe('an email', () => {
  it('leads back into the journey once, and survives a reload', () =>
    withPerson(async (person) => {
      const count = mail.mails.length
      const page = await named(person, 'ByMail', 'alex')
      await at(page, 'Check your email')
      const { body } = await mail.arrived(count + 1)
      const link = /href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? ''
      const here = link.replace(new URL(link).origin, originOf(server))
      const opened = await person.newPage()
      await opened.goto(here)
      await type(opened, { 'User Name': 'alex' })
      await press(opened, 'Continue')
      await opened.getByLabel('Password', { exact: true }).waitFor()
      await opened.reload()
      await type(opened, { Password: 'Alex-Pass-2026' })
      await press(opened, 'Sign in')
      await at(opened, 'Done')

      const again = await person.newPage()
      await again.goto(here)
      await at(again, 'This link no longer works')
      await press(again, 'Start again')
      await at(again, 'Sign in')
    }))
})

/** Serves a fake of the service's script, which the browser would load from another site. */
const widget = (name: string) => `window.${name} = {
  ready(then) { then(); },
  render(place, { callback, sitekey }) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'I am a person with ' + sitekey;
    button.onclick = () => callback('token');
    place.append(button);
  },
  execute: async (key, { action }) => key + ' ' + action,
};`

describe('a CAPTCHA', () => {
  it('runs on its own page, and its policy ends with its step', () =>
    withPerson(async (person) => {
      await person.route('https://js.hcaptcha.com/**', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: widget('hcaptcha') }),
      )
      const page = await openSignIn(person, server, 'Hcaptcha')
      await page.getByRole('button', { name: 'I am a person with site-key' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/am/XUI/captcha/hcaptcha/')
      await press(page, 'Continue')
      await page.getByRole('alert').getByText('Complete the check first.').waitFor()
      await press(page, 'I am a person with site-key')
      await press(page, 'Continue')
      // There is no service to verify the answer: the journey fails and starts again.
      await page.getByRole('alert').waitFor()
      expect(new URL(page.url()).pathname).toBe('/am/XUI/captcha/hcaptcha/')
    }))

  it('that gives a score runs when the person continues', () =>
    withPerson(async (person) => {
      await person.route('https://www.google.com/recaptcha/**', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: widget('grecaptcha') }),
      )
      const page = await openSignIn(person, server, 'Score')
      await page.waitForFunction(() => 'grecaptcha' in window)
      const sent = page.waitForRequest((request) => request.url().endsWith('/authenticate'))
      await press(page, 'Continue')
      expect((await sent).postData()).toContain('"value":"site-key sign_in"')
    }))

  it('of the enterprise edition reports a missing score, and the page leaves its address', () =>
    withPerson(async (person) => {
      await person.route('https://www.google.com/**', (route) => route.abort())
      const page = await openSignIn(person, server, 'Enterprise')
      await page.getByText('The check could not be loaded.').waitFor()
      expect(new URL(page.url()).pathname).toBe('/am/XUI/captcha/recaptcha/')
      await press(page, 'Continue')
      await page.getByText('Captcha refused').waitFor()
      expect(new URL(page.url()).pathname).toBe('/am/XUI/')
    }))

  it('from an unknown address is not loaded, and the page says so', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'OwnCaptcha')
      await page.getByText('This check comes from an unknown address: captcha.example.').waitFor()
    }))

  it('has a policy for its service only, and rejects other names', async () => {
    const policyOf = async (path: string) =>
      (await fetch(new URL(server.url).origin + path)).headers.get('content-security-policy') ?? ''
    expect(await policyOf('/am/XUI/captcha/turnstile/?realm=/alpha')).toContain(
      "script-src 'self' https://challenges.cloudflare.com;",
    )
    const strict = await policyOf('/am/XUI/')
    for (const path of ['evil.example', 'constructor', '__proto__', '', 'hcaptcha.com']) {
      expect(await policyOf(`/am/XUI/captcha/${path}/`)).toBe(strict)
    }
    expect(await policyOf('/am/XUI/?x=/am/XUI/captcha/hcaptcha/')).toBe(strict)
    expect(await policyOf('/desk/captcha/hcaptcha/')).not.toContain('hcaptcha')
  })
})
