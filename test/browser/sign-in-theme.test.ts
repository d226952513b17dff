import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'
import { expectGoodInEveryLook, schemes, TestBrowser } from './browser.ts'
import { heading, openSignIn } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

const picture = (colour: string) =>
  `data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="${colour}"/></svg>`)}`

const realmTheme = {
  _id: 'larkfield',
  name: 'Larkfield',
  isDefault: true,
  organisationName: { en: 'Larkfield Health', fr: 'Larkfield Santé' },
  logo: picture('teal'),
  logoAltText: 'Larkfield',
  logoHeight: 40,
  favicon: picture('navy'),
  primaryColor: '#7a1f6b',
  textColor: '#fff',
  backgroundColor: '#f6e9d8',
  backgroundImage: picture('wheat'),
  journeyCardBackgroundColor: '#fffaf2',
  journeyCardTextColor: '#3a2a1a',
  journeyCardTitleColor: '#7a1f6b',
  linkColor: '#e0c9a0',
  helpUrl: 'https://larkfield.example/help',
  privacyUrl: { en: 'https://larkfield.example/privacy' },
  dark: {
    backgroundColor: '#1b1016',
    journeyCardBackgroundColor: '#2a1a23',
    journeyCardTextColor: '#f3e6ee',
  },
}

const greetingTheme = {
  _id: 'plain',
  name: 'Plain',
  linkedTrees: ['Greeting'],
  organisationName: 'Plain',
  primaryColor: '#1a5c1a',
}

beforeAll(async () => {
  server = await startPrepared((stores) =>
    saveRealm(stores, '/alpha', { locales: { default: 'en', offered: ['en', 'fr'] } }),
  )
  browser = await TestBrowser.launch()
  const token = await signIn(server.url, 'amadmin', adminPassword, '/')
  const saved = await fetch(`${new URL(server.url).origin}/openidm/config/ui/themerealm`, {
    method: 'PUT',
    headers: { cookie: `iPlanetDirectoryPro=${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ _id: 'ui/themerealm', realm: { alpha: [realmTheme, greetingTheme] } }),
  })
  expect(saved.status).toBe(200)
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** The page after its theme was applied. */
async function dressed(journey: string, locale = 'en-US'): Promise<Page> {
  const page = await openSignIn(await browser.person({ locale }), server, journey)
  await page.waitForFunction(() => document.documentElement.style.getPropertyValue('--accent') !== '')
  return page
}

const colourOf = (page: Page, selector: string, property: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)

describe('the theme of a realm', () => {
  it('sets colours, logo and links of the page in both schemes, which stays readable', async () => {
    const page = await dressed('Login')
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme })
      expect(await colourOf(page, '.button.main', 'background-color')).toBe('rgb(122, 31, 107)')
      await expect
        .poll(() => colourOf(page, '.frame-sheet', 'background-color'))
        .toBe(scheme === 'light' ? 'rgb(255, 250, 242)' : 'rgb(42, 26, 35)')
      expect(await page.getByAltText('Larkfield').getAttribute('src')).toBe(realmTheme.logo)
      expect(await page.locator('link[rel="icon"]').getAttribute('href')).toBe(realmTheme.favicon)
      expect(await page.getByRole('link', { name: 'Help' }).getAttribute('href')).toBe(realmTheme.helpUrl)
      expect(await page.title()).toBe('Sign in · Larkfield Health')
    }
    await expectGoodInEveryLook(page)
  })

  it('uses the language of the page, and offers those of the realm', async () => {
    const page = await dressed('Login', 'fr')
    await expect.poll(() => page.title()).toBe('Se connecter · Larkfield Santé')
    const offered = page.getByRole('combobox', { name: 'Langue' }).locator('option')
    expect(await offered.allTextContents()).toEqual(['English', 'Français'])
  })

  it('can apply to one journey', async () => {
    const page = await dressed('Greeting')
    expect(await colourOf(page, '.button.main', 'background-color')).toBe('rgb(26, 92, 26)')
  })

  it('shows the name of the organisation instead of a logo that cannot be loaded', async () => {
    const page = await dressed('Login')
    const logo = page.getByRole('img', { name: 'Larkfield' })
    await logo.evaluate((image: HTMLImageElement) => image.setAttribute('src', 'data:image/png;base64,AAAA'))
    await page.getByText('Larkfield Health').waitFor()
    expect(await logo.count()).toBe(0)
  })

  it('is optional: the page works if it cannot be read', async () => {
    const person = await browser.person()
    await person.route('**/appearance?**', (route) => route.fulfill({ status: 500, body: '{}' }))
    const page = await person.newPage()
    // The server can't put the look into this page, because it does not see the realm.
    await page.goto(`${originOf(server)}/am/XUI/#login/alpha&service=Login`)
    await heading(page).getByText('Sign in').waitFor()
    await page.getByText('Sidegate').waitFor()
  })
})
