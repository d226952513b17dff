import { afterAll, beforeAll, expect, it } from 'vitest'
import { cibaGrantType, deviceGrantType } from '../../src/oauth/endpoints.ts'
import { turnOffPause } from '../support/backchannel-client.ts'
import { Device } from '../support/device.ts'
import { startMailServer } from '../support/mail-server.ts'
import { RelyingParty } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { serveApplication, type WebApplication } from '../support/web-application.ts'
import { signIn } from '../support/wire.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { startReturnAddress } from './return-address.ts'
import { heading, press, type } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser
let application: WebApplication
let shop: RelyingParty
let mail: Awaited<ReturnType<typeof startMailServer>>

beforeAll(async () => {
  mail = await startMailServer()
  server = await startServer({ smtpUrl: mail.url, mailFrom: 'Larkfield <desk@example.com>' })
  application = await serveApplication(async (path) =>
    path === '/signed-in'
      ? '<!doctype html><html lang="en"><title>Shop</title><h1>Welcome</h1></html>'
      : undefined,
  )
  await turnOffPause(server.url)
  const url = `${originOf(server)}/am`
  shop = new RelyingParty(url, 'shop', 'shop-secret', { address: `${application.origin}/signed-in` })
  await shop.register({
    core: {
      clientName: ['Larkfield Orders'],
      scopes: ['openid', 'profile', 'email', 'orders|en|Your orders of the last year'],
    },
    advanced: { isConsentImplied: false, grantTypes: ['authorization_code', cibaGrantType, deviceGrantType] },
  })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await application.close()
  await server.stop()
  await mail.stop()
})

/** The shop asks Alex for consent by email. @returns the link. */
async function askedByMail(): Promise<string> {
  const count = mail.mails.length
  const { body } = await shop.post('bc-authorize', {
    scope: 'openid',
    login_hint: 'alex',
    binding_message: 'Order 4711, 120 €',
  })
  if (body.auth_req_id === undefined) throw new Error(`no request was sent: ${JSON.stringify(body)}`)
  const link = /https?:[^"\s]+authIndexValue=[\w-]+[^"\s<]*/.exec((await mail.arrived(count + 1)).body)?.[0]
  return String(link).replaceAll('&amp;', '&')
}

it('a person signs in for an application, consents, and returns to it', async () => {
  const page = await (await browser.person()).newPage()
  const { url, verifier } = shop.request({ scope: 'openid profile email orders' })
  await page.goto(url)
  await heading(page).waitFor()
  await type(page, { 'User Name': 'alex', Password: 'Alex-Pass-2026' })
  await press(page, 'Sign in')
  await page.getByRole('heading', { name: 'Allow Larkfield Orders?' }).waitFor()
  expect(await page.getByRole('listitem').allInnerTexts()).toEqual([
    'To recognise you',
    'Your name and language',
    'Your email address',
    'Your orders of the last year',
  ])
  await expectGoodInEveryLook(page)
  await press(page, 'Allow')
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  const { searchParams } = new URL(page.url())
  expect(searchParams.get('state')).toBe('state-1')
  const { body } = await shop.exchange({ code: searchParams.get('code') ?? '', verifier })
  expect(body.scope).toBe('openid profile email orders')
})

it('a person consents on a phone to a backchannel request, without any mention of a call', async () => {
  const page = await (await browser.person()).newPage()
  await page.goto(await askedByMail())
  await page.getByRole('heading', { name: 'Larkfield Orders asks you to confirm' }).waitFor()
  await page.getByText('Order 4711, 120 €').waitFor()
  await page.getByText('Didn’t ask for this?').waitFor()
  expect(await page.getByRole('main').textContent()).not.toMatch(/phone|call|agent/i)
  await expectGoodInEveryLook(page)
  await press(page, 'Continue')
  await type(page, { Password: 'Alex-Pass-2026' })
  expect(await page.getByRole('main').textContent()).not.toMatch(/phone|call|agent/i)
  await press(page, 'Sign in')
  await page.getByRole('heading', { name: 'Done. Go back to Larkfield Orders' }).waitFor()
  await expectGoodInEveryLook(page)
  await press(page, 'Wasn’t you? You can still tell us.')
  expect(await page.getByRole('main').textContent()).not.toMatch(/phone|call|agent/i)
  await press(page, 'This wasn’t me')
  await page
    .getByRole('heading', { name: 'The request had already ended, but we’ve recorded this.' })
    .waitFor()
})

