import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cibaGrantType } from '../../src/oauth/endpoints.ts'
import { RelyingParty } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { openConsole, wireOf } from './console.ts'

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

const clients = '/am/json/realms/root/realms/alpha/realm-config/agents/OAuth2Client'

/** Reads the stored application. */
const stored = async (person: BrowserContext, id: string) =>
  (await wireOf(person, server).get(`${clients}/${id}`)).body

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function save(page: Page): Promise<void> {
  await button(page, 'Save').click()
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
}

async function make(page: Page, id: string, name: string): Promise<string> {
  await button(page, 'New application').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Client ID' }).fill(id)
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.keyboard.press('Enter')
  const secret = await field(page, 'Client secret').inputValue()
  await button(page, 'Open application').click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  return secret
}

describe('applications of a realm', () => {
  it('are created with a secret that is shown once, changed and deleted', async () => {
    const { person, page } = await openConsole(browser, server, '/journeys?realm=%2Falpha')
    await page.getByRole('link', { name: 'Applications' }).click()
    await page.getByRole('heading', { name: 'No applications yet' }).waitFor()
    await expectGoodInEveryLook(page)
    const secret = await make(page, 'bank', 'Harbour Bank')

    await page.getByRole('checkbox', { name: 'Machine-to-machine' }).check()
    await page.getByRole('checkbox', { name: 'Backchannel (CIBA)' }).check()
    await page.getByRole('combobox', { name: 'Delivery mode' }).click()
    await page.getByRole('option', { name: /Ping/ }).click()
    await field(page, 'Notification endpoint').fill('http://bank.example.com/cb')
    await button(page, 'Save').click()
    await page.getByText('Notification endpoint: must be an https URL').waitFor()
    await expectGoodInEveryLook(page)
    await field(page, 'Notification endpoint').fill('https://bank.example.com/cb')
    await page.getByRole('combobox', { name: 'Scopes', exact: true }).fill('reports|en|Your reports, all')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Client authentication' }).click()
    await page.getByRole('option', { name: /client_secret_post/ }).click()
    await field(page, 'Access token lifetime (seconds)').fill('600')
    await save(page)
    expect(await stored(person, 'bank')).toMatchObject({
      coreOAuth2ClientConfig: {
        userpassword: null,
        clientName: ['Harbour Bank'],
        scopes: ['openid', 'reports|en|Your reports, all'],
        accessTokenLifetime: 600,
      },
      advancedOAuth2ClientConfig: {
        grantTypes: ['authorization_code', 'refresh_token', 'client_credentials', cibaGrantType],
      },
      cibaClientConfig: { tokenDeliveryMode: 'ping', notificationEndpoint: 'https://bank.example.com/cb' },
    })

    const tokenFor = (by: string) =>
      new RelyingParty(server.url, 'bank', by).post('access_token', {
        grant_type: 'client_credentials',
        scope: 'reports',
      })
    expect(await tokenFor(secret)).toMatchObject({ status: 200, body: { expires_in: 600 } })
    await field(page, 'Name').fill('Harbour Savings')
    await button(page, 'Create new secret').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Create new secret' }).click()
    const next = await field(page, 'Client secret').inputValue()
    await button(page, 'Done').click()
    expect([(await tokenFor(secret)).status, (await tokenFor(next)).status]).toEqual([401, 200])
    // The edits in progress were neither saved nor lost.
    await save(page)
    expect((await stored(person, 'bank')).coreOAuth2ClientConfig.clientName).toEqual(['Harbour Savings'])
    expect((await tokenFor(next)).status).toBe(200)

    await page.getByRole('link', { name: 'All applications' }).click()
    await page.getByText('Authorization code, Refresh token').waitFor()
    await expectGoodInEveryLook(page)
    await page.getByRole('link', { name: 'Harbour Savings' }).click()
    await button(page, 'Delete application').click()
    await button(page, 'Delete bank').click()
    await page.getByRole('heading', { name: 'No applications yet' }).waitFor()
    expect((await stored(person, 'bank')).code).toBe(404)
    await person.close()
  }, 120_000)

  it('show a conflict if another administrator saved or created the same one', async () => {
    const { person, page } = await openConsole(browser, server, '/applications?realm=%2Falpha')
    await make(page, 'shop', 'Shop')
    expect(await page.getByRole('switch', { name: 'Require PKCE' }).isChecked()).toBe(true)
    await page.getByRole('switch', { name: 'Require PKCE' }).click()
    await page.getByRole('switch', { name: 'Skip consent' }).click()
    const { _id, _rev, _type, ...theirs } = await stored(person, 'shop')
    theirs.coreOAuth2ClientConfig.status = 'Inactive'
    await wireOf(person, server).put(`${clients}/shop`, theirs)
    await button(page, 'Save').click()
    const dialog = page.getByRole('dialog', { name: 'amadmin saved first' })
    await dialog.getByText('Enabled: Active to Inactive').waitFor()
    await dialog.getByRole('button', { name: 'Keep both' }).click()
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    expect(await stored(person, 'shop')).toMatchObject({
      coreOAuth2ClientConfig: { status: 'Inactive' },
      advancedOAuth2ClientConfig: { isConsentImplied: true, requirePkce: false },
    })

    await page.getByRole('link', { name: 'All applications' }).click()
    await button(page, 'New application').click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Client ID' }).fill('shop')
    await page.keyboard.press('Enter')
    await page.getByText('This client ID is already in use').waitFor()
    await person.close()
  }, 60_000)
})
