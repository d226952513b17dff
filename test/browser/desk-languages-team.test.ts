import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import plurals from '../../texts/en/desk.json' with { type: 'json' }
import { deskTexts } from '../../web/translate/load-language.ts'
import { setLanguage, t } from '../../web/translate/translate.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, sizes, TestBrowser } from './browser.ts'
import { changeDesk, openDesk, prepareCheck, reject, signInAsAgent, startCheck } from './desk.ts'
import { originOf } from './signed-in.ts'

const ar = await deskTexts('ar')
const de = await deskTexts('de')

let server: TestServer
let browser: TestBrowser
const lena = { realm: 'alpha', journey: 'Login', name: 'lena', password: 'Lena-Pass-2026' }

beforeAll(async () => {
  server = await startServer()
  await changeDesk(server, { pauseMinutes: 0 })
  browser = await TestBrowser.launch()
})

afterEach(() => setLanguage({ locale: undefined, direction: 'ltr', translations: plurals }))

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const languages = [
  { locale: 'de-DE', direction: 'ltr', translations: de, action: 'Konto entsperren' },
  { locale: 'ar', direction: 'rtl', translations: ar, action: 'إلغاء قفل الحساب' },
] as const

type Language = (typeof languages)[number]

/** English texts of the dictionary on the page, in elements and attributes, outside of names. */
async function englishOn(page: Page, { translations }: Language): Promise<string[]> {
  const own = new Set<unknown>(Object.values(translations))
  const foreign = Object.keys(translations).filter((text) => !text.includes('{') && !own.has(text))
  return page.evaluate((english) => {
    const known = new Set(english)
    const attributes = ['aria-label', 'title', 'placeholder', 'aria-description']
    const all = [...document.body.querySelectorAll('*:not(script, style)')]
    const elements = all.filter((element) => element.closest('bdi') === null)
    const texts = elements.flatMap((element) => [
      ...attributes.map((name) => element.getAttribute(name) ?? ''),
      ...[...element.childNodes]
        .filter(({ nodeType }) => nodeType === 3)
        .map(({ nodeValue }) => nodeValue ?? ''),
    ])
    return [document.title, ...texts].map((text) => text.trim()).filter((text) => known.has(text))
  }, foreign)
}

async function expectOwnLanguage(page: Page, language: Language): Promise<void> {
  expect(await englishOn(page, language)).toEqual([])
  await expectAccessible(page)
  await page.setViewportSize({ ...sizes.phone, width: 390 })
  await expectNoSidewaysScroll(page)
  await page.setViewportSize(sizes.desktop)
}

/** A lead's desk in the browser's language. */
async function leadsDesk(language: Language, path: string): Promise<Page> {
  setLanguage(language)
  const person = await browser.freshPerson({ locale: language.locale })
  await signInAsAgent(person, server, lena)
  const page = await person.newPage()
  await page.goto(originOf(server) + path)
  return page
}

/** Dana, whose desk is in English, starts one check that goes on and one that the caller rejects. */
async function checksOfDana(): Promise<Page> {
  const dana = await openDesk(await browser.person(), server)
  const { id } = await startCheck(dana)
  await startCheck(dana)
  await reject(server, id)
  return dana
}

