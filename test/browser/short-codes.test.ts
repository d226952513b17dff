import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bestLanguage } from '../../web/sign-in/translations/languages.ts'
import { en, type Texts } from '../../web/sign-in/translations/texts.tsx'
import { turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import {
  expectAccessible,
  expectGoodInEveryLook,
  expectNoSidewaysScroll,
  type Look,
  TestBrowser,
} from './browser.ts'
import { headline, offer, openDesk, startCheck, timelineOn } from './desk.ts'
import { heading, press } from './sign-in.ts'
import { originOf } from './signed-in.ts'

const ar = await bestLanguage(['ar']).texts()

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer({ shortName: 'Larkfield Health' })
  await turnOffPause(server.url)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const field = (page: Page) => page.locator('#code')

async function openPage(fragment = '', look: Look = {}): Promise<Page> {
  const page = await (await browser.person({ size: 'phone', ...look })).newPage()
  await page.goto(`${originOf(server)}/c${fragment}`)
  await field(page).waitFor()
  return page
}

/** The code of a new check. */
async function newCode(): Promise<string> {
  const agent = await agentSignsIn(server.url)
  const { reference } = await deskOpens(server.url, agent)
  const path = `/realms/root/realms/alpha/help-desk/verifications/${reference}?_action=shortCode`
  return (await asking(server.url, agent)(path, { method: 'POST', body: {} })).body.code
}

it('the short address has the name that callers know', async () => {
  const page = await openPage()
  await page.getByText('Larkfield Health').waitFor()
  await expect.poll(() => page.title()).toMatch(/ · Larkfield Health$/)
  expect(await page.getByText('Sidegate').count()).toBe(0)
})

describe('a caller without mail', () => {
  it.each([
    ['en', en],
    ['ar', ar],
  ] as const)('types the short code and is verified, in %s', async (locale, texts: Texts) => {
    const desk = await openDesk(await browser.person(), server)
    await startCheck(desk)
    await desk.getByRole('button', { name: 'Read out a short address' }).click()
    const card = desk.getByRole('region', { name: 'Short address' })
    await card.getByText(`${new URL(originOf(server)).host}/c`).waitFor()
    const code = (await card.locator('.big-code > [aria-hidden]').textContent()) ?? ''
    expect(code).toMatch(/^[A-Z]{8}$/)
    await expectAccessible(desk)

    const caller = await openPage('', { locale })
    await field(caller).pressSequentially(code.toLowerCase())
    expect(await field(caller).inputValue()).toBe(`${code.slice(0, 4)}-${code.slice(4)}`)
    await caller.keyboard.press('Enter')
    await caller.waitForURL(/\/am\/XUI\//)
    await press(caller, texts.iCalled)
    await timelineOn(desk).getByText('Typed the short code').waitFor()
    await card.getByRole('heading', { name: /^Used at \d/ }).waitFor()
    await press(caller, texts.continue)
    await caller.getByLabel(texts.sent.Password ?? '', { exact: true }).fill('Alex-Pass-2026')
    await caller.keyboard.press('Enter')
    await caller.getByRole('heading', { name: texts.confirmed }).waitFor()
    await headline(desk, 'Proven, but can’t be used')
    expect(await caller.evaluate(() => document.documentElement.dir)).toBe(locale === 'ar' ? 'rtl' : 'ltr')
  })
})

describe('the desk', () => {
  it('replaces a code, and shows a QR code of the short link where it doesn’t know the link', async () => {
    await offer(server, [{ journey: 'HelpDesk', title: 'Verify a caller', description: '' }])
    const desk = await openDesk(await browser.person({ size: 'phone' }), server)
    await startCheck(desk, { check: 'Verify a caller' })
    const link = desk.getByRole('textbox', { name: 'Short link' })
    await desk.getByRole('button', { name: 'Read out a short address' }).click()
    const first = await link.inputValue()
    await desk.getByRole('button', { name: 'New code' }).click()
    await expect.poll(() => link.inputValue()).not.toBe(first)
    await expectNoSidewaysScroll(desk)

    const other = await openDesk(await browser.person(), server, new URL(desk.url()).pathname)
    await other.getByRole('button', { name: 'Read out a short address' }).click()
    await other.getByRole('img', { name: 'QR code of the short link' }).waitFor()
    const newest = await other.getByRole('textbox', { name: 'Short link' }).inputValue()
    const caller = await openPage(new URL(newest).hash)
    await press(caller, 'Continue')
    await caller.waitForURL(/\/am\/XUI\//)
    await heading(caller).waitFor()
  })
})

describe('the page for short codes', () => {
  it('fills in the code of a link without using it up', async () => {
    const code = await newCode()
    const before = browser.requests().length
    const page = await openPage(`#${code}`)
    expect(await field(page).inputValue()).toBe(code)
    await page.getByText('The code from your message is filled in').waitFor()
    const asked = browser.requests().slice(before)
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([])
    expect(new URL(page.url()).hash).toBe('')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/am\/XUI\//)
    await page.goBack().catch(() => undefined)
    expect(page.url()).not.toContain(code)
  })

  it.each([
    ['', 'Enter the code that is read to you.'],
    ['XKKM-MQR', 'The code has eight letters. Enter all of them.'],
    ['X7KM-MQRR', 'Codes never contain “7”. Ask for that letter again.'],
    ['كود', 'Codes have Latin letters only. Switch your keyboard to A–Z.'],
    ['CCCC-CCCC', 'This code doesn’t work.'],
  ])('says what is wrong with the code %j', async (code, error) => {
    const page = await openPage()
    await field(page).fill(code)
    await press(page, 'Continue')
    await page.getByRole('alert').getByText(error).waitFor()
    expect(await field(page).getAttribute('aria-invalid')).toBe('true')
    await expectAccessible(page)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('code')
  })

  it('keeps the code while the browser is offline', async () => {
    const code = await newCode()
    const page = await openPage()
    await field(page).fill(code)
    await page.context().setOffline(true)
    await press(page, 'Continue')
    await page.getByRole('alert').getByText('You are offline.').waitFor()
    await page.context().setOffline(false)
    await page.getByRole('alert').waitFor({ state: 'detached' })
    await press(page, 'Continue')
    await page.waitForURL(/\/am\/XUI\//)
  })

  it.each(['en', 'de', 'es', 'fr', 'ar'])('is accessible in every look, in %s', async (locale) => {
    const page = await openPage('', { locale })
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale)
    await expectGoodInEveryLook(page)
    const texts = (await page.getByRole('main').textContent()) ?? ''
    if (locale !== 'en') expect(texts).not.toMatch(/\b(the|letters)\b|\{/i)
    await page.setViewportSize({ width: 320, height: 640 })
    await field(page).fill('CCCC-CCCC')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  })

  it('shows the whole code on a narrow page with text of double size', async () => {
    const page = await openPage('#XKKM-MQRR')
    await page.setViewportSize({ width: 320, height: 640 })
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    expect(await field(page).evaluate((input) => input.scrollWidth - input.clientWidth)).toBe(0)
    await expectNoSidewaysScroll(page)
  })

  it('changes its language and takes it along', async () => {
    const code = await newCode()
    const page = await openPage(`#${code}`)
    await page.getByLabel('Language').selectOption('de')
    await page.getByRole('heading', { name: 'Code vom Helpdesk eingeben' }).waitFor()
    expect(await field(page).inputValue()).toBe(code)
    await press(page, 'Weiter')
    await page.waitForURL(/locale=de/)
    await page.getByRole('heading', { name: 'Wer hat angerufen?' }).waitFor()
  })
})
