import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agentSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, schemes, sizes, TestBrowser } from './browser.ts'
import { heading, press, signInAddress } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

const picture = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg" width="96" height="40"><rect width="96" height="40" fill="teal"/></svg>')}`

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha', { locales: { default: 'en', offered: ['en', 'de'] } })
    await stores.documents.replaceAll('/alpha', 'theme', [
      {
        id: 'larkfield',
        document: {
          _id: 'larkfield',
          name: 'Larkfield',
          isDefault: true,
          organisationName: { en: 'Larkfield Health', de: 'Larkfield Gesundheit' },
          favicon: picture,
          primaryColor: '#7a1f6b',
          dark: { journeyCardBackgroundColor: '#2a1a23', journeyCardTextColor: '#f3e6ee' },
        },
      },
      {
        id: 'calls',
        document: {
          _id: 'calls',
          name: 'Calls',
          linkedTrees: ['VerifyCaller'],
          organisationName: 'Larkfield Calls',
          logo: picture,
          primaryColor: '#1a5c1a',
        },
      },
    ])
  })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** Holds the script of the page back, like a slow network. @returns a function that lets it through. */
async function withoutModules(person: BrowserContext): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await person.route(/\/assets\/index-[\w-]+\.js$/, async (route) => {
    await promise
    await route.continue()
  })
  return resolve
}

/** Shows at once what the skeleton says after some seconds. */
const skipPatience = (page: Page) =>
  page.locator('.skeleton-slow').evaluate((text) => {
    for (const animation of text.getAnimations()) animation.finish()
  })

/** What people know a page by. */
const brandOn = (page: Page) =>
  page.evaluate(() => {
    const root = getComputedStyle(document.documentElement)
    const organisation = document.querySelector('.frame-organisation')
    return {
      name: organisation?.querySelector('img')?.alt ?? organisation?.querySelector('bdi')?.textContent,
      accent: root.getPropertyValue('--accent'),
      surface: root.getPropertyValue('--surface'),
      icon: document.querySelector('link[rel="icon"]')?.getAttribute('href'),
      title: document.title,
      language: document.documentElement.lang,
    }
  })

/** Records each brand that the page shows from now on. */
async function recordBrands(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen = new Set<string>()
    const look = () => {
      const name = document.querySelector('.frame-organisation')?.textContent ?? ''
      const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent')
      seen.add(`${name.replace(/localhost:\d+/, '')} ${accent}`)
      requestAnimationFrame(look)
    }
    look()
    Object.assign(window, { seenBrands: seen })
  })
  return () => page.evaluate(() => [...(window as typeof window & { seenBrands: Set<string> }).seenBrands])
}

describe('on a slow network', () => {
  it.each(schemes)(
    'the first paint has the brand and a skeleton, and the brand stays, in %s',
    async (scheme) => {
      const person = await browser.freshPerson({ scheme, size: 'phone' })
      const letThrough = await withoutModules(person)
      const page = await person.newPage()
      await page.goto(signInAddress(server, 'Login'), { waitUntil: 'commit' })
      await page.locator('.skeleton').waitFor()
      const first = await brandOn(page)
      expect(first).toMatchObject({
        name: 'Larkfield Health',
        accent: '#7a1f6b',
        icon: picture,
        title: 'Sign in · Larkfield Health',
      })
      expect(first.surface).toBe(scheme === 'dark' ? '#2a1a23' : '#ffffff')
      await skipPatience(page)
      await page.getByText('This is taking longer than usual').waitFor()
      if (scheme === 'dark') await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      const brands = await recordBrands(page)
      letThrough()
      await page.getByLabel('Password', { exact: true }).waitFor()
      await page.waitForLoadState('networkidle')
      expect(await brandOn(page)).toEqual(first)
      expect(await brands()).toEqual(['Larkfield Health #7a1f6b'])
    },
  )

  it('a caller’s link has the theme of its journey from the first paint on', async () => {
    const { link } = await deskOpens(server.url, await agentSignsIn(server.url))
    const person = await browser.freshPerson({ size: 'phone', locale: 'de-DE' })
    const letThrough = await withoutModules(person)
    const page = await person.newPage()
    await page.goto(link.replace(new URL(server.url).origin, originOf(server)), { waitUntil: 'commit' })
    await page.locator('.skeleton').waitFor()
    const first = await brandOn(page)
    expect(first).toMatchObject({ name: 'Larkfield Calls', accent: '#1a5c1a', language: 'de' })
    const brands = await recordBrands(page)
    letThrough()
    await heading(page).getByText('Wer hat angerufen?').waitFor()
    await page.waitForLoadState('networkidle')
    expect(await brandOn(page)).toEqual(first)
    expect(await brands()).toEqual([' #1a5c1a'])
  })

  it('does not ask for a look that it has, but for that of another language', async () => {
    const person = await browser.person()
    const page = await person.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(signInAddress(server, 'Login'))
    await page.getByLabel('Password', { exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(asked.filter((url) => url.includes('/appearance?'))).toEqual([])
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de')
    await expect.poll(() => page.title()).toBe('Anmelden · Larkfield Gesundheit')
    await page.reload()
    await page.getByLabel('Passwort', { exact: true }).waitFor()
    expect(await page.title()).toBe('Anmelden · Larkfield Gesundheit')
  })

  it('an old address, whose realm the server cannot see, shows no wrong brand', async () => {
    const person = await browser.freshPerson()
    const letThrough = await withoutModules(person)
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/am/XUI/#login/alpha&service=Login`, { waitUntil: 'commit' })
    await page.locator('.skeleton').waitFor()
    expect(await page.locator('.first-organisation').isVisible()).toBe(false)
    letThrough()
    await page.getByLabel('Password', { exact: true }).waitFor()
    await page.getByText('Larkfield Health').waitFor()
  })
})

describe('a button that was pressed', () => {
  it('says that it is busy, cannot be pressed twice, and explains a long wait', async () => {
    const person = await browser.person({ size: 'phone' })
    const page = await person.newPage()
    await page.goto(signInAddress(server, 'Login'))
    await page.getByLabel('Password', { exact: true }).waitFor()
    await page.getByLabel('User Name', { exact: true }).fill('alex')
    await page.getByLabel('Password', { exact: true }).fill('Alex-Pass-2026')
    const { promise, resolve } = Promise.withResolvers<void>()
    let sent = 0
    await page.route(/\/authenticate/, async (route) => {
      sent++
      await promise
      await route.continue()
    })
    await press(page, 'Sign in')
    const button = page.getByRole('button', { name: 'Sign in', exact: true })
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true')
    await button.click({ force: true })
    await page.keyboard.press('Enter')
    await page.getByText('This is taking longer than usual').waitFor()
    expect(sent).toBe(1)
    expect(await button.evaluate((element) => getComputedStyle(element, '::before').content)).toBe('""')
    await expectAccessible(page)
    resolve()
    await heading(page).getByText('You are signed in').waitFor()
    expect(await page.getByText('This is taking longer than usual').count()).toBe(0)
    expect(page.viewportSize()).toEqual(sizes.phone)
  })
})
