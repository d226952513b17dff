import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSession } from '../../src/sessions/sessions.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { wireOf } from './console.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser
/** Sessions are too old for dangerous actions. A new sign-in ends the previous session. */
const stale: string[] = []

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    for (const realm of ['/alpha', '/doomed', '/spared']) await saveRealm(stores, realm)
    const identity = { id: 'amadmin', userName: 'amadmin' }
    const limits = { maxIdleMinutes: 30, maxSessionMinutes: 120 }
    const signIn = { realm: '/', identity, journey: 'Login', authLevel: 0, properties: {}, ...limits }
    for (let count = 0; count < 4; count++) {
      const { token, session } = newSession(signIn, Date.now() - 11 * 60_000)
      await stores.sessions.create({ ...session, lastUsedAt: Date.now() })
      stale.push(token)
    }
  })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** A page whose session is too old for dangerous actions. */
async function openStale(path: string): Promise<{ person: BrowserContext; page: Page }> {
  const person = await browser.person()
  const cookie = {
    name: 'iPlanetDirectoryPro',
    value: stale.pop() ?? '',
    url: originOf(server),
    httpOnly: true,
  }
  await person.addCookies([cookie])
  const page = await person.newPage()
  await page.goto(`${originOf(server)}/console/${path}`)
  return { person, page }
}

async function openDelete(name: string): Promise<{ person: BrowserContext; page: Page }> {
  const { person, page } = await openStale('realms?realm=%2Falpha')
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('textbox', { name: `Type ${name} to confirm` }).fill(name)
  await page.getByRole('button', { name: `Delete ${name}` }).click()
  await page.getByRole('dialog', { name: 'Sign in again to continue' }).waitFor()
  return { person, page }
}

async function signInBeside(page: Page): Promise<Page> {
  const opened = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Sign in again' }).click()
  const beside = await opened
  await beside.getByLabel('User Name').fill('amadmin')
  await beside.getByLabel('Password', { exact: true }).fill(adminPassword)
  await beside.getByLabel('Password', { exact: true }).press('Enter')
  return beside
}

const isThere = async (person: BrowserContext, name: string) => {
  const id = Buffer.from(`/${name}`).toString('base64url')
  return (await wireOf(person, server).get(`/am/json/global-config/realms/${id}`)).status === 200
}

describe('a dangerous action long after the sign-in', () => {
  it('waits for a fresh sign-in in another window, and continues by itself', async () => {
    const { person, page } = await openDelete('doomed')
    expect(await isThere(person, 'doomed')).toBe(true)
    const beside = await signInBeside(page)
    await page.getByText('Realm doomed deleted.').waitFor()
    expect(beside.isClosed()).toBe(true)
    expect(await isThere(person, 'doomed')).toBe(false)
  })

  it('also works for a download', async () => {
    const { page } = await openStale('audit?realm=%2Falpha')
    await page.getByRole('button', { name: 'Export as JSON lines' }).click()
    await page.getByRole('dialog', { name: 'Sign in again to continue' }).waitFor()
    const coming = page.waitForEvent('download')
    await signInBeside(page)
    expect((await coming).suggestedFilename()).toMatch(/^audit-alpha-.*\.jsonl$/)
  })

  it('also works for an action whose answer is shown only once', async () => {
    const { page } = await openStale('realm/webhooks?realm=%2Falpha')
    await page.getByRole('button', { name: 'New webhook' }).click()
    await page.getByRole('textbox', { name: 'URL' }).fill('https://tickets.example.com')
    await page.getByRole('button', { name: 'Add webhook' }).click()
    await page.getByRole('dialog', { name: 'Sign in again to continue' }).waitFor()
    await signInBeside(page)
    await page.getByText('You won’t see it again.').waitFor()
    expect(await page.getByRole('textbox', { name: 'Secret' }).inputValue()).toMatch(/^whsec_/)
  })

  it('does not happen if cancelled', async () => {
    const { person, page } = await openDelete('spared')
    await expectGoodInEveryLook(page)
    await page
      .getByRole('dialog', { name: 'Sign in again to continue' })
      .getByRole('button', { name: 'Cancel' })
      .click()
    await page.getByText('This needs a sign-in within the last 10 minutes').waitFor()
    expect(await isThere(person, 'spared')).toBe(true)
  })
})
