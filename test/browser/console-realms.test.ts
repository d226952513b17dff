import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, schemes, TestBrowser } from './browser.ts'
import { openConsole, tryAgain, wireOf } from './console.ts'

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

const realms = '/am/json/global-config/realms'
const idOf = (path: string) => Buffer.from(path).toString('base64url')

/** Reads a stored realm. */
const stored = async (person: BrowserContext, path: string) =>
  (await wireOf(person, server).get(`${realms}/${idOf(path)}`)).body

const hostsOf = async (person: BrowserContext, name: string) =>
  (await wireOf(person, server).get(`/am/json/realms/root/realms/${name}/realm-config/settings`)).body
    .allowedHosts

async function openRealms(look = {}): Promise<{ person: BrowserContext; page: Page }> {
  const { person, page } = await openConsole(browser, server, '/realms?realm=%2Falpha', look)
  await page.getByRole('heading', { name: 'Realms', level: 1 }).waitFor()
  return { person, page }
}

async function withRealm(name: string, look = {}) {
  const opened = await openRealms(look)
  const body = { name, parentPath: '/', active: true, aliases: [] }
  await wireOf(opened.person, server).post(`${realms}?_action=create`, body)
  await opened.page.reload()
  await row(opened.page, name).waitFor()
  return opened
}

const row = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) })

async function choose(page: Page, name: string, what: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: what }).click()
}