it('an application that is a broker sends the person on to another site after the consent', async () => {
  const broker = await startReturnAddress()
  broker.leadsTo((parameters) => `${application.origin}/signed-in?${parameters}`)
  const client = new RelyingParty(`${originOf(server)}/am`, 'broker', 'secret', { address: broker.url })
  await client.register({ advanced: { isConsentImplied: false } })
  const page = await (await browser.person()).newPage()
  await page.goto(client.request().url)
  await type(page, { 'User Name': 'alex', Password: 'Alex-Pass-2026' })
  await press(page, 'Sign in')
  await press(page, 'Allow')
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  await broker.stop()
})

it('a denied consent returns to the application as an error', async () => {
  const page = await (await browser.person()).newPage()
  await page.goto(shop.request().url)
  await type(page, { 'User Name': 'alex', Password: 'Alex-Pass-2026' })
  await press(page, 'Sign in')
  await press(page, 'Don’t allow')
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied')
})

it('a person types the code of a device, and allows the application there', async () => {
  const device = new Device(shop)
  await device.start({ scope: 'openid profile orders' })
  const page = await (await browser.person()).newPage()
  await page.goto(device.page)
  await type(page, { 'User Name': 'alex', Password: 'Alex-Pass-2026' })
  await press(page, 'Sign in')
  await page.getByRole('heading', { name: 'Connect a device' }).waitFor()
  await page.getByLabel('Code', { exact: true }).fill('BBBB-BBBB')
  await press(page, 'Continue')
  await page.getByText('This code is wrong').waitFor()
  await expectGoodInEveryLook(page)
  await page.getByLabel('Code', { exact: true }).fill(device.userCode)
  await press(page, 'Continue')
  await page.getByRole('heading', { name: 'Allow Larkfield Orders on your device?' }).waitFor()
  await page.getByText('No help desk ever asks you to type a code here.').waitFor()
  await expectGoodInEveryLook(page)
  await press(page, 'Allow')
  await page.getByRole('heading', { name: 'Your device is connected' }).waitFor()
  expect((await device.poll()).body.scope).toBe('openid profile orders')
})

it('an invalid request of an application is explained to the person', async () => {
  const page = await (await browser.person()).newPage()
  await page.goto(shop.request({ client_id: 'nobody' }).url)
  await page.getByRole('heading', { name: 'This request is invalid' }).waitFor()
  await expectGoodInEveryLook(page)
})

it('a page asks before signing a person out', async () => {
  const page = await (await browser.person()).newPage()
  await page.goto(shop.request({ scope: 'openid' }).url)
  await type(page, { 'User Name': 'alex', Password: 'Alex-Pass-2026' })
  await press(page, 'Sign in')
  await press(page, 'Allow')
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  await page.goto(`${shop.issuer}/connect/endSession`)
  await page.getByRole('heading', { name: 'Sign out?' }).waitFor()
  await expectGoodInEveryLook(page)
  await press(page, 'Sign out')
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
  await expectGoodInEveryLook(page)
  // The browser stays known, which helps during attacks on the account, but its session has ended.
  const cookies = await page.context().cookies()
  expect(cookies.map(({ name }) => name)).toEqual(['sidegate-device'])
})

it('the consent page and the pages after it work without JavaScript', async () => {
  const context = await browser.withoutScripts()
  const value = await signIn(server.url, 'alex', 'Alex-Pass-2026')
  await context.addCookies([{ name: 'iPlanetDirectoryPro', value, url: originOf(server), httpOnly: true }])
  const page = await context.newPage()
  await page.goto(shop.request().url)
  await press(page, 'Allow')
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  expect(new URL(page.url()).searchParams.get('code')).toEqual(expect.any(String))
})

it('a forged request of an application is rejected', async () => {
  const page = await (await browser.person({})).newPage()
  await page.goto(await askedByMail())
  await press(page, 'This is not me')
  await press(page, 'This wasn’t me')
  await page
    .getByRole('heading', { name: 'Thank you. The request from Larkfield Orders was refused.' })
    .waitFor()
  await page.getByText('someone else used your name there').waitFor()
})
