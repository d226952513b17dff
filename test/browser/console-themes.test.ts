import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, type Look, TestBrowser } from './browser.ts'
import { administrator, type Opened, openConsole, signedOutDuring, wireOf } from './console.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

const path = '/openidm/config/ui/themerealm'

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const larkfield = {
  _id: 'larkfield',
  name: 'Larkfield',
  isDefault: true,
  linkedTrees: ['Login'],
  organisationName: { en: 'Larkfield Health', fr: 'Santé Larkfield' },
  primaryColor: '#324054',
  textColor: '#ffffff',
  journeyFooter: '<p>kept as it came</p>',
}
const other = { _id: 'other', name: 'Other', isDefault: false, linkedTrees: ['HelpDesk'] }

const put = (person: BrowserContext, themes: unknown[]) =>
  wireOf(person, server).put(path, { _id: 'ui/themerealm', realm: { alpha: themes } })

/** Reads the stored themes of alpha. */
const stored = async (person: BrowserContext) => (await wireOf(person, server).get(path)).body.realm.alpha

beforeEach(async () => {
  const person = await administrator(browser, server)
  await put(person, [larkfield, other])
})

async function openTheme(look: Look = {}): Promise<Opened> {
  const opened = await openConsole(browser, server, '/realm/themes/larkfield?realm=%2Falpha', look)
  await field(opened.page, 'Name').waitFor()
  return opened
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function save(page: Page): Promise<void> {
  await button(page, 'Save').click()
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
}

const groundOf = (page: Page, scheme: string) =>
  page
    .locator(`.sheet-preview[data-scheme="${scheme}"] .button`)
    .evaluate((element) => getComputedStyle(element).backgroundColor)

describe('themes of a realm', () => {
  it.each([{ scheme: 'light' }, { scheme: 'dark' }, { size: 'phone' }] as const)(
    'are accessible in the list and in the editor: %o',
    async (look) => {
      const { person, page } = await openConsole(browser, server, '/realm/themes?realm=%2Falpha', look)
      await page.getByRole('link', { name: 'Larkfield' }).waitFor()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await page.getByRole('link', { name: 'Larkfield' }).click()
      await page.getByRole('region', { name: 'Preview' }).waitFor()
      await page.getByRole('switch', { name: 'Custom dark colours' }).click()
      // Before scrolling, the save bar covers the lower part.
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await person.close()
    },
  )

  it('start with an empty list, where the first is created', async () => {
    const person = await administrator(browser, server)
    await put(person, [])
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/realm/themes?realm=%2Falpha`)
    await page.getByRole('heading', { name: 'No themes yet' }).waitFor()
    await button(page, 'New theme').click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('First')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'First' }).waitFor()
    expect(await stored(person)).toMatchObject([{ name: 'First', isDefault: true, linkedTrees: [] }])
  })

  it('have a live preview, and apply to the sign-in page', async () => {
    const { person, page } = await openTheme()
    await field(page, 'Buttons').fill('#880a32')
    await expect.poll(() => groundOf(page, 'Light')).toBe('rgb(136, 10, 50)')
    await expect.poll(() => groundOf(page, 'Dark')).toBe('rgb(136, 10, 50)')
    await page.getByRole('switch', { name: 'Custom dark colours' }).click()
    await field(page, 'Buttons (dark)').fill('#0b6b40')
    await expect.poll(() => groundOf(page, 'Dark')).toBe('rgb(11, 107, 64)')
    await field(page, 'Organisation name (en)').fill('Larkfield Hospital')
    await page.locator('.sheet-preview').first().getByText('Larkfield Hospital').waitFor()
    await save(page)

    const [theme] = await stored(person)
    expect(theme).toEqual({
      ...larkfield,
      primaryColor: '#880a32',
      dark: { primaryColor: '#0b6b40' },
      organisationName: { en: 'Larkfield Hospital', fr: 'Santé Larkfield' },
    })
    const seen = await wireOf(person, server).get(
      '/am/json/realms/root/realms/alpha/appearance?journey=Login',
    )
    expect(seen.body).toMatchObject({ theme: 'Larkfield', colours: { light: { primary: '#880a32' } } })
  })

  it('are rejected if a pair of colours has too little contrast', async () => {
    const { person, page } = await openTheme()
    await field(page, 'Button text').fill('#324154')
    await page.getByText('on buttons is too low. At least 4.5:1 is required.').waitFor()
    expect(await field(page, 'Button text').getAttribute('aria-invalid')).toBe('true')
    expect(await button(page, 'Save').isDisabled()).toBe(true)
    await expectAccessible(page)
    await button(page, 'Discard').click()
    await page.getByText('on buttons is too low').waitFor({ state: 'hidden' })
    expect((await stored(person))[0]).toEqual(larkfield)
  })

  it('move journeys and the default from one theme to another', async () => {
    const { person, page } = await openConsole(browser, server, '/realm/themes/other?realm=%2Falpha')
    await page.getByRole('switch', { name: 'Realm default' }).click()
    await page.getByRole('combobox', { name: 'Journeys' }).click()
    await page.getByRole('option', { name: 'Login', exact: true }).click()
    await page.keyboard.press('Escape')
    await save(page)
    expect(await stored(person)).toEqual([
      { ...larkfield, isDefault: false, linkedTrees: [] },
      { ...other, isDefault: true, linkedTrees: ['HelpDesk', 'Login'] },
    ])
  })

  it('show a conflict if another administrator saved the same theme, but not another one', async () => {
    const { person, page } = await openTheme()
    await field(page, 'Buttons').fill('#880a32')
    await put(person, [
      { ...larkfield, linkColor: '#02536f' },
      { ...other, linkColor: '#02536f' },
    ])
    await button(page, 'Save').click()
    const dialog = page.getByRole('dialog', { name: 'amadmin saved first' })
    await dialog.getByText('Links: nothing to #02536f').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Keep both' }).click()
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    expect((await stored(person))[0]).toEqual({ ...larkfield, linkColor: '#02536f', primaryColor: '#880a32' })

    await field(page, 'Buttons').fill('#0b6b40')
    await put(person, [(await stored(person))[0], { ...other, name: 'Theirs' }])
    await save(page)
    expect(await stored(person)).toMatchObject([{ primaryColor: '#0b6b40' }, { name: 'Theirs' }])
  })

  it('keep edits when the session ends, when offline, and when leaving the page', async () => {
    const opened = await openTheme()
    const { person, page } = opened
    await field(page, 'Buttons').fill('#880a32')
    await signedOutDuring(opened, () => button(page, 'Save').click())
    await person.setOffline(true)
    await button(page, 'Save').click()
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor()
    await person.setOffline(false)
    await page.getByText('1 change not saved').waitFor()
    await page.getByRole('link', { name: 'Themes' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save and leave' }).click()
    await page.getByRole('link', { name: 'Other' }).waitFor()
    expect((await stored(person))[0]).toMatchObject({ primaryColor: '#880a32' })
  })

  it('can be deleted', async () => {
    const { person, page } = await openTheme()
    await button(page, 'Delete theme').click()
    await button(page, 'Keep').click()
    await button(page, 'Delete theme').click()
    await button(page, 'Delete Larkfield').click()
    await page.getByRole('link', { name: 'Other' }).waitFor()
    expect(await stored(person)).toEqual([other])
  })

  it('show why reading failed, and try again', async () => {
    const person = await administrator(browser, server)
    const page = await person.newPage()
    await person.route('**/themerealm', (route) =>
      route.fulfill({ status: 503, json: { code: 503, message: 'Not now' } }),
    )
    await page.goto(`${originOf(server)}/console/realm/themes?realm=%2Falpha`)
    await page.getByText('The themes could not be read').waitFor()
    await person.unroute('**/themerealm')
    await button(page, 'Try again').click()
    await page.getByRole('link', { name: 'Other' }).waitFor()
  })
})
