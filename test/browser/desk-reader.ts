import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import plurals from '../../texts/en/desk.json' with { type: 'json' }
import { deskTexts } from '../../web/translate/load-language.ts'
import { setLanguage, t } from '../../web/translate/translate.ts'
import type { Text, Translation } from '../../web/translate/translation.ts'
import type { TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, sizes, type TestBrowser } from './browser.ts'
import { signInAsAgent } from './desk.ts'

const ar = await deskTexts('ar')
const de = await deskTexts('de')

export type Language = {
  locale: string
  direction: 'ltr' | 'rtl'
  translations: Readonly<Record<string, Translation>>
  /** “Unlock the account” as the realm translates it. */
  action: string
}

export const arabic: Language = {
  locale: 'ar',
  direction: 'rtl',
  translations: ar,
  action: 'إلغاء قفل الحساب',
}

export const languages: Language[] = [
  { locale: 'de-DE', direction: 'ltr', translations: de, action: 'Konto entsperren' },
  arabic,
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
    // The parts of a name that a search marks are no texts.
    const whole = elements.map((element) => (element.closest('.name *') ? '' : (element.textContent ?? '')))
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
const names = new Set(
  'Alex Caller Dana Desk Noor Night Lena Lead New Agent Sidegate Larkfield Health INC QR CSV JSON Lines helpdesk'.split(
    ' ',
  ),
)

/** Reads every page that a desk in the browser's language shows. */
export class Reader {
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

  async sees(text: Text): Promise<void> {
    const name = t(text, { name: 'Alex' })
    await this.page.getByRole('heading', { name, level: 2 }).waitFor()
  }
}

/** Texts of the tests are in English again. */
export function setEnglish(): void {
  setLanguage({ locale: undefined, direction: 'ltr', translations: plurals })
}

/** An agent signs in whose browser, and whose texts in the test, are in this language. */
export async function readerIn(
  language: Language,
  browser: TestBrowser,
  server: TestServer,
  agent: Parameters<typeof signInAsAgent>[2],
): Promise<Reader> {
  setLanguage(language)
  const person = await browser.person({ locale: language.locale })
  await signInAsAgent(person, server, agent)
  return new Reader(await person.newPage(), language)
}
