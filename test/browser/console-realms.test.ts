import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, sizes, TestBrowser } from './browser.ts'
import { administrator, openConsole, tryAgain, wireOf } from './console.ts'
import { originOf } from './signed-in.ts'

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

async function openRealms(): Promise<{ person: BrowserContext; page: Page }> {
  const { person, page } = await openConsole(browser, server, '/realms?realm=%2Falpha')
  await page.getByRole('heading', { name: 'Realms', level: 1 }).waitFor()
  return { person, page }
}

/** Creates a realm over REST, and opens the list. */
async function withRealm(name: string, current = 'alpha'): Promise<{ person: BrowserContext; page: Page }> {
  const person = await administrator(browser, server)
  const body = { name, parentPath: '/', active: true, aliases: [] }
  await wireOf(person, server).post(`${realms}?_action=create`, body)
  const page = await person.newPage()
  await page.goto(`${originOf(server)}/console/realms?realm=%2F${current}`)
  await row(page, name).waitFor()
  return { person, page }
}

const row = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) })

async function choose(page: Page, name: string, what: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: what }).click()
}

describe('realms', () => {
  it('are listed, and opened by pressing their row', async () => {
    const longest = 'a-name-that-is-as-long-as-names-of-realms-may-be-and-then-some-x'
    const { page } = await withRealm(longest)
    await row(page, 'alpha').getByText('Current realm').waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)
    await row(page, longest).click()
    await page.waitForURL(new RegExp(`journeys\\?realm=%2F${longest}`))
    await page.goBack()
    await page.getByRole('link', { name: 'Root realm' }).click()
    await page.getByRole('heading', { name: 'Journeys', level: 1 }).waitFor()
    expect(new URL(page.url()).searchParams.get('realm')).toBe('/')
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

  it('is not created if its name is taken, and no value is lost', async () => {
    const { page } = await openRealms()
    await page.getByRole('button', { name: 'New realm' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('al pha')
    expect(await page.getByRole('button', { name: 'Create realm' }).isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Name' }).fill('alpha')
    await page.getByRole('button', { name: 'Create realm' }).click()
    await page.getByText('Realm /alpha already exists').waitFor()
    await expectAccessible(page)
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('alpha')

    await page.keyboard.press('Escape')
    await page.getByText('Your input is not saved.').waitFor()
    await page.getByRole('button', { name: 'Discard and close' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  it('gets aliases and hosts, also after a failed reading', async () => {
    const { person, page } = await withRealm('named')
    await person.route('**/global-config/realms?**', (route) => route.abort())
    await choose(page, 'named', 'Edit aliases and hosts…')
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor()
    await person.unroute('**/global-config/realms?**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('combobox', { name: 'Aliases' }).fill('other')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Hosts' }).fill('named.example.com')
    await page.getByRole('button', { name: 'Save' }).click()
    await row(page, 'named').getByText('named.example.com').waitFor()

    expect(await stored(person, '/named')).toMatchObject({ aliases: ['other'], active: true })
    expect(await hostsOf(person, 'named')).toEqual(['named.example.com'])
  })

  it('keeps aliases that two administrators added, and edits when the session ends', async () => {
    const { person, page } = await withRealm('shared')
    await choose(page, 'shared', 'Edit aliases and hosts…')
    await page.getByRole('combobox', { name: 'Hosts' }).fill('mine.example.com')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Aliases' }).fill('mine')
    await page.keyboard.press('Enter')
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)
    const wire = wireOf(person, server)
    await wire.put('/am/json/realms/root/realms/shared/realm-config/settings', {
      allowedHosts: ['theirs.example.com'],
    })
    await page.getByRole('button', { name: 'Save' }).click()
    const conflict = page.getByRole('dialog', { name: /saved first/ })
    await conflict.getByText('Hosts: none to theirs.example.com').waitFor()
    await conflict.getByRole('radio', { name: /^Mine/ }).check()
    await conflict.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => hostsOf(person, 'shared')).toEqual(['mine.example.com'])
    expect(await stored(person, '/shared')).toMatchObject({ aliases: ['mine'] })
    await conflict.waitFor({ state: 'detached' })

    await page.getByRole('combobox', { name: 'Aliases' }).fill('later')
    await page.keyboard.press('Enter')
    const cookies = await person.cookies()
    await person.clearCookies()
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'You were signed out' })
    await dialog.getByText('Your change is safe in this window').waitFor()
    const popup = page.waitForEvent('popup')
    await dialog.getByRole('button', { name: 'Sign in again' }).click()
    await (await popup).close()
    await person.addCookies(cookies)
    await tryAgain(dialog)
    await page.getByRole('dialog', { name: 'shared' }).getByText('later').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await stored(person, '/shared')).aliases).toEqual(['mine', 'later'])
  })

  it('is disabled and enabled, with an explanation', async () => {
    const { person, page } = await withRealm('switched')
    await choose(page, 'switched', 'Turn off…')
    await page.getByText('Nobody can sign in, existing sessions').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Turn off switched' }).click()
    await page.getByText('Realm switched turned off.').waitFor()
    expect(await stored(person, '/switched')).toMatchObject({ active: false })
    await expect.poll(() => row(page, 'switched').getByRole('link').count()).toBe(0)

    await choose(page, 'switched', 'Turn on…')
    await page.getByRole('button', { name: 'Turn on switched' }).click()
    await page.getByText('Realm switched turned on.').waitFor()
    expect(await stored(person, '/switched')).toMatchObject({ active: true })
  })

  it('is deleted after its name is typed, shows its content before, and leads to the root realm if it was open', async () => {
    const { person, page } = await withRealm('doomed', 'doomed')
    await row(page, 'doomed').getByText('Current realm').waitFor()
    await choose(page, 'doomed', 'Delete…')
    await page.getByText('This realm has 0 journeys and 0 people.').waitFor()
    await expectAccessible(page)
    const button = page.getByRole('button', { name: 'Delete doomed' })
    expect(await button.isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Type doomed to confirm' }).fill('doome')
    expect(await button.isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Type doomed to confirm' }).fill('doomed')
    await button.click()
    await page.getByText('Realm doomed deleted.').waitFor()
    expect((await stored(person, '/doomed')).code).toBe(404)
    await expect.poll(() => row(page, 'doomed').count()).toBe(0)
    await page.waitForURL(/realm=%2F(&|$)/)
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
})
