import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceAttributes } from '../../src/attributes/attribute.ts'
import type { Device, DeviceKind } from '../../src/nodes/ports/ports.ts'
import { sealDevice } from '../../src/people/devices/sealed-devices.ts'
import { createKeyRing } from '../../src/secrets/key-ring.ts'
import { openMasterKey } from '../../src/secrets/master-key.ts'
import { bestLanguage } from '../../web/sign-in/translations/languages.ts'
import { en } from '../../web/sign-in/translations/texts.tsx'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { signIn as signInOverRest } from '../support/wire.ts'
import {
  expectAccessible,
  expectGoodInEveryLook,
  expectNoSidewaysScroll,
  type Look,
  TestBrowser,
} from './browser.ts'
import { heading, press, signInAddress, type } from './sign-in.ts'
import { originOf, signIn } from './signed-in.ts'

const alexId = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
const password = 'Alex-Pass-2026'
const alex = { realm: 'alpha', journey: 'Login', name: 'alex', password }
const texts = en.sessionsPage

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

/** Gives Alex devices, as journeys do, and ends all sessions of Alex. */
async function register(): Promise<void> {
  const createdDate = Date.parse('2026-03-01T09:30:00Z')
  const common = { createdDate, lastAccessDate: createdDate + 86_400_000 }
  const devices: Partial<Record<DeviceKind, Device>> = {
    oath: { ...common, uuid: 'oath-1', deviceName: 'Work phone', recoveryCodes: ['a', 'b', 'c'] },
    webauthn: { ...common, uuid: 'key-1', deviceName: 'Blue key', recoveryCodes: [], credentialId: 'c' },
    profile: { uuid: 'browser-1', deviceName: 'Laptop', recoveryCodes: [], lastSelectedDate: createdDate },
  }
  const sealer = createKeyRing(openMasterKey(server.folder).key).sealer('devices')
  const patch = Object.entries(devices).map(([kind, device]) => ({
    operation: 'replace',
    field: deviceAttributes[kind as DeviceKind],
    value: [sealDevice(sealer, alexId, device)],
  }))
  const admin = asking(server.url, await signInAsAdministrator(server.url))
  const { status } = await admin(`/openidm/managed/alpha_user/${alexId}`, { method: 'PATCH', body: patch })
  expect(status).toBe(200)
  const ends = '/realms/root/realms/alpha/sessions?_action=logoutByUser'
  await admin(ends, { method: 'POST', body: { username: 'alex' } })
}

async function opened(look: Look = {}): Promise<{ person: BrowserContext; page: Page }> {
  const person = await browser.person(look)
  await signIn(person, server, alex)
  const page = await person.newPage()
  await page.goto(`${originOf(server)}/enduser/sessions?realm=/alpha`)
  await page.getByRole('heading', { level: 2 }).first().waitFor()
  return { person, page }
}

const sessionsOn = (page: Page) => page.locator('section[aria-labelledby=own-sessions] li')

it('leads from the page after the sign-in to the own sessions, and back through the sign-in', async () => {
  await register()
  const page = await (await browser.person()).newPage()
  await page.goto(signInAddress(server, 'Login'))
  await type(page, { 'User Name': 'alex', Password: password })
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: texts.title }).click()
  await page.getByRole('heading', { name: texts.title }).waitFor()
  await page.getByText('Chrome · ').waitFor()
  expect(await sessionsOn(page).count()).toBe(1)
  await page.getByText(texts.noOthers).waitFor()
  await press(page, 'Sign out')
  await page.waitForURL(/\/am\/XUI\//)
  await type(page, { 'User Name': 'alex', Password: password })
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/enduser\/sessions/)
  await page.getByRole('heading', { name: texts.title }).waitFor()
})

describe('sessions', () => {
  it('are ended one by one or all at once, and this one stays', async () => {
    await register()
    const others = [
      await signInOverRest(server.url, 'alex', password),
      await signInOverRest(server.url, 'alex', password),
      await signInOverRest(server.url, 'alex', password),
    ]
    const { page } = await opened()
    expect(await sessionsOn(page).count()).toBe(4)
    expect(await sessionsOn(page).first().textContent()).toContain(texts.thisSession)
    await page
      .getByRole('button', { name: /^End the session of Unknown browser, / })
      .first()
      .focus()
    await page.keyboard.press('Enter')
    const done = page.getByRole('status').filter({ hasText: texts.ended })
    await done.waitFor()
    expect(await done.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await sessionsOn(page).count()).toBe(3)
    await press(page, texts.endOthers)
    await page.getByText(texts.endedOthers).waitFor()
    expect(await sessionsOn(page).count()).toBe(1)
    for (const token of others) {
      const ask = asking(server.url, token)
      const path = '/realms/root/realms/alpha/sessions?_action=validate'
      expect((await ask(path, { method: 'POST', body: {} })).body).toEqual({ valid: false })
    }
    await page.reload()
    await page.getByText(texts.thisSession).waitFor()
  })

  it('of a page whose session has ended leads to the sign-in', async () => {
    await register()
    const { person, page } = await opened()
    await person.clearCookies()
    await page.reload()
    await page.waitForURL(/\/am\/XUI\//)
    await heading(page).waitFor()
  })
})

describe('devices', () => {
  it('are removed after a question', async () => {
    await register()
    const { page } = await opened()
    await page.getByText('Recovery codes left: 3').waitFor()
    await press(page, 'Remove Blue key')
    await page.getByText('Remove “Blue key”?').waitFor()
    await expectAccessible(page)
    await press(page, texts.cancel)
    await press(page, 'Remove Blue key')
    await press(page, texts.remove)
    await page.getByText('“Blue key” was removed.').waitFor()
    expect(await page.getByText('Blue key', { exact: true }).count()).toBe(0)
    await page.getByText('Work phone').waitFor()
  })

  it('need a recent sign-in to be removed, to which the page leads', async () => {
    await register()
    const { page } = await opened()
    const minutes = 15
    const removal = (url: URL) => url.pathname.includes('/devices/2fa/')
    const body = {
      code: 403,
      reason: 'Forbidden',
      message: 'This needs a sign-in',
      detail: { freshSignIn: { maxAgeSeconds: minutes * 60, signedInAt: new Date(0).toISOString() } },
    }
    await page.route(removal, (route) =>
      route.request().method() === 'DELETE' ? route.fulfill({ status: 403, json: body }) : route.fallback(),
    )
    await press(page, 'Remove Blue key')
    await press(page, texts.remove)
    await page.getByText(texts.signInAgainText).waitFor()
    await page.unroute(removal)
    await press(page, texts.signInAgain)
    await page.waitForURL(/ForceAuth=true/)
    await type(page, { 'User Name': 'alex', Password: password })
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: texts.title }).waitFor()
    await page.getByText('Blue key').waitFor()
  })
})

it.each(['en', 'de', 'fr', 'es', 'ar'] as const)('is complete and fits a phone in %s', async (locale) => {
  await register()
  await signInOverRest(server.url, 'alex', password)
  const { page } = await opened({ size: 'phone', locale })
  const { sessionsPage: own } = await bestLanguage([locale]).texts()
  await page.getByRole('heading', { name: own.title }).waitFor()
  await page.getByText(own.thisSession).waitFor()
  expect(await page.evaluate(() => document.documentElement.dir)).toBe(locale === 'ar' ? 'rtl' : 'ltr')
  await expectNoSidewaysScroll(page)
  if (locale === 'ar') await expectAccessible(page)
  if (locale === 'en') await expectGoodInEveryLook(page)
})
