import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { administrator, type Opened, openConsole, wireOf } from './console.ts'
import { openSignIn } from './sign-in.ts'
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

async function openTheme(): Promise<Opened> {
  const opened = await openConsole(browser, server, '/realm/themes/larkfield?realm=%2Falpha')
  await field(opened.page, 'Name').waitFor()
  return opened
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

const group = (page: Page, name: string) => page.getByRole('group', { name, exact: true })

/** A PNG of 120 × 40 pixels. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAHgAAAAoCAIAAAC6iKlyAAAAUElEQVR42u3QMQ0AAAgDsDnB59TjgnA0qYJmWg5EgWjRiBYt2oJo0YgWLdqCaNGIFi0a0aIRLVo0okUjWrRoRItGtGjRiBaNaNGiES0a0f8sNY8lbaLuUW0AAAAASUVORK5CYII=',
  'base64',
)
const pngUri = `data:image/png;base64,${png.toString('base64')}`

/** Chooses a file by keyboard. */
async function choose(page: Page, name: string, file: { name: string; buffer: Buffer }): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await button(page, name).press('Enter')
  await (await chooser).setFiles({ mimeType: 'application/octet-stream', ...file })
}

async function drop(onto: Locator, file: { name: string; buffer: Buffer }): Promise<void> {
  const content = { name: file.name, base64: file.buffer.toString('base64') }
  const dataTransfer = await onto.page().evaluateHandle(({ name, base64 }) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name))
    return transfer
  }, content)
  for (const type of ['dragenter', 'drop']) await onto.dispatchEvent(type, { dataTransfer })
}

async function save(page: Page): Promise<void> {
  await button(page, 'Save').click()
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
}

const previewOf = (page: Page, scheme: string, sheet = 'sign-in') =>
  page.locator(`.sheet-preview[data-scheme="${scheme}"] [data-page="${sheet}"]`)

const groundOf = (page: Page, scheme: string) =>
  previewOf(page, scheme)
    .locator('.button')
    .evaluate((element) => getComputedStyle(element).backgroundColor)

