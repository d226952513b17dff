import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import plurals from '../../texts/en/desk.json' with { type: 'json' }
import { deskTexts } from '../../web/translate/load-language.ts'
import { setLanguage, t } from '../../web/translate/translate.ts'
import type { Text, Translation } from '../../web/translate/translation.ts'
import { turnOffPause } from '../support/backchannel-client.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, sizes, TestBrowser } from './browser.ts'
import { callerTypes, changeDesk, newAgent, reject, signInAsAgent } from './desk.ts'
import { heading, press, type } from './sign-in.ts'
import { originOf } from './signed-in.ts'

const ar = await deskTexts('ar')
const de = await deskTexts('de')

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  await turnOffPause(server.url)
  await changeDesk(server, { pauseMinutes: 0 })
  browser = await TestBrowser.launch()
})

afterEach(() => setLanguage({ locale: undefined, direction: 'ltr', translations: plurals }))

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

type Language = {
  locale: string
  direction: 'ltr' | 'rtl'
  translations: Readonly<Record<string, Translation>>
  /** “Unlock the account” as the realm translates it. */
  action: string
}

const languages: Language[] = [
  { locale: 'de-DE', direction: 'ltr', translations: de, action: 'Konto entsperren' },
  { locale: 'ar', direction: 'rtl', translations: ar, action: 'إلغاء قفل الحساب' },
]

const formsOf = (translation: Translation) =>
  typeof translation === 'string' ? [translation] : Object.values(translation)

/** A text with placeholders as a pattern of what stands on a page. */
function patternOf(text: string): RegExp {
  const parts = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.+')}$`, 's')
}

/** Whether a form has no placeholders, or enough letters beside them: a pattern such as “{time} left” says too little. */
function isTelling(form: string): boolean {
  return !form.includes('{') || form.replace(/\{\w+\}|\P{L}/gu, '').length >= 8
}

/** Finds English texts of the dictionary, except those that the language writes in the same way. */
function englishFinder({ translations }: Language): (text: string) => boolean {
  const own = Object.values(translations).flatMap(formsOf).filter(isTelling).map(patternOf)
  const english = Object.keys(translations)
    .flatMap((text) => formsOf(plurals[text as keyof typeof plurals] ?? text))
    .filter((form) => isTelling(form) && /\p{L}/u.test(form))
    .map(patternOf)
  return (text) => english.some((pattern) => pattern.test(text)) && !own.some((pattern) => pattern.test(text))
}

type Shown = { texts: string[]; words: string[] }

/**
 * What a person sees and hears on the page: `texts` are those of elements and attributes, `words` the words in Latin letters
 * outside of names and codes, which are isolated.
 */
async function shownOn(page: Page): Promise<Shown> {
  const { texts, plain } = await page.evaluate(() => {
    const attributes = ['aria-label', 'alt', 'title', 'placeholder', 'aria-description']
    const elements = [...document.body.querySelectorAll('*:not(script, style)')]
    const named = elements.flatMap((element) =>
      element.closest('bdi, [lang]:not(html)') === null
        ? attributes.map((name) => element.getAttribute(name) ?? '')
        : [],
    )
    const isOurs = (node: Node) =>
      node.parentElement?.closest(
        'bdi, kbd, script, style, [dir=ltr], [lang]:not(html), .key, .avatar, .big-code',
      ) === null
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const nodes: string[] = []
    while (walker.nextNode()) if (isOurs(walker.currentNode)) nodes.push(walker.currentNode.nodeValue ?? '')
    const whole = elements.map(({ textContent }) => textContent ?? '')
    return {
      texts: [document.title, ...named, ...nodes, ...whole],
      plain: [document.title, ...named, ...nodes],
    }
  })
  return {
    texts: [...new Set(texts.map(tidy).filter((text) => text !== ''))],
    words: plain.flatMap(latinWords),
  }
}

