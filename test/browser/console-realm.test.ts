import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { administrator, type Opened, openConsole, signedOutDuring, wireOf } from './console.ts'

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

async function addTo(page: Page, name: string, text: string): Promise<void> {
  await list(page, name).fill(text)
  await page.keyboard.press('Enter')
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
}

describe('settings of a realm', () => {
  it('are in groups with help, and accessible', async () => {
    const { page } = await openSettings()
    const groups = await page
      .getByRole('navigation', { name: 'Setting groups' })
      .getByRole('link')
      .allTextContents()
    expect(await page.locator('.settings h2').allTextContents()).toEqual(groups)
    expect(groups).not.toContain('More')
    expect(groups.length).toBeGreaterThan(10)
    await page.getByText('When exceeded, the oldest session ends. 0 means no limit.').waitFor()
    await expectGoodInEveryLook(page)
  })

  it('are saved together, and others stay unchanged', async () => {
    const { person, page } = await openSettings()
    const before = await stored(person)
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
    await page.getByText('13 changes not saved').waitFor()
    await save(page)

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
      helpDesk: { ...before.helpDesk, organisation: 'Larkfield' },
    })
  })

  it('include translations of actions, each under its action', async () => {
    const { person, page } = await openSettings()
    const group = page.getByRole('group', { name: 'Translations of the actions' })
    await group.getByRole('textbox', { name: 'Unlock the account (de)' }).fill('Konto freischalten')
    await group.getByRole('button', { name: 'Remove Change the mail address' }).click()
    await group.getByRole('textbox', { name: 'Action', exact: true }).fill('Order a badge')
    await group.getByRole('button', { name: 'Add action' }).click()
    await group.getByRole('button', { name: 'Add a language to Order a badge' }).click()
    await group.getByRole('textbox', { name: 'Order a badge, language 1' }).fill('de')
    await group.getByRole('textbox', { name: 'Order a badge (de)' }).fill('Ausweis bestellen')
    await save(page)
    const { actionTexts } = (await stored(person)).helpDesk
    expect(actionTexts).toMatchObject({
      'Unlock the account': { de: 'Konto freischalten', fr: 'Déverrouiller le compte' },
      'Order a badge': { de: 'Ausweis bestellen' },
    })
    expect(actionTexts).not.toHaveProperty('Change the mail address')
  })

  it('include lists of checks, questions, terms and consent', async () => {
    const { person, page } = await openSettings()
    const before = await stored(person)
    await page.getByRole('button', { name: 'Add check' }).click()
    const checks = page.getByRole('group', { name: 'Checks' })
    await checks.getByRole('combobox', { name: 'Journey' }).last().fill('Verify')
    await page.getByRole('option', { name: 'VerifyCaller' }).click()
    await checks.getByRole('textbox', { name: 'Title' }).last().fill('By phone')
    for (let place = before.helpDesk.checks.length + 1; place > 1; place--)
      await checks.getByRole('button', { name: `Move Check ${place} up` }).click()

    const questions = page.getByRole('group', { name: 'Questions' })
    await questions.getByRole('button', { name: 'Remove Question 1' }).click()
    await questions.getByRole('button', { name: 'Add question' }).click()
    await questions.getByRole('textbox', { name: 'Question 2 (en)' }).fill('Which street?')

    await page.getByRole('switch', { name: /accept terms/ }).click()
    await page.getByRole('button', { name: 'Add application' }).click()
    const consent = page.getByRole('group', { name: 'Consent' })
    await consent.getByRole('textbox', { name: 'Name' }).fill('news')
    await consent.getByRole('textbox', { name: 'Title' }).fill('Newsletter')
    await save(page)

    const { helpDesk, selfService } = await stored(person)
    expect(helpDesk.checks).toEqual([
      { journey: 'VerifyCaller', title: 'By phone', description: '', atDesk: true },
      ...before.helpDesk.checks,
    ])
    expect(selfService.kba.questions).toEqual({
      '2': before.selfService.kba.questions['2'],
      '3': { en: 'Which street?' },
    })
    expect(selfService.terms).toBeNull()
    expect(selfService.consentMappings).toEqual([
      { name: 'news', displayName: 'Newsletter', icon: '', accessLevel: '', fields: [] },
    ])
  })

  it('can be changed and saved with the keyboard alone', async () => {
    const { person, page } = await openSettings()
    await field(page, 'Suspended journey lifetime (minutes)').focus()
    await page.keyboard.press('ArrowUp')
    await page.getByText('1 change not saved').waitFor()
    await page.keyboard.press('Control+s')
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    expect(await stored(person)).toMatchObject({ suspendedMinutes: 6 })
  })

  it('are validated before sending', async () => {
    const { page } = await openSettings()
    await field(page, 'Journey lifetime (minutes)').fill('500')
    await page.getByText('Between 1 and 120').waitFor()
    await field(page, 'Lockout time (seconds)').fill('')
    await page.getByText('Enter a number').waitFor()
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
    await page
      .getByText('Fix these fields: “Journey lifetime (minutes)”, “Lockout, Lockout time (seconds)”')
      .waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    expect(await field(page, 'Journey lifetime (minutes)').inputValue()).toBe('5')
  })

  it('show errors of the server at their fields, and focus the first', async () => {
    const { person, page } = await openSettings()
    await addTo(page, 'Hosts', 'https://id.example.com')
    await field(page, 'Default').fill('fr')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('https://id.example.com: must be host or host:port').waitFor()
    await page.getByText('must be one of the offered languages').waitFor()
    await page.getByRole('alert').getByText('Fix these fields: “Hosts”, “Languages, Default”').waitFor()
    expect(await list(page, 'Hosts').evaluate((input) => input === document.activeElement)).toBe(true)
    await expectAccessible(page)
    expect(await stored(person)).toMatchObject({ allowedHosts: [], locales: { default: 'en' } })
  })
})

