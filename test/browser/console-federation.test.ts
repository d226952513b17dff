import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idpMetadata } from '../support/saml-metadata.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { openConsole, wireOf } from './console.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), TestBrowser.launch()])
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const config = '/am/json/realms/root/realms/alpha/realm-config'
const services = `${config}/services/SocialIdentityProviders`
const row = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const open = (path: string) => openConsole(browser, server, `${path}?realm=%2Falpha`)

const provider = {
  clientId: 'ours',
  redirectURI: 'https://app.example.com/',
  scopes: ['openid'],
  tokenEndpoint: 'https://idp.example.com/token',
  acrValues: [],
  uiConfig: { buttonDisplayName: 'Work account' },
}

describe('identity providers', () => {
  it('are found, listed without their secret, corrected, given a secret and deleted', async () => {
    const { person, page } = await open('/realm/identity-providers')
    await page.getByRole('heading', { name: 'No identity providers yet' }).waitFor()
    const wire = wireOf(person, server)
    await wire.put(`${services}/googleConfig/google`, { ...provider, clientSecret: 'a secret of theirs' })
    await wire.put(`${services}/oidcConfig/work`, provider)

    await page
      .getByRole('button', { name: /^Search/ })
      .first()
      .click()
    await page.getByRole('combobox').fill('idp')
    await page.getByRole('option', { name: /Identity providers/ }).click()
    await page.reload()
    await row(page, 'google').getByText('Google', { exact: true }).waitFor()
    await row(page, 'work').getByText('No secret').waitFor()
    expect(await row(page, 'google').getByText('No secret').count()).toBe(0)
    await expectGoodInEveryLook(page)

    await page.getByRole('link', { name: 'Still missing' }).click()
    await row(page, "'work' has no client secret").getByRole('link').click()
    const secret = page.getByRole('textbox', { name: 'Client secret' })
    await expect.poll(() => secret.getAttribute('placeholder')).toBe('Not set')
    await expectGoodInEveryLook(page)
    await secret.fill('what they gave us')
    await page.getByRole('textbox', { name: 'Issuer' }).fill('https://idp.example.com')
    await page.getByRole('switch', { name: 'Enabled' }).click()
    await button(page, 'Save').click()
    await expect
      .poll(async () => (await wire.get(`${services}/oidcConfig/work`)).body)
      .toMatchObject({ ...provider, issuer: 'https://idp.example.com', enabled: false })

    await page.getByRole('link', { name: 'All identity providers' }).click()
    await row(page, 'work').getByText('Off').waitFor()
    await row(page, 'work').getByText('No secret').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'work' }).click()
    await button(page, 'Delete identity provider').click()
    await button(page, 'Delete work').click()
    await row(page, 'google').waitFor()
    expect((await wire.get(`${services}/oidcConfig/work`)).status).toBe(404)
  })
})

it('an identity provider is created, with a secret that never comes back', async () => {
  const { person, page } = await open('/realm/identity-providers')
  await button(page, 'New identity provider').first().click()
  const dialog = page.getByRole('dialog', { name: 'New identity provider' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('staff')
  await dialog.getByRole('combobox', { name: 'Type' }).click()
  await page.getByRole('option', { name: 'Microsoft' }).click()
  await dialog.getByRole('textbox', { name: 'Client ID' }).fill('their-client')
  await expectGoodInEveryLook(page)
  await dialog.getByRole('button', { name: 'Create identity provider' }).click()
  await page.getByRole('heading', { name: 'staff · Microsoft' }).waitFor()
  const secret = page.getByRole('textbox', { name: 'Client secret' })
  await expect.poll(() => secret.getAttribute('placeholder')).toBe('Not set')
  await secret.fill('what they gave us')
  await button(page, 'Save').click()
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
  await page.reload()
  await expect.poll(() => secret.getAttribute('placeholder')).not.toBe('Not set')
  expect(await secret.inputValue()).toBe('')
  const { body } = await wireOf(person, server).get(`${services}/microsoftConfig/staff`)
  expect(body).toMatchObject({ clientId: 'their-client' })
  expect(body).not.toHaveProperty('clientSecret')
  expect(body.redirectURI).toMatch(/\/am\/XUI\/$/)
})

describe('SAML entities and circles of trust', () => {
  it('are listed, looked at and deleted, and a remote entity is made from its metadata', async () => {
    const { person, page } = await open('/realm/saml')
    await page.getByRole('heading', { name: 'No SAML entities yet' }).waitFor()
    const idp = 'https://idp.example.com'
    const metadata = await idpMetadata(idp)
    const choose = async (content: string) => {
      const chooser = page.waitForEvent('filechooser')
      await button(page, 'Import').click()
      await (await chooser).setFiles([
        { name: 'metadata.xml', mimeType: 'application/xml', buffer: Buffer.from(content) },
      ])
    }
    await choose('<a/>')
    await page.getByText('must be those of one entity').waitFor()
    await page.keyboard.press('Escape')
    await choose(metadata)
    await row(page, idp).getByText('Identity provider').waitFor()

    const wire = wireOf(person, server)
    const sp = {
      entityId: 'https://sp.example.com',
      serviceProvider: { services: { metaAlias: '/alpha/sp' } },
    }
    await wire.post(`${config}/saml2/hosted?_action=create`, sp)
    const trustedProviders = [`${idp}|saml2`, `${sp.entityId}|saml2`]
    await wire.post(`${config}/federation/circlesoftrust?_action=create`, { _id: 'Work', trustedProviders })
    await page.reload()
    await row(page, 'Circle of trust').getByText(`${idp}, ${sp.entityId}`).waitFor()
    await expectGoodInEveryLook(page)

    await page.getByRole('link', { name: idp }).click()
    await page.getByText('IDPSSODescriptor').waitFor()
    await expectGoodInEveryLook(page)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download the metadata' }).click()
    expect((await download).suggestedFilename()).toBe('metadata.xml')
    await page.getByRole('link', { name: 'All SAML entities' }).click()
    await page.getByRole('link', { name: 'Work' }).click()
    await button(page, 'Delete SAML entity').click()
    await button(page, 'Delete Work').click()
    // The row of the circle has the name, too.
    await expect.poll(() => row(page, sp.entityId).count()).toBe(1)
    expect(await row(page, 'Circle of trust').count()).toBe(0)
  })
})