describe('realms', () => {
  it('are listed, and can be switched to', async () => {
    const { page } = await openRealms()
    await row(page, 'alpha').getByText('Current realm').waitFor()
    await page.getByRole('link', { name: 'Root realm' }).click()
    await page.getByRole('heading', { name: 'Journeys', level: 1 }).waitFor()
    expect(new URL(page.url()).searchParams.get('realm')).toBe('/')
  })

  it.each(schemes)(
    'are accessible, with all dialogs, in %s',
    async (scheme) => {
      const { person, page } = await withRealm(`looked-${scheme}`, { scheme })
      await expectAccessible(page)
      await page.getByRole('button', { name: 'New realm' }).click()
      await page.getByRole('dialog').waitFor()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      for (const act of ['Edit aliases and hosts…', 'Turn off…', 'Delete…']) {
        await choose(page, `looked-${scheme}`, act)
        await page
          .getByRole('dialog')
          .getByRole('button', { name: /^(Cancel|Keep)$/ })
          .waitFor()
        await expectAccessible(page)
        await page.keyboard.press('Escape')
      }
      await person.close()
    },
    60_000,
  )

  it('fit a phone', async () => {
    const { page } = await withRealm('a-name-that-is-as-long-as-names-of-realms-may-be-and-then-some-x', {
      size: 'phone',
    })
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  })

  it('show why reading failed, and try again', async () => {
    const { person, page } = await openRealms()
    await person.route('**/global-config/realms?**', (route) => route.abort())
    await page.getByRole('button', { name: 'New realm' }).waitFor()
    await page.getByRole('button', { name: 'More for alpha' }).click()
    await page.getByRole('menuitem', { name: 'Edit aliases and hosts…' }).click()
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor()
    await person.unroute('**/global-config/realms?**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('combobox', { name: 'Hosts' }).waitFor()
  })
})

describe('a realm', () => {
  it('is created with aliases, with the keyboard alone', async () => {
    const { person, page } = await openRealms()
    await page.getByRole('button', { name: 'New realm' }).press('Enter')
    await page.locator('[role=dialog] input:focus').waitFor()
    await page.keyboard.type('beta')
    await page.getByRole('combobox', { name: 'Aliases' }).focus()
    await page.keyboard.type('customers')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Create realm' }).press('Enter')
    await page.getByText('Realm beta created').waitFor()

    expect(await stored(person, '/beta')).toMatchObject({
      active: true,
      parentPath: '/',
      aliases: ['customers'],
    })
    await row(page, 'beta').getByText('customers').waitFor()
    await page.getByRole('link', { name: 'Open beta' }).press('Enter')
    await page.waitForURL(/journeys\?realm=%2Fbeta/)
    await page
      .getByRole('region', { name: 'Checklist' })
      .getByText('Nobody can sign in to this realm')
      .waitFor()
  })

  it('opens where its row is pressed', async () => {
    const { page } = await withRealm('pressed')
    await row(page, 'pressed').click()
    await page.waitForURL(/journeys\?realm=%2Fpressed/)
  })

  it('is not created if its name is taken, and no value is lost', async () => {
    const { page } = await openRealms()
    await page.getByRole('button', { name: 'New realm' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('al pha')
    expect(await page.getByRole('button', { name: 'Create realm' }).isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Name' }).fill('alpha')
    await page.getByRole('button', { name: 'Create realm' }).click()
    await page.getByText('Realm /alpha already exists').waitFor()
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('alpha')

    await page.keyboard.press('Escape')
    await page.getByText('Your input is not saved.').waitFor()
    await page.getByRole('button', { name: 'Discard and close' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  it('gets aliases and hosts', async () => {
    const { person, page } = await withRealm('named')
    await choose(page, 'named', 'Edit aliases and hosts…')
    await page.getByRole('combobox', { name: 'Aliases' }).fill('other')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Hosts' }).fill('named.example.com')
    await page.getByRole('button', { name: 'Save' }).click()
    await row(page, 'named').getByText('named.example.com').waitFor()

    expect(await stored(person, '/named')).toMatchObject({ aliases: ['other'], active: true })
    expect(await hostsOf(person, 'named')).toEqual(['named.example.com'])
  })

  it('keeps aliases that two administrators added', async () => {
    const { person, page } = await withRealm('shared')
    await choose(page, 'shared', 'Edit aliases and hosts…')
    await page.getByRole('combobox', { name: 'Hosts' }).fill('mine.example.com')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Aliases' }).fill('mine')
    await page.keyboard.press('Enter')
    const wire = wireOf(person, server)
    await wire.put('/am/json/realms/root/realms/shared/realm-config/settings', {
      allowedHosts: ['theirs.example.com'],
    })
    await page.getByRole('button', { name: 'Save' }).click()

    const conflict = page.getByRole('dialog', { name: /saved first/ })
    await conflict.getByText('Hosts: none to theirs.example.com').waitFor()
    await expectAccessible(page)
    await conflict.getByRole('radio', { name: /^Mine/ }).check()
    await conflict.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => hostsOf(person, 'shared')).toEqual(['mine.example.com'])
    expect(await stored(person, '/shared')).toMatchObject({ aliases: ['mine'] })
  })

  it('keeps edits when the session ends', async () => {
    const { person, page } = await withRealm('ended')
    await choose(page, 'ended', 'Edit aliases and hosts…')
    await page.getByRole('combobox', { name: 'Aliases' }).fill('later')
    await page.keyboard.press('Enter')
    const cookies = await person.cookies()
    await person.clearCookies()
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'You were signed out' })
    await dialog.getByText('Your change is safe in this window').waitFor()
    await expectAccessible(page)
    const popup = page.waitForEvent('popup')
    await dialog.getByRole('button', { name: 'Sign in again' }).click()
    await (await popup).close()
    await person.addCookies(cookies)
    await tryAgain(dialog)
    await page.getByRole('dialog', { name: 'ended' }).getByText('later').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await stored(person, '/ended')).aliases).toEqual(['later'])
  })

  it('is disabled and enabled, with an explanation', async () => {
    const { person, page } = await withRealm('switched')
    await choose(page, 'switched', 'Turn off…')
    await page.getByText('Nobody can sign in, existing sessions').waitFor()
    await page.getByRole('button', { name: 'Turn off switched' }).click()
    await page.getByText('Realm switched turned off.').waitFor()
    expect(await stored(person, '/switched')).toMatchObject({ active: false })
    await expect.poll(() => row(page, 'switched').getByRole('link').count()).toBe(0)

    await choose(page, 'switched', 'Turn on…')
    await page.getByRole('button', { name: 'Turn on switched' }).click()
    await page.getByText('Realm switched turned on.').waitFor()
    expect(await stored(person, '/switched')).toMatchObject({ active: true })
  })

  it('is deleted after its name is typed, and shows its content before', async () => {
    const { person, page } = await withRealm('doomed')
    await choose(page, 'doomed', 'Delete…')
    await page.getByText('This realm has 0 journeys and 0 people.').waitFor()
    const button = page.getByRole('button', { name: 'Delete doomed' })
    expect(await button.isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Type doomed to confirm' }).fill('doome')
    expect(await button.isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Type doomed to confirm' }).fill('doomed')
    await button.click()
    await page.getByText('Realm doomed deleted.').waitFor()
    expect((await stored(person, '/doomed')).code).toBe(404)
    await expect.poll(() => row(page, 'doomed').count()).toBe(0)
  })

  it('cannot be deleted with realms inside, and the root realm can be neither disabled nor deleted', async () => {
    const { person, page } = await withRealm('outer')
    const inner = { name: 'inner', parentPath: '/outer', active: true, aliases: [] }
    await wireOf(person, server).post(`${realms}?_action=create`, inner)
    await choose(page, 'outer', 'Delete…')
    await page.getByRole('textbox', { name: 'Type outer to confirm' }).fill('outer')
    await page.getByRole('button', { name: 'Delete outer' }).click()
    await page.getByText('The realm has child realms').waitFor()
    expect(await stored(person, '/outer')).toMatchObject({ active: true })
    await page.getByRole('button', { name: 'Keep' }).click()

    await page.getByRole('button', { name: 'More for Root realm' }).click()
    await page.getByRole('menuitem', { name: 'Edit aliases and hosts…' }).waitFor()
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Edit aliases and hosts…'])
  })

  it('leads to the root realm when the current one is deleted', async () => {
    const { page } = await withRealm('here')
    await page.goto(page.url().replace('%2Falpha', '%2Fhere'))
    await row(page, 'here').getByText('Current realm').waitFor()
    await choose(page, 'here', 'Delete…')
    await page.getByRole('textbox', { name: 'Type here to confirm' }).fill('here')
    await page.getByRole('button', { name: 'Delete here' }).click()
    await page.waitForURL(/realm=%2F(&|$)/)
  })
})