describe('interrupted editing of settings', () => {
  it('shows a conflict with another administrator, and keeps both changes', async () => {
    const { person, page } = await openSettings()
    await field(page, 'Journey lifetime (minutes)').fill('9')
    await wireOf(person, server).put(at, { lockout: { maxFailures: 2 } })
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'amadmin saved first' })
    await dialog.getByText('Lockout, Wrong passwords before lockout: 10 to 2').waitFor()
    await dialog.getByText('Journey lifetime (minutes): 5 to 9').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Keep both' }).click()
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    expect(await stored(person)).toMatchObject({ journeyMinutes: 9, lockout: { maxFailures: 2 } })
  })

  it('offers a choice if both changed the same setting', async () => {
    const { person, page } = await openSettings()
    await field(page, 'Journey lifetime (minutes)').fill('9')
    await wireOf(person, server).put(at, { journeyMinutes: 11 })
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: /saved first/ })
    const keep = dialog.getByRole('button', { name: 'Save' })
    expect(await keep.isDisabled()).toBe(true)
    await dialog.getByRole('radio', { name: 'amadmin: 11' }).check()
    await dialog.getByRole('button', { name: 'Discard mine' }).click()
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    expect(await field(page, 'Journey lifetime (minutes)').inputValue()).toBe('11')
  })

  it('loses nothing when the session ends, and saves after signing in again', async () => {
    const opened = await openSettings()
    const { person, page } = opened
    await field(page, 'Journey lifetime (minutes)').fill('9')
    await signedOutDuring(opened, async () => {
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText('Your change is safe in this window').waitFor()
      await expectAccessible(page)
    })
    await save(page)
    expect(await stored(person)).toMatchObject({ journeyMinutes: 9 })
  })

  it('keeps changes while offline, and saves them later', async () => {
    const { person, page } = await openSettings()
    await field(page, 'Journey lifetime (minutes)').fill('9')
    await person.setOffline(true)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor()
    await expectAccessible(page)
    await person.setOffline(false)
    await page.getByText('1 change not saved').waitFor()
    await save(page)
    expect(await stored(person)).toMatchObject({ journeyMinutes: 9 })
  })

  it('asks before leaving with changes', async () => {
    const { person, page } = await openSettings()
    await field(page, 'Journey lifetime (minutes)').fill('9')
    const elsewhere = page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Scripts' })
    await elsewhere.click()
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
    await dialog.getByRole('button', { name: 'Stay' }).click()
    await page.getByRole('link', { name: 'Lockout' }).click()
    expect(await dialog.count()).toBe(0)
    await elsewhere.click()
    await dialog.getByRole('button', { name: 'Save and leave' }).click()
    await page.getByRole('heading', { name: 'Scripts', level: 1 }).waitFor()
    expect(await stored(person)).toMatchObject({ journeyMinutes: 9 })
  })

  it('shows why reading failed, and tries again', async () => {
    const { person, page } = await openConsole(browser, server, '/realms')
    await page.getByRole('heading', { name: 'Realms', level: 1 }).waitFor()
    await person.route('**/realm-config/settings', (route) =>
      route.fulfill({ status: 503, json: { code: 503, message: 'Not now' } }),
    )
    await page.getByRole('link', { name: 'Realm settings' }).click()
    await page.getByText('The settings could not be read').waitFor()
    await expectAccessible(page)
    await person.unroute('**/realm-config/settings')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Lockout' }).waitFor()
  })

  it('shows a skeleton while reading', async () => {
    const { person, page } = await openConsole(browser, server, '/realms')
    await page.getByRole('heading', { name: 'Realms', level: 1 }).waitFor()
    const held = Promise.withResolvers<void>()
    await person.route('**/realm-config/settings', async (route) => {
      await held.promise
      await route.continue()
    })
    await page.getByRole('link', { name: 'Realm settings' }).click()
    await page.getByRole('status').getByText('Loading settings').waitFor({ state: 'attached' })
    held.resolve()
    await page.getByRole('heading', { name: 'Lockout' }).waitFor()
  })
})
