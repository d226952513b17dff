import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languages } from '../../web/sign-in/translations/languages.ts'
import { en } from '../../web/sign-in/translations/texts.tsx'
import { turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { headline, offer, openDesk, startCheck, timelineOn } from './desk.ts'
import { heading, press } from './sign-in.ts'
import { originOf } from './signed-in.ts'

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

async function openPage(fragment = ''): Promise<Page> {
  const page = await (await browser.person({ size: 'phone' })).newPage()
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

it('a caller without mail types the short code and is verified', async () => {
  const desk = await openDesk(await browser.person(), server)
  await startCheck(desk)
  await desk.getByRole('button', { name: 'Read out a short address' }).click()
  const card = desk.getByRole('region', { name: 'Short address' })
  await card.getByText(`${new URL(originOf(server)).host}/c`).waitFor()
  const code = (await card.locator('.big-code > [aria-hidden]').textContent()) ?? ''
  expect(code).toMatch(/^[A-Z]{8}$/)
  await expectAccessible(desk)

  const caller = await openPage()
  await field(caller).pressSequentially(code.toLowerCase())
  expect(await field(caller).inputValue()).toBe(`${code.slice(0, 4)}-${code.slice(4)}`)
  await caller.keyboard.press('Enter')
  await caller.waitForURL(/\/am\/XUI\//)
  await press(caller, en.iCalled)
  await timelineOn(desk).getByText('Typed the short code').waitFor()
  await card.getByRole('heading', { name: /^Used at \d/ }).waitFor()
  await press(caller, en.continue)
  await caller.getByLabel('Password', { exact: true }).fill('Alex-Pass-2026')
  await caller.keyboard.press('Enter')
  await caller.getByRole('heading', { name: en.confirmed }).waitFor()
  await headline(desk, 'Proven, but can’t be used')
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
  it('fills in the code of a link without using it up, and takes the chosen language along', async () => {
    const code = await newCode()
    const before = browser.requests().length
    const page = await openPage(`#${code}`)
    expect(await field(page).inputValue()).toBe(code)
    await page.getByText('The code from your message is filled in').waitFor()
    const asked = browser.requests().slice(before)
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([])
    expect(new URL(page.url()).hash).toBe('')
    await page.getByLabel('Language').selectOption('de')
    await page.getByRole('heading', { name: 'Code vom Helpdesk eingeben' }).waitFor()
    expect(await field(page).inputValue()).toBe(code)
    await page.getByRole('button', { name: 'Weiter', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/am\/XUI\/.*locale=de/)
    await page.getByRole('heading', { name: 'Wer hat angerufen?' }).waitFor()
    await page.goBack().catch(() => undefined)
    expect(page.url()).not.toContain(code)
  })

  it('focuses the code again when it is wrong, and keeps it while the browser is offline', async () => {
    const page = await openPage()
    for (const [wrong, error] of [
      ['', en.shortCode.empty],
      ['CCCC-CCCC', en.shortCode.unknown],
    ] as const) {
      await field(page).fill(wrong)
      await press(page, 'Continue')
      await page.getByRole('alert').getByText(error).waitFor()
      expect(await field(page).getAttribute('aria-invalid')).toBe('true')
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('code')
    }
    await field(page).fill(await newCode())
    await page.context().setOffline(true)
    await press(page, 'Continue')
    await page.getByRole('alert').getByText('You are offline.').waitFor()
    await page.context().setOffline(false)
    await page.getByRole('alert').waitFor({ state: 'detached' })
    await press(page, 'Continue')
    await page.waitForURL(/\/am\/XUI\//)
  })

  it('is good in every look, fits a narrow page in each language, and has the name that callers know', async () => {
    const page = await openPage()
    await page.getByText('Larkfield Health').waitFor()
    await expect.poll(() => page.title()).toMatch(/ · Larkfield Health$/)
    expect(await page.getByText('Sidegate').count()).toBe(0)
    await field(page).fill('CCCC')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize({ width: 320, height: 640 })
    for (const { code, direction, texts } of languages) {
      await page.locator('select').selectOption(code)
      await page.getByText((await texts()).shortCode.length).waitFor()
      expect(
        await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]),
      ).toEqual([code, direction])
      expect(await page.getByRole('main').textContent()).not.toContain('{')
      await expectNoSidewaysScroll(page)
    }
    await expectAccessible(page)
    await field(page).fill('XKKM-MQRR')
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    expect(await field(page).evaluate((input) => input.scrollWidth - input.clientWidth)).toBe(0)
    await expectNoSidewaysScroll(page)
  })
})