function tidy(text: string): string {
  return text
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Without what is isolated: names in a sentence. */
function latinWords(text: string): string[] {
  let rest = text
  for (let before = ''; before !== rest; ) {
    before = rest
    rest = rest.replace(/\u2068[^\u2068\u2069]*\u2069/g, ' ')
  }
  return [...rest.matchAll(/\p{Script=Latin}{2,}/gu)].map(([word]) => word)
}

/** Names and technical terms, which are the same in every language. */
const names = new Set('Alex Caller New Agent Sidegate Larkfield Health INC QR helpdesk'.split(' '))

/** A desk in the browser's language, which reads every page that it shows. */
class Reader {
  readonly page: Page
  readonly #language: Language
  readonly #isEnglish: (text: string) => boolean
  readonly found: { on: string; english: string[]; latin: string[] }[] = []

  constructor(page: Page, language: Language) {
    this.page = page
    this.#language = language
    this.#isEnglish = englishFinder(language)
  }

  async reads(on: string): Promise<void> {
    const { texts, words } = await shownOn(this.page)
    const latin = this.#language.direction === 'rtl' ? words.filter((word) => !names.has(word)) : []
    this.found.push({ on, english: texts.filter(this.#isEnglish), latin })
    if (this.#language.direction === 'rtl') await expectAccessible(this.page)
    await this.page.setViewportSize(sizes.phone)
    await expectNoSidewaysScroll(this.page)
    await this.page.setViewportSize(sizes.desktop)
  }

  expectOwnLanguage(): void {
    expect(this.found).toEqual(this.found.map(({ on }) => ({ on, english: [], latin: [] })))
  }

  /** Starts the check with a code of Alex. @returns the link. */
  async starts(): Promise<string> {
    const { page } = this
    await page.getByRole('link', { name: t('New check') }).click()
    await page.getByLabel(t('Who is calling?')).fill('alex')
    await page.getByRole('option', { name: 'Alex Caller' }).click()
    await page.getByRole('radio', { name: this.#language.action }).check()
    await page.getByRole('radio', { name: 'Verify with a code' }).check()
    await page.getByLabel(t('Ticket')).fill('INC-48213')
    await this.reads('new check')
    await page.getByRole('button', { name: t('Start check') }).click()
    await this.sees('Give {name} the link')
    return page.getByRole('textbox', { name: t('Link'), exact: true }).inputValue()
  }

  async sees(text: Text): Promise<void> {
    const name = t(text, { name: 'Alex' })
    await this.page.getByRole('heading', { name, level: 2 }).waitFor()
  }
}

async function deskIn(language: Language, agent: string): Promise<Reader> {
  setLanguage(language)
  const person = await browser.freshPerson({ locale: language.locale })
  await signInAsAgent(person, server, await newAgent(server, agent))
  const page = await person.newPage()
  await page.goto(`${originOf(server)}/desk/`)
  await page.getByRole('heading', { name: t('No checks in progress') }).waitFor()
  return new Reader(page, language)
}

const codeQuestion = 'Code that the agent reads to you'

/** The caller opens the link, types a wrong code and a wrong password first, and is verified in the end. */
async function provesThemselves(reader: Reader, link: string): Promise<void> {
  const { page } = reader
  const codes = page.getByRole('region', { name: t('Codes') }).locator('.big-code > [aria-hidden]')
  await codes.waitFor()
  const code = ((await codes.textContent()) ?? '').replaceAll(/\s/g, '')
  const caller = await (await browser.person({ size: 'phone' })).newPage()
  await caller.goto(link)
  await heading(caller).waitFor()
  await reader.sees('{name} is looking at the page')
  await reader.reads('looking')
  await press(caller, 'I called the help desk')
  await reader.sees('Read your own code to {name} first')
  await codes.nth(1).waitFor()
  await reader.reads('both codes')
  await press(caller, 'Continue')
  await type(caller, { [codeQuestion]: (code.startsWith('1') ? '2' : '1') + code.slice(1) })
  await caller.keyboard.press('Enter')
  await page.getByText(t('{count} tries left', { count: 2 }), { exact: true }).waitFor()
  await type(caller, { [codeQuestion]: code })
  await caller.keyboard.press('Enter')
  await caller.getByLabel('Password', { exact: true }).waitFor()
  await callerTypes(caller, 'not-the-password')
  await page.locator('.news').getByText(t('Sign-in failed')).waitFor()
  await reader.reads('failed sign-in')
  // The journey begins again, with the code.
  const field = caller.getByLabel('Password', { exact: true }).or(caller.getByLabel(codeQuestion))
  await field.waitFor()
  if (await caller.getByLabel(codeQuestion).isVisible()) {
    await type(caller, { [codeQuestion]: code })
    await caller.keyboard.press('Enter')
  }
  await callerTypes(caller, 'Alex-Pass-2026')
}

describe.each(languages)('the desk in $locale', (language) => {
  it('verifies a caller without one English text', async () => {
    const reader = await deskIn(language, `verifies-${language.locale}`)
    const { page } = reader
    await reader.reads('no checks')
    const link = await reader.starts()
    await press(page, t('Read out a short address'))
    await page.getByRole('region', { name: t('Short address') }).waitFor()
    await reader.reads('link')
    await press(page, t('Cancel check'))
    await page.getByRole('dialog', { name: t('Cancel this check?') }).waitFor()
    await reader.reads('cancel')
    await press(page, t('Keep it'))
    await provesThemselves(reader, link)
    await reader.sees('Verified')
    await page.getByRole('button', { name: t('Mark as used') }).waitFor()
    await reader.reads('verified')
    await page.getByRole('button', { name: t('Mark as used') }).click()
    // Arabic isolates the time, which is not the same here.
    const usedAt = t('Used at {time}', { time: '' })
      .replace(/[\u2068\u2069]/g, '')
      .trim()
    await page.getByText(usedAt).first().waitFor()
    await reader.reads('used')
    await page.getByRole('link', { name: t('History'), exact: true }).click()
    await page.getByRole('cell', { name: usedAt }).waitFor()
    await reader.reads('history')
    await page.goto(`${originOf(server)}/desk/checks/NOTHING9`)
    await page.getByRole('heading', { name: t('Check not found') }).waitFor()
    await reader.reads('not found')
    reader.expectOwnLanguage()
  })

  it('warns of an attack without one English text', async () => {
    const reader = await deskIn(language, `warns-${language.locale}`)
    const { page } = reader
    const link = await reader.starts()
    await page.getByRole('link', { name: t('All checks') }).click()
    await page.getByRole('article', { name: 'Alex Caller' }).waitFor()
    await reader.reads('all checks')
    await reject(server, new URL(link).searchParams.get('authIndexValue') ?? '')
    await page
      .getByRole('alert')
      .getByText(t('{name} said “This is not me”.', { name: 'Alex Caller' }))
      .waitFor()
    await reader.reads('warning')
    await page.getByRole('article').getByRole('link', { name: 'Alex Caller' }).click()
    await reader.sees('Stop: not {name}')
    await reader.reads('not me')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: t('Keyboard shortcuts') }).waitFor()
    await reader.reads('shortcuts')
    reader.expectOwnLanguage()
  })
})

it('speaks the language that the agent chooses, and loads no other', async () => {
  const person = await browser.freshPerson()
  await signInAsAgent(person, server, await newAgent(server, 'chooses'))
  const page = await person.newPage()
  const loaded = new Set<string | undefined>()
  page.on('request', (request) => loaded.add(/\/texts-(\w+)-/.exec(request.url())?.[1]))
  await page.goto(`${originOf(server)}/desk/`)
  await page.getByRole('heading', { name: 'No checks in progress' }).waitFor()
  expect([...loaded]).toEqual([undefined])
  await page.getByRole('button', { name: 'New Agent' }).click()
  await page.getByRole('menuitem', { name: 'العربية' }).click()
  setLanguage({ locale: 'ar', direction: 'rtl', translations: ar })
  await page.getByRole('heading', { name: t('No checks in progress') }).waitFor()
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  expect([...loaded]).toEqual([undefined, 'ar'])
})
