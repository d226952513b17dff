import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { startPushGateway } from '../support/push-gateway.ts'
import { savePushJourneys } from '../support/push-journeys.ts'
import { PushPhone } from '../support/push-phone.ts'
import type { TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { heading, openSignIn, press, type } from './sign-in.ts'

let gateway: Awaited<ReturnType<typeof startPushGateway>>
let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  gateway = await startPushGateway()
  server = await startPrepared(
    async (stores) => {
      await saveRealm(stores, '/alpha', {
        messaging: { push: gateway.http as never, maxOpenPushesPerPerson: 10 },
      })
      await savePushJourneys(stores)
    },
    { httpAllow: [gateway.host] },
  )
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await gateway.stop()
})

async function named(person: BrowserContext, journey: string, name: string): Promise<Page> {
  const page = await openSignIn(person, server, journey)
  await type(page, { 'User Name': name })
  await press(page, 'Continue')
  return page
}

const at = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor()

/** Registers an app with the code on the page. */
async function registered(person: BrowserContext, name: string, journey = 'PushRegistration') {
  const page = await named(person, journey, name)
  const link = page.getByRole('link', { name: 'Open the app on this phone' })
  const uri = (await link.getAttribute('href')) ?? ''
  const phone = new PushPhone(`token-of-${name}`)
  return { page, uri, phone }
}

/** Starts a sign-in. @returns its page, and the notification that arrived. */
async function asked(person: BrowserContext, journey: string, name: string) {
  const before = gateway.pushed.length
  const page = await named(person, journey, name)
  return { page, ...(await gateway.arrived(before + 1)) }
}

/** Fails if a part of the page is drawn again while the page polls. */
async function expectStill(page: Page, part: string): Promise<void> {
  await page.evaluate((selector) => {
    const seen: string[] = []
    Object.assign(window, { seen })
    const place = document.querySelector(selector)
    const observer = new MutationObserver((records) => {
      for (const { type, target } of records) seen.push(`${type} ${target.nodeName}`)
    })
    if (place === null) seen.push(`no ${selector}`)
    else observer.observe(place, { subtree: true, childList: true, characterData: true, attributes: true })
  }, part)
  for (let poll = 0; poll < 3; poll++) {
    await page.waitForResponse((response) => response.url().includes('/authenticate'))
  }
  expect(await page.evaluate(() => (window as typeof window & { seen: string[] }).seen)).toEqual([])
}

describe('an app for push notifications', () => {
  it('registers with the QR code or the link on the page, which goes on by itself', async () => {
    const person = await browser.person({ size: 'phone' })
    const { page, uri, phone } = await registered(person, 'alex')
    await at(page, 'Set up your authenticator app')
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
    expect(uri).toMatch(/^pushauth:\/\/push\/Larkfield:alex\?/)
    await expectGoodInEveryLook(page)
    expect((await phone.register(uri)).status).toBe(200)
    await at(page, 'Save these recovery codes')
  })

  it('registers for one-time passwords as well, with a key to type', async () => {
    const person = await browser.person({ size: 'phone' })
    const { page, uri, phone } = await registered(person, 'kim', 'CombinedMultiFactorRegistration')
    expect(uri).toMatch(/^mfauth:\/\/totp\/Larkfield:kim\?/)
    await page.getByText('Can’t scan it?').click()
    const key = await page.locator('.app-registration-key').textContent()
    expect(key?.replaceAll(' ', '')).toBe(new URL(uri).searchParams.get('secret'))
    expect((await phone.register(uri)).status).toBe(200)
    await at(page, 'Save these recovery codes')
  })
})

describe('a sign-in with a push notification', () => {
  it('goes on when the person chooses the number on the page, and fails when they refuse', async () => {
    const person = await browser.person()
    const { page: codes, uri, phone } = await registered(person, 'dana')
    await phone.register(uri)
    await at(codes, 'Save these recovery codes')

    const { page, notification } = await asked(person, 'PushNumber', 'dana')
    await at(page, 'Choose this number in your app')
    await page.getByText('Open the notification on your phone, and tap the same number there.').waitFor()
    const number = (await page.locator('.push-number').textContent()) ?? ''
    expect(phone.read(notification).n?.split(',')).toContain(number)
    await expectGoodInEveryLook(page)
    await expectStill(page, '.sheet-head')
    expect((await phone.choose(notification, number)).status).toBe(200)
    await at(page, 'You are signed in')
    await press(page, 'Sign out')

    const again = await asked(person, 'PushNumber', 'dana')
    await at(again.page, 'Choose this number in your app')
    expect((await phone.deny(again.notification)).status).toBe(200)
    await again.page.getByRole('alert').waitFor()
    expect(await heading(again.page).textContent()).toBe('Sign in')
  })

  it('says what to do in the language of the person', async () => {
    const person = await browser.person({ locale: 'ar' })
    const page = await openSignIn(person, server, 'PushNumber')
    await page.locator('input[autocomplete~="username"]').fill('alex')
    await page.keyboard.press('Enter')
    await at(page, 'اختر هذا الرقم في تطبيقك')
    await page.getByText('اضغط فيه على الرقم نفسه').waitFor()
    expect(await page.locator('.push-number').textContent()).toMatch(/^\d\d$/)
  })
})