describe('themes of a realm', () => {
  it('are accessible in the list and in the editor', async () => {
    const { page } = await openConsole(browser, server, '/realm/themes?realm=%2Falpha')
    await page.getByRole('link', { name: 'Larkfield' }).waitFor()
    await expectGoodInEveryLook(page)
    await page.getByRole('link', { name: 'Larkfield' }).click()
    await page.getByRole('region', { name: 'Preview' }).waitFor()
    await page.getByRole('switch', { name: 'Custom dark colours' }).click()
    // Before scrolling, the save bar covers the lower part.
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    await expectGoodInEveryLook(page)
    await page.getByRole('switch', { name: 'Custom dark colours' }).click()
    await page.getByRole('link', { name: 'All themes' }).click()
    await page.getByRole('link', { name: 'Larkfield' }).waitFor()
  })

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
    await previewOf(page, 'Light').getByText('Larkfield Hospital', { exact: true }).waitFor()
    const caller = previewOf(page, 'Dark', 'caller')
    await caller.getByText('Are you on the phone with us?').waitFor()
    await caller.getByText('Larkfield Hospital wants to make sure it’s you.').waitFor()
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

  it('take a logo from a file, which the sign-in page shows, remove it again, take dropped files, and keep URLs', async () => {
    const { person, page } = await openTheme()
    await choose(page, 'Choose file for logo', { name: 'logo', buffer: png })
    await group(page, 'Logo').getByText('PNG, 1 kB').waitFor()
    for (const sheet of ['sign-in', 'caller'])
      await previewOf(page, 'Light', sheet).getByRole('img', { name: 'Larkfield Health' }).waitFor()
    await save(page)
    expect((await stored(person))[0]).toEqual({ ...larkfield, logo: pngUri })
    const signIn = await openSignIn(await browser.person(), server, 'Login')
    const shown = await signIn
      .getByRole('img', { name: 'Larkfield Health' })
      .evaluate((image: HTMLImageElement) => [image.src, image.naturalWidth])
    expect(shown).toEqual([pngUri, 120])

    await button(page, 'Remove logo').press('Enter')
    expect(await button(page, 'Choose file for logo').evaluate((own) => own === document.activeElement)).toBe(
      true,
    )
    await save(page)
    expect((await stored(person))[0]).toEqual(larkfield)

    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')
    await drop(group(page, 'Browser tab icon'), { name: 'icon.svg', buffer: svg })
    await group(page, 'Browser tab icon').getByText('SVG, 1 kB').waitFor()
    await drop(group(page, 'Background image'), { name: 'wall.svg', buffer: svg })
    await choose(page, 'Replace background image', { name: 'wall.png', buffer: png })
    await group(page, 'Background image').getByText('PNG, 1 kB').waitFor()
    await field(page, 'Logo URL').fill('/am/XUI/assets/mark.svg')
    await save(page)
    expect((await stored(person))[0]).toEqual({
      ...larkfield,
      logo: '/am/XUI/assets/mark.svg',
      favicon: `data:image/svg+xml;base64,${svg.toString('base64')}`,
      backgroundImage: pngUri,
    })
  })

  it('say why a file is not taken, and why colours with too little contrast are not saved', async () => {
    const { page } = await openTheme()
    const alert = group(page, 'Logo').getByRole('alert')
    for (const [buffer, problem] of [
      [Buffer.alloc(100_001), 'logo.png has 101 kB. At most 100 kB are allowed.'],
      [Buffer.from('Hello'), 'logo.png is not a PNG, JPEG, WebP, GIF, SVG or ICO picture.'],
      // Only the browser can see that.
      [png.subarray(0, 20), 'logo.png is damaged. Browsers can’t show it.'],
    ] as const) {
      await choose(page, 'Choose file for logo', { name: 'logo.png', buffer })
      await alert.getByText(problem).waitFor()
      expect(await button(page, 'Save').count()).toBe(0)
    }
    await expectAccessible(page)
    await choose(page, 'Choose file for logo', { name: 'logo.png', buffer: png })
    await group(page, 'Logo').getByText('PNG, 1 kB').waitFor()
    expect(await alert.count()).toBe(0)

    await button(page, 'Discard').click()
    await field(page, 'Button text').fill('#324154')
    await page.getByText('on buttons is too low. At least 4.5:1 is required.').waitFor()
    expect(await field(page, 'Button text').getAttribute('aria-invalid')).toBe('true')
    expect(await button(page, 'Save').isDisabled()).toBe(true)
    await expectAccessible(page)
    await button(page, 'Discard').click()
    await page.getByText('on buttons is too low').waitFor({ state: 'hidden' })
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
    await dialog.getByRole('button', { name: 'Keep both' }).click()
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    expect((await stored(person))[0]).toEqual({ ...larkfield, linkColor: '#02536f', primaryColor: '#880a32' })

    await field(page, 'Buttons').fill('#0b6b40')
    await put(person, [(await stored(person))[0], { ...other, name: 'Theirs' }])
    await save(page)
    expect(await stored(person)).toMatchObject([{ primaryColor: '#0b6b40' }, { name: 'Theirs' }])
  })

  it('show why reading failed, and can be deleted', async () => {
    const person = await administrator(browser, server)
    const page = await person.newPage()
    await person.route('**/themerealm', (route) =>
      route.fulfill({ status: 503, json: { code: 503, message: 'Not now' } }),
    )
    await page.goto(`${originOf(server)}/console/realm/themes?realm=%2Falpha`)
    await page.getByText('The themes could not be read').waitFor()
    await person.unroute('**/themerealm')
    await button(page, 'Try again').click()
    await page.getByRole('link', { name: 'Larkfield' }).click()
    await button(page, 'Delete theme').click()
    await button(page, 'Keep').click()
    await button(page, 'Delete theme').click()
    await button(page, 'Delete Larkfield').click()
    await page.getByRole('link', { name: 'Other' }).waitFor()
    expect(await stored(person)).toEqual([other])
  })
})
