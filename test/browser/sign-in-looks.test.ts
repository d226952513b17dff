import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { asking, saveAsking } from './callback-journeys.ts'
import { heading, openSignIn, press, type } from './sign-in.ts'

let server: TestServer
let browser: TestBrowser

const endless = 'Donaudampfschifffahrt'.repeat(20)
const many = `[${Array.from({ length: 12 }, (_, place) => `"${endless} ${place}"`).join()}]`

async function prepare(stores: Stores): Promise<void> {
  for (const kind of ['PasswordCallback', 'ValidatedCreatePasswordCallback']) {
    const each = asking[kind]
    if (each !== undefined) await saveAsking(stores, kind, each)
  }
  await saveAsking(stores, 'Endless', {
    ask: `nameCallback("${endless}"); callbacksBuilder.textOutputCallback(2, "${endless}"); callbacksBuilder.choiceCallback("${endless}", ${many}, 0, false); callbacksBuilder.confirmationCallback(0, ["${endless}", "No"], 0); action.withHeader("${endless}").withDescription("${endless}")`,
    told: '"read"',
  })
  await saveAsking(stores, 'Hostile', {
    ask: String.raw`pollingWaitCallback("60000", "<img src=x onerror=alert(1)>Caller \u202e\u0007is <b>here</b> ${'x'.repeat(400)}")`,
    told: '"read"',
  })
  await saveAsking(stores, 'HostileText', {
    ask: `textOutputCallback(0, "<p style='position:fixed' id='root' onclick='alert(1)'>Hello <script>alert(1)</script><a href='javascript:alert(1)'>one</a> <a href='https://example.com'>two</a><iframe src='https://evil.example'></iframe><form action='https://evil.example'><input name=password></form></p>"); action.withHeader("A <b>bold</b> header")`,
    told: '"read"',
  })
  await saveAsking(stores, 'Three', {
    ask: 'choiceCallback("Colour", ["red", "green", "blue"], 0, false); callbacksBuilder.nameCallback("User Name"); action.withStage(JSON.stringify({ ChoiceCallback: [{ displayType: "radio" }], submitButtonText: { en: "Off we go", de: "Los" }, pageFooter: { en: "Small print" } }))',
    told: 'callbacks.getChoiceCallbacks().get(0)[0]',
  })
  await saveAsking(stores, 'Twice', {
    ask: 'validatedPasswordCallback("Password", false, {}, false); action.withStage(JSON.stringify({ ValidatedCreatePasswordCallback: [{ confirmPassword: true }] }))',
    told: 'callbacks.getValidatedPasswordCallbacks().get(0).value',
  })
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function phone(journey: string, more = '', locale = 'en-US'): Promise<Page> {
  return openSignIn(await browser.person({ size: 'phone', locale }), server, journey, more)
}

describe('a page of the journey', () => {
  it('wraps very long words', async () => {
    const page = await phone('Endless')
    await page.getByRole('combobox').first().waitFor()
    await expectGoodInEveryLook(page)
  })

  it('shows another person’s status as short plain text', async () => {
    const page = await phone('Hostile')
    const text = (await heading(page).textContent()) ?? ''
    expect(text).toMatch(/^Caller is here x+…$/)
    expect(text.length).toBeLessThanOrEqual(200)
    expect(await page.locator('main img').count()).toBe(0)
  })

  it('sanitizes HTML of a journey', async () => {
    const page = await phone('HostileText')
    await page.getByText('Hello').waitFor()
    const html = await page.locator('.said').innerHTML()
    expect(html).not.toMatch(/style|onclick|script|iframe|form|input|javascript|id=/)
    expect(await page.getByRole('link', { name: 'two' }).getAttribute('target')).toBe('_blank')
    expect(await heading(page).textContent()).toBe('A bold header')
  })

  it('uses the layout of its stage, and selects with arrow keys', async () => {
    const page = await phone('Three')
    await page.getByText('Small print').waitFor()
    await page.getByRole('button', { name: 'Off we go' }).waitFor()
    await page.getByRole('radio', { name: 'red' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.type('alex')
    await page.keyboard.press('Enter')
    await page.getByText('Answered: 1').waitFor()
  })

  it('asks for a new password twice if its stage says so', async () => {
    const page = await phone('Twice')
    await type(page, { Password: 'Right-Pass-1', 'Repeat the password': 'Right-Pass-2' })
    await press(page, 'Continue')
    await page.getByRole('alert').getByText('The passwords don’t match.').waitFor()
    await type(page, { 'Repeat the password': 'Right-Pass-1' })
    await press(page, 'Continue')
    await page.getByText('Answered: Right-Pass-1').waitFor()
  })

  it('shows missing password rules while typing', async () => {
    const page = await phone('ValidatedCreatePasswordCallback')
    const met = page.locator('.field-rules li.met')
    const password = page.getByLabel('Password', { exact: true })
    for (const [typed, count] of [
      ['a', 0],
      ['aA1', 2],
      ['aA1bcdefgh', 3],
    ] as const) {
      await password.fill(typed)
      await expect.poll(() => met.count()).toBe(count)
    }
    await page.getByRole('button', { name: 'Show Password' }).click()
    expect(await password.getAttribute('type')).toBe('text')
  })
})

describe('a person without a mouse', () => {
  it('signs in with the keyboard alone', async () => {
    const page = await openSignIn(await browser.person(), server, 'Login')
    await page.keyboard.type('alex')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Alex-Pass-2026')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('text')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })
})

describe('the language', () => {
  it.each([
    ['de-AT', 'Anmelden', 'ltr'],
    ['fr', 'Se connecter', 'ltr'],
    ['es-MX', 'Iniciar sesión', 'ltr'],
    ['ar', 'تسجيل الدخول', 'rtl'],
    ['tlh', 'Sign in', 'ltr'],
  ])('of a browser that prefers %s is that of the page', async (locale, title, direction) => {
    const page = await phone('PasswordCallback', '', locale)
    expect(await heading(page).textContent()).toBe(title)
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(direction)
    await expectNoSidewaysScroll(page)
    if (direction === 'rtl') await expectAccessible(page)
  })

  it('can be selected, for this page and later ones', async () => {
    const page = await phone('PasswordCallback', '&locale=es')
    expect(await heading(page).textContent()).toBe('Iniciar sesión')
    await page.getByRole('combobox', { name: 'Idioma' }).selectOption('de')
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor()
    expect(new URL(page.url()).searchParams.get('locale')).toBe('de')
    await page.reload()
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor()
    const next = await openSignIn(page.context(), server, 'PasswordCallback')
    expect(await heading(next).textContent()).toBe('Anmelden')
  })
})