describe.each(languages)('the pages of a team in $locale', (language) => {
  it('show checks of all agents and their numbers', async () => {
    await checksOfDana()
    const page = await leadsDesk(language, '/desk/wall')
    const attack = t('Probably an attack: make sure that {agent} ends the call', { agent: 'Dana Desk' })
    await page.getByText(attack).locator('visible=true').first().waitFor()
    expect(await page.title()).toContain(t('Wall · Desk'))
    await page.getByText(language.action).first().waitFor()
    await expectOwnLanguage(page, language)
    await page.getByRole('link', { name: t('Numbers') }).click()
    await page.getByRole('heading', { name: t('How checks ended') }).waitFor()
    await expectOwnLanguage(page, language)
    for (const split of ['Action', 'Day', 'Hour of day'] as const) {
      await page.getByText(t(split), { exact: true }).last().click()
      await page.getByRole('columnheader', { name: t(split), exact: true }).waitFor()
    }
    await expectOwnLanguage(page, language)
    await page.getByRole('link', { name: t('Time ran out') }).click()
    await page.getByRole('heading', { name: t('History'), level: 1 }).waitFor()
    await page
      .locator('a[href="/desk/history"][aria-current="page"]')
      .locator('visible=true')
      .first()
      .waitFor()
    expect(await page.getByRole('radio', { name: t('Unfinished') }).isChecked()).toBe(true)
  })

  it('keep and hand over checks', async () => {
    await checksOfDana()
    const page = await leadsDesk(language, '/desk/history')
    await page.getByRole('link', { name: 'Alex Caller' }).first().waitFor()
    await page.getByLabel(t('Search history')).fill(`alex ${language.action.split(' ')[0]}`)
    await page.getByRole('cell', { name: language.action }).first().waitFor()
    await expectOwnLanguage(page, language)
    await page.getByLabel(t('Search history')).fill('nobody')
    await page.getByText(t('No matching checks. Remove words, or choose All.')).waitFor()
    await page.goto(`${originOf(server)}/desk/new`)
    await page.getByLabel(t('Who is calling?')).fill('nobody at all')
    await page
      .getByText(
        t('Nobody found for “{text}”. Try only the surname, the email address or the phone number.', {
          text: 'nobody at all',
        }),
      )
      .waitFor()
    await page.getByLabel(t('Who is calling?')).fill('alex')
    await page.getByText(t('{count} people found.', { count: 1 })).waitFor()
    await expectOwnLanguage(page, language)
    await page.getByRole('option', { name: 'Alex Caller' }).click()
    await page.getByRole('radio', { name: language.action }).check()
    await page.getByText(t('Not enough for this ({count})', { count: 1 })).click()
    await page.getByRole('radio', { name: 'Verify a caller' }).check()
    await expectOwnLanguage(page, language)
    await page.getByRole('button', { name: t('Start check') }).click()
    await page.getByRole('button', { name: t('Hand over') }).click()
    const dialog = page.getByRole('dialog', { name: t('Hand this check over?') })
    await dialog.getByRole('button', { name: t('Keep the check') }).waitFor()
    await expectOwnLanguage(page, language)
    await dialog.getByRole('button', { name: t('Offer') }).click()
    await page.getByText(t('Offered to the team.')).waitFor()
    await expectOwnLanguage(page, language)
    await page.goto(`${originOf(server)}/desk/elsewhere`)
    await page.getByRole('heading', { name: t('Page not found') }).waitFor()
    await expectOwnLanguage(page, language)
  })

  it('ask for a second agent', async () => {
    const dana = await openDesk(await browser.person(), server)
    await prepareCheck(dana, { check: 'Two agents' })
    await dana.getByRole('button', { name: 'Start check' }).click()
    await dana.getByRole('heading', { name: 'Waiting for a second agent' }).waitFor()
    const page = await leadsDesk(language, '/desk/')
    await page.getByRole('link', { name: t('Look at it') }).click()
    await page.getByRole('button', { name: t('Approve'), exact: true }).waitFor()
    await page.getByText(language.action).first().waitFor()
    await expectOwnLanguage(page, language)
    await page.getByRole('button', { name: t('Decline'), exact: true }).click()
    await page.getByRole('button', { name: t('Decline the check') }).waitFor()
    await page.getByRole('button', { name: t('Not yet') }).click()
    await page.getByRole('button', { name: t('Approve'), exact: true }).click()
    await page.getByRole('button', { name: t('Approve the check') }).waitFor()
    await expectOwnLanguage(page, language)
    await page.getByRole('button', { name: t('Not yet') }).click()
    await page.goto(`${originOf(server)}/desk/wall`)
    await page.getByText(t('Needs approval')).first().waitFor()
    await expectOwnLanguage(page, language)
  })
})
