import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { type Opened, openConsole, signedOutDuring, wireOf } from './console.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const at = (name: string) => `/openidm/config/emailTemplate/${name}?realm=/alpha`

/** Reads a stored template. */
const stored = async (person: BrowserContext, name: string) =>
  (await wireOf(person, server).get(at(name))).body

async function withTemplate(name: string): Promise<Opened> {
  const opened = await openConsole(browser, server, '/realm/templates?realm=%2Falpha')
  const message =
    '<html><head><style>@import "https://evil.example/a.css";p{color:red;font-size:20px;background:url(https://evil.example/b)}</style></head><body style="background:#010203"><p style="color:rgb(1,2,3)">Dear {{object.givenName}}</p><a href="https://evil.example/">here</a><script>top.x=1</script></body></html>'
  const template = {
    enabled: true,
    from: '',
    subject: { en: 'Hello' },
    message: { en: message },
    styles: 'kept',
    mimeType: 'text/html',
    defaultLocale: 'en',
  }
  await wireOf(opened.person, server).put(at(name), template)
  await opened.page.reload()
  await opened.page.getByRole('link', { name }).click()
  await field(opened.page, 'Subject').waitFor()
  return opened
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function save(page: Page): Promise<void> {
  await button(page, 'Save').click()
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
}

describe('email templates of a realm', () => {
  it('are created, deleted, and accessible in the list and in the editor', async () => {
    const { person, page } = await openConsole(browser, server, '/realm/templates?realm=%2Falpha')
    await button(page, 'New template').click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('brandNew')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'brandNew' }).waitFor()
    expect(await stored(person, 'brandNew')).toMatchObject({ enabled: true, subject: { en: '' } })
    await button(page, 'Delete template').click()
    await button(page, 'Delete brandNew').click()
    await page.getByRole('link', { name: 'resetPassword' }).waitFor()
    expect((await stored(person, 'brandNew')).code).toBe(404)
    await expectGoodInEveryLook(page)
    await page.getByRole('link', { name: 'resetPassword' }).click()
    await page.getByRole('region', { name: 'Preview' }).waitFor()
    // No script runs in the frame of an email, including axe.
    await page.getByRole('radiogroup', { name: 'Format' }).getByText('Plain text').click()
    await expectGoodInEveryLook(page)
    await page.getByRole('link', { name: 'All templates' }).click()
    await page.getByRole('link', { name: 'resetPassword' }).waitFor()
  })

  it('are edited by language beside a preview without scripts, and other texts stay unchanged', async () => {
    const { person, page } = await withTemplate('changed')
    const mail = page.frameLocator('iframe[title="Email"]')
    await mail.getByText('Dear Elena').waitFor()
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('')
    expect(await page.locator('iframe').getAttribute('srcdoc')).not.toMatch(/script|@import|url\(/)
    const looks = (of: string, property: string) =>
      mail.locator(of).evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
    expect(await looks('p', 'color')).toBe('rgb(1, 2, 3)')
    expect(await looks('p', 'font-size')).toBe('20px')
    expect(await looks('body', 'background-color')).toBe('rgb(1, 2, 3)')
    expect(await looks('a', 'pointer-events')).toBe('none')
    await page.getByRole('radiogroup', { name: 'Format' }).getByText('Plain text').click()
    await page.locator('.mail-preview pre').getByText('Dear Elena').waitFor()

    const before = await stored(person, 'changed')
    await field(page, 'Subject').fill('Good day')
    await field(page, 'Add a language').fill('fr')
    await button(page, 'Add').click()
    await field(page, 'Subject').fill('Bonjour')
    await field(page, 'Body').fill('<p>Bonjour {{object.givenName}}</p>')
    await field(page, 'From').fill('desk@larkfield.example')
    await page.getByRole('switch', { name: 'Enabled' }).click()
    expect(await button(page, 'Send me a test').isDisabled()).toBe(true)
    await save(page)
    await button(page, 'Send me a test').click()
    await page.getByRole('status').getByText('Your account has no email address').waitFor()
    const { _rev, ...after } = await stored(person, 'changed')
    const { _rev: _old, ...old } = before
    expect(after).toEqual({
      ...old,
      enabled: false,
      from: 'desk@larkfield.example',
      subject: { en: 'Good day', fr: 'Bonjour' },
      message: { ...old.message, fr: '<p>Bonjour {{object.givenName}}</p>' },
    })
  })

  // The editors of settings, people, themes, applications and webhooks interrupt editing with the same dialogs.
  it('show a conflict, and keep edits when the session ends, when offline and when leaving', async () => {
    const opened = await withTemplate('shared')
    const { person, page } = opened
    await field(page, 'Subject').fill('Mine')
    const { _id, _rev, ...now } = await stored(person, 'shared')
    await wireOf(person, server).put(at('shared'), { ...now, from: 'theirs@larkfield.example' })
    await button(page, 'Save').click()
    const dialog = page.getByRole('dialog', { name: 'amadmin saved first' })
    await dialog.getByText('From: nothing to theirs@larkfield.example').waitFor()
    await dialog.getByRole('button', { name: 'Keep both' }).click()
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()

    await field(page, 'Subject').fill('Mine again')
    await signedOutDuring(opened, async () => {
      await button(page, 'Save').click()
      await page.getByText('Your change is safe in this window').waitFor()
      await expectAccessible(page)
    })
    await save(page)
    expect(await stored(person, 'shared')).toMatchObject({
      subject: { en: 'Mine again' },
      from: 'theirs@larkfield.example',
    })

    await field(page, 'Subject').fill('Mine offline')
    await person.setOffline(true)
    await button(page, 'Save').click()
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor()
    await expectAccessible(page)
    await person.setOffline(false)
    await page.getByText('1 change not saved').waitFor()
    await page.getByRole('link', { name: 'Email templates' }).click()
    const leaving = page.getByRole('dialog', { name: 'Leave without saving?' })
    await leaving.getByRole('button', { name: 'Save and leave' }).click()
    await page.getByRole('link', { name: 'resetPassword' }).waitFor()
    expect(await stored(person, 'shared')).toMatchObject({ subject: { en: 'Mine offline' } })
  })
})
