import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startIdentityProvider } from '../support/identity-provider.ts'
import { startMailServer } from '../support/mail-server.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'
import { TestBrowser } from './browser.ts'
import {
  ended,
  openWidget,
  serveApplication,
  serveInside,
  signOut,
  type Wanted,
  widgetOn,
} from './login-widget.ts'
import { originOf } from './signed-in.ts'
import { saveWidgetJourneys } from './widget-journeys.ts'

// The vendor's published login widget runs our journeys on an application page.

let mail: Awaited<ReturnType<typeof startMailServer>>
let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let application: Awaited<ReturnType<typeof serveApplication>>
let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  application = await serveApplication()
  mail = await startMailServer()
  provider = await startIdentityProvider(application.url)
  server = await startPrepared((stores) => saveWidgetJourneys(stores, new URL(application.url).origin), {
    smtpUrl: mail.url,
    mailFrom: 'Desk <desk@example.com>',
    httpAllow: [provider.host],
  })
  const token = await signIn(server.url, 'amadmin', adminPassword, '/')
  const config = `${server.url}/json/realms/root/realms/alpha/realm-config`
  const saved = await fetch(`${config}/services/SocialIdentityProviders/oidcConfig/ours`, {
    method: 'PUT',
    headers: { cookie: `iPlanetDirectoryPro=${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(provider.document),
  })
  expect(saved.ok).toBe(true)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await Promise.all([provider.stop(), mail.stop(), application.stop()])
})

afterEach(() => {
  vi.useRealTimers()
})

const baseUrl = () => `${originOf(server)}/am`

async function withWidget(wanted: Wanted, act: (page: Page, person: BrowserContext) => Promise<void>) {
  const person = await browser.person()
  await act(await openWidget(person, application.url, baseUrl(), wanted), person)
  await person.close()
}

/** Types into the widget's fields, by label. */
async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await widgetOn(page).getByLabel(label, { exact: true }).fill(value)
  }
}

const press = (page: Page, name = 'Next') => widgetOn(page).getByRole('button', { name, exact: true }).click()
const see = (page: Page, text: string | RegExp) => widgetOn(page).getByText(text).first().waitFor()
const sessionOf = async (person: BrowserContext) =>
  (await person.cookies(originOf(server))).find(({ name }) => name === 'iPlanetDirectoryPro')

/** Fills in and sends the registration. */
async function register(page: Page, password: string, answer: string): Promise<void> {
  await fill(page, { Username: 'robin', Password: password, 'First name': 'Robin', 'Last name': 'Lee' })
  await fill(page, { 'Email address': 'robin@example.com' })
  for (const [place, question] of (await widgetOn(page).locator('select').all()).entries()) {
    await question.selectOption({ index: place + 1 })
    await widgetOn(page).getByLabel('Security answer').nth(place).fill(answer)
  }
  await widgetOn(page).getByRole('checkbox', { name: /Terms/ }).check({ force: true })
  await press(page)
}

const alex = { Username: 'alex', Password: 'Alex-Pass-2026' }

describe('the login widget', () => {
  it.each([
    ['inline', 'of another origin'],
    ['modal', 'of our own origin'],
  ] as const)('signs people in, %s, on a page %s', async (type, where) => {
    const person = await browser.person()
    const isOwn = where === 'of our own origin'
    const url = isOwn ? await serveInside(person, originOf(server)) : application.url
    const page = await openWidget(person, url, baseUrl(), { name: 'Login', type })
    await see(page, 'Enter your username and password.')
    await fill(page, { ...alex, Password: 'wrong' })
    await press(page)
    // The sample asks again without a message.
    await expect.poll(() => widgetOn(page).getByLabel('Password').inputValue()).toBe('')
    await fill(page, alex)
    await press(page)
    expect(await ended(page)).toMatchObject({ successful: true, response: { realm: '/alpha' } })
    expect(await sessionOf(person)).toMatchObject({ httpOnly: true, path: '/' })
    await signOut(page)
    expect(await sessionOf(person)).toBeUndefined()
  })

  it('shows that a journey failed, and restarts it', () =>
    withWidget({ name: 'Once' }, async (page) => {
      await fill(page, { ...alex, Password: 'wrong' })
      await press(page)
      await see(page, 'Sign in failed')
      await expect.poll(() => widgetOn(page).getByLabel('Password').inputValue()).toBe('')
      await fill(page, alex)
      await press(page)
      expect(await ended(page)).toMatchObject({ successful: true })
    }))

  it('shows header, description and the layout of a stage', () =>
    withWidget({ name: 'Picks' }, async (page) => {
      await see(page, 'Pick one')
      await see(page, 'It is yours')
      expect(await widgetOn(page).locator('i').textContent()).toBe('yours')
      await see(page, 'One of two')
      await widgetOn(page).locator('label', { hasText: 'blue' }).click()
      await widgetOn(page).locator('select').selectOption('No')
      await press(page)
      await see(page, 'Answered: 1 1')
      await press(page)
      expect(await ended(page)).toMatchObject({ successful: true })
    }))

  it('registers a person, and shows why values are rejected', () =>
    withWidget({ name: 'Registration' }, async (page, person) => {
      await see(page, 'At least 8 character(s)')
      await see(page, 'At least 1 uppercase letter(s)')
      await register(page, 'short', 'Tom')
      await see(page, 'Please check this value')
      // The widget shows the old values and sends the new ones.
      await register(page, 'Robin-Pass-2026', 'Tim')
      expect(await ended(page)).toMatchObject({ successful: true })
      expect(await sessionOf(person)).toBeDefined()
    }))

  it('waits as long as a journey says', () =>
    withWidget({ name: 'Waits' }, async (page) => {
      await see(page, 'One moment')
      expect(await ended(page)).toMatchObject({ successful: true })
    }))

  it('leaves a wait on request', () =>
    withWidget({ name: 'WaitsLong' }, async (page) => {
      await see(page, 'One moment')
      await press(page, 'Leave')
      await widgetOn(page).getByLabel('Username').waitFor()
    }))

  it('continues from the link in an email', () =>
    withWidget({ name: 'ByMail' }, async (page, person) => {
      await fill(page, { Username: 'alex' })
      await press(page)
      await see(page, 'Check your email')
      const { body } = await mail.arrived(1)
      const id = /suspendedId=[^"&\s]+/.exec(body)?.[0]
      const resumed = await openWidget(person, `${application.url}?${id}`, baseUrl(), {})
      await fill(resumed, { Password: 'Alex-Pass-2026' })
      await press(resumed)
      expect(await ended(resumed)).toMatchObject({ successful: true })
    }))

  it('redirects to an identity provider, and continues afterwards', () =>
    withWidget({ name: 'Social' }, async (page, person) => {
      expect(await ended(page)).toMatchObject({ successful: true })
      expect(await sessionOf(person)).toBeDefined()
    }))

  it('restarts an expired journey with the typed values', () =>
    withWidget({ name: 'Login' }, async (page, person) => {
      await fill(page, alex)
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * 60_000 })
      await press(page)
      expect(await ended(page)).toMatchObject({ successful: true })
      expect(await sessionOf(person)).toBeDefined()
    }))
})
