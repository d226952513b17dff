import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, sizes, TestBrowser } from './browser.ts'
import { administrator, type Opened, openConsole, wireOf } from './console.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser
let template: Record<string, unknown>

const at = '/am/json/realms/root/realms/alpha/realm-config/settings'

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
  const person = await administrator(browser, server)
  template = await stored(person)
})

beforeEach(async () => {
  const person = await administrator(browser, server)
  await wireOf(person, server).put(at, template)
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** Reads the stored settings. */
async function stored(person: BrowserContext) {
  const { _id, _rev, ...settings } = (await wireOf(person, server).get(at)).body
  return settings
}

async function openSettings(): Promise<Opened> {
  const opened = await openConsole(browser, server, '/realm?realm=%2Falpha')
  await opened.page.getByRole('heading', { name: 'Lockout' }).waitFor()
  return opened
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const list = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const saved = (page: Page) => page.getByRole('status').getByText('Saved', { exact: true }).waitFor()

async function addTo(page: Page, name: string, text: string): Promise<void> {
  await list(page, name).fill(text)
  await page.keyboard.press('Enter')
}

async function save(page: Page): Promise<void> {
  await button(page, 'Save').click()
  await saved(page)
}

/** Changes at least one setting of each group. */
async function changeSettings(page: Page): Promise<void> {
  await list(page, 'Default journey').fill('Plat')
  await page.getByRole('option', { name: 'PlatformLogin' }).click()
  await field(page, 'Journey lifetime (minutes)').fill('7')
  await field(page, 'Sessions per person').fill('3')
  await addTo(page, 'Hosts', 'id.example.com:8443')
  await addTo(page, 'Allowed origins (CORS)', 'https://app.example.com')
  await field(page, 'Success URL').fill('https://app.example.com/home')
  await addTo(page, 'Allowed landing pages', 'https://app.example.com/*')
  await field(page, 'Wrong passwords before lockout').fill('4')
  await field(page, 'Minimum length').fill('12')
  await page.getByRole('switch', { name: 'Allow the username in passwords' }).click()
  await field(page, 'From').fill('Larkfield <no-reply@larkfield.example>')
  await addTo(page, 'Offered', 'fr')
  await field(page, 'Organisation name').fill('Larkfield')
}

/** Translates an action, removes one, and adds one. */
async function changeTranslations(page: Page): Promise<void> {
  const group = page.getByRole('group', { name: 'Translations of the actions' })
  await group.getByRole('textbox', { name: 'Unlock the account (de)' }).fill('Konto freischalten')
  await group.getByRole('button', { name: 'Remove Change the mail address' }).click()
  await group.getByRole('textbox', { name: 'Action', exact: true }).fill('Order a badge')
  await group.getByRole('button', { name: 'Add action' }).click()
  await group.getByRole('button', { name: 'Add a language to Order a badge' }).click()
  await group.getByRole('textbox', { name: 'Order a badge, language 1' }).fill('de')
  await group.getByRole('textbox', { name: 'Order a badge (de)' }).fill('Ausweis bestellen')
}

/** Puts a new check first, replaces a question, and sets terms and consent. */
async function changeLists(page: Page, countOfChecks: number): Promise<void> {
  await button(page, 'Add check').click()
  const checks = page.getByRole('group', { name: 'Checks' })
  await checks.getByRole('combobox', { name: 'Journey' }).last().fill('Verify')
  await page.getByRole('option', { name: 'VerifyCaller' }).click()
  await checks.getByRole('textbox', { name: 'Title' }).last().fill('By phone')
  for (let place = countOfChecks + 1; place > 1; place--)
    await checks.getByRole('button', { name: `Move Check ${place} up` }).click()

  const questions = page.getByRole('group', { name: 'Questions' })
  await questions.getByRole('button', { name: 'Remove Question 1' }).click()
  await questions.getByRole('button', { name: 'Add question' }).click()
  await questions.getByRole('textbox', { name: 'Question 2 (en)' }).fill('Which street?')

  await page.getByRole('switch', { name: /accept terms/ }).click()
  await button(page, 'Add application').click()
  const consent = page.getByRole('group', { name: 'Consent' })
  await consent.getByRole('textbox', { name: 'Name' }).fill('news')
  await consent.getByRole('textbox', { name: 'Title' }).fill('Newsletter')
}

describe('settings of a realm', () => {
  it('are in groups with help, and saved together, while others stay unchanged', async () => {
    const { person, page } = await openSettings()
    const groups = await page
      .getByRole('navigation', { name: 'Setting groups' })
      .getByRole('link')
      .allTextContents()
    expect(await page.locator('.settings h2').allTextContents()).toEqual(groups)
    expect(groups).not.toContain('More')
    expect(groups.length).toBeGreaterThan(10)
    await page.getByText('When exceeded, the oldest session ends. 0 means no limit.').waitFor()

    const before = await stored(person)
    const { helpDesk } = before
    await changeSettings(page)
    await page.getByText('13 changes not saved').waitFor()
    await changeTranslations(page)
    await changeLists(page, helpDesk.checks.length)
    await save(page)
    const { 'Change the mail address': _removed, ...actionTexts } = helpDesk.actionTexts
    expect(await stored(person)).toEqual({
      ...before,
      defaultJourney: 'PlatformLogin',
      journeyMinutes: 7,
      maxSessionsPerPerson: 3,
      allowedHosts: ['id.example.com:8443'],
      corsOrigins: ['https://app.example.com'],
      successUrl: 'https://app.example.com/home',
      allowedUrls: ['https://app.example.com/*'],
      lockout: { ...before.lockout, maxFailures: 4 },
      passwordPolicy: { ...before.passwordPolicy, minLength: 12, mayContainUserName: true },
      mail: { ...before.mail, from: 'Larkfield <no-reply@larkfield.example>' },
      locales: { default: 'en', offered: ['en', 'fr'] },
      helpDesk: {
        ...helpDesk,
        organisation: 'Larkfield',
        actionTexts: {
          ...actionTexts,
          'Unlock the account': { ...actionTexts['Unlock the account'], de: 'Konto freischalten' },
          'Order a badge': { de: 'Ausweis bestellen' },
        },
        checks: [
          { journey: 'VerifyCaller', title: 'By phone', description: '', atDesk: true },
          ...helpDesk.checks,
        ],
      },
      selfService: {
        ...before.selfService,
        kba: {
          ...before.selfService.kba,
          questions: { '2': before.selfService.kba.questions['2'], '3': { en: 'Which street?' } },
        },
        terms: null,
        consentMappings: [{ name: 'news', displayName: 'Newsletter', icon: '', accessLevel: '', fields: [] }],
      },
    })
  })

  it('show errors of the browser and of the server at their fields, and are saved with the keyboard alone', async () => {
    const { person, page } = await openSettings()
    await field(page, 'Journey lifetime (minutes)').fill('')
    await page.getByText('Enter a number').waitFor()
    await field(page, 'Journey lifetime (minutes)').fill('500')
    await page.getByText('Between 1 and 120').waitFor()
    await field(page, 'Lockout time (seconds)').fill('')
    await page.getByText('Enter a number').waitFor()
    expect(await button(page, 'Save').isDisabled()).toBe(true)
    await page
      .getByText('Fix these fields: “Journey lifetime (minutes)”, “Lockout, Lockout time (seconds)”')
      .waitFor()
    await button(page, 'Discard').click()
    expect(await field(page, 'Journey lifetime (minutes)').inputValue()).toBe('5')

    await addTo(page, 'Hosts', 'https://id.example.com')
    await field(page, 'Default').fill('fr')
    await button(page, 'Save').click()
    await page.getByText('https://id.example.com: must be host or host:port').waitFor()
    await page.getByText('must be one of the offered languages').waitFor()
    await page.getByRole('alert').getByText('Fix these fields: “Hosts”, “Languages, Default”').waitFor()
    expect(await list(page, 'Hosts').evaluate((input) => input === document.activeElement)).toBe(true)
    expect(await stored(person)).toMatchObject({ allowedHosts: [], locales: { default: 'en' } })
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)
    await button(page, 'Discard').click()

    await field(page, 'Suspended journey lifetime (minutes)').focus()
    await page.keyboard.press('ArrowUp')
    await page.getByText('1 change not saved').waitFor()
    await page.keyboard.press('Control+s')
    await saved(page)
    expect(await stored(person)).toMatchObject({ suspendedMinutes: 6 })
  })

  it('keep the changes of two administrators, offer a choice for the same setting, and ask before leaving', async () => {
    const { person, page } = await openSettings()
    await field(page, 'Journey lifetime (minutes)').fill('9')
    await wireOf(person, server).put(at, { lockout: { maxFailures: 2 } })
    await button(page, 'Save').click()
    const dialog = page.getByRole('dialog', { name: 'amadmin saved first' })
    await dialog.getByText('Lockout, Wrong passwords before lockout: 10 to 2').waitFor()
    await dialog.getByText('Journey lifetime (minutes): 5 to 9').waitFor()
    await dialog.getByRole('button', { name: 'Keep both' }).click()
    await saved(page)
    expect(await stored(person)).toMatchObject({ journeyMinutes: 9, lockout: { maxFailures: 2 } })

    await field(page, 'Journey lifetime (minutes)').fill('10')
    await wireOf(person, server).put(at, { journeyMinutes: 11 })
    await button(page, 'Save').click()
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await dialog.getByRole('radio', { name: 'amadmin: 11' }).check()
    await dialog.getByRole('button', { name: 'Discard mine' }).click()
    await saved(page)
    expect(await field(page, 'Journey lifetime (minutes)').inputValue()).toBe('11')

    await field(page, 'Journey lifetime (minutes)').fill('12')
    const elsewhere = page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Scripts' })
    await elsewhere.click()
    const leaving = page.getByRole('dialog', { name: 'Leave without saving?' })
    await leaving.getByRole('button', { name: 'Stay' }).click()
    await page.getByRole('link', { name: 'Lockout' }).click()
    expect(await leaving.count()).toBe(0)
    await elsewhere.click()
    await leaving.getByRole('button', { name: 'Save and leave' }).click()
    await page.getByRole('heading', { name: 'Scripts', level: 1 }).waitFor()
    expect(await stored(person)).toMatchObject({ journeyMinutes: 12 })
  })

  it('come one section first, without the fields of the others', async () => {
    const page = await (await administrator(browser, server)).newPage()
    await page.addInitScript(() => {
      const steps = new Set<string>()
      Object.assign(window, { steps })
      new MutationObserver(() => {
        const fields = document.querySelectorAll('.settings section input')
        if (fields.length > 0) steps.add(fields[fields.length - 1]?.closest('section')?.id ?? '')
      }).observe(document, { subtree: true, childList: true })
    })
    await page.goto(`${originOf(server)}/console/realm?realm=%2Falpha`)
    const last = 'self-service'
    await page.getByRole('button', { name: 'Add declaration', exact: true }).waitFor()
    expect(await page.getByText('everyone passes that check').count()).toBe(1)
    await page.locator(`#${last} input`).first().waitFor()
    expect(await page.evaluate(() => [...Object(window).steps])).toEqual(['journeys', last])

    await page.goto(`${originOf(server)}/console/realm?realm=%2Falpha#selfService.consentMappings`)
    await page.reload()
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('section')?.id)).toBe(last)
  })

  it('have a skeleton while they are read, and show why reading failed', async () => {
    const person = await administrator(browser, server)
    const page = await person.newPage()
    const held = Promise.withResolvers<void>()
    await person.route('**/realm-config/settings', async (route) => {
      await held.promise
      await route.fulfill({ status: 503, json: { code: 503, message: 'Not now' } })
    })
    await page.goto(`${originOf(server)}/console/realm?realm=%2Falpha`)
    await page.getByRole('status').getByText('Loading settings').waitFor({ state: 'attached' })
    held.resolve()
    await page.getByText('The settings could not be read').waitFor()
    await person.unroute('**/realm-config/settings')
    await button(page, 'Try again').click()
    await page.getByRole('heading', { name: 'Lockout' }).waitFor()
  })
})
