import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { serverTexts } from '../../src/base/server-texts.ts'
import { actionTextsSchema } from '../../src/realms/action-texts.ts'
import { bestLanguage } from '../../web/sign-in/translations/languages.ts'
import type { Texts } from '../../web/sign-in/translations/texts.tsx'
import type { LanguageCode } from '../../web/translate/page-languages.ts'
import { expectNoSidewaysScroll } from './browser.ts'
import { heading, press } from './sign-in.ts'

/** A language of callers, and all Latin words of its texts. */
export type CallersLanguage = {
  locale: string
  code: LanguageCode
  texts: Texts
  vocabulary: ReadonlySet<string>
}

/** Names that are the same in every language. They are removed as a whole, because “Caller” is also an English word. */
const names =
  /Alex Caller|Dana Desk|Mira Marlow|Noor Night|Larkfield Health,? Inc\.?|Larkfield Health|Sidegate|INC-48213|localhost|\S+@example\.com/g

/** Journeys for callers. The texts of the others are for agents and name English entries of theirs. */
const callersJourneys = ['ProveWithCode', 'ProveWithTwoFactors', 'VerifyCaller', 'ConfirmRequest']

const samples = join(import.meta.dirname, '..', '..', 'samples', 'alpha')

export async function languageOf(locale: string): Promise<CallersLanguage> {
  const language = bestLanguage([locale])
  const { code } = language
  const texts = await language.texts()
  const all = [texts, serverTexts[code].caller, actionTexts(code), sampleTexts(code)]
  return { locale, code, texts, vocabulary: new Set(latinWords(all.map(stringsIn).join(' '))) }
}

function actionTexts(code: string): string[] {
  return Object.values(actionTextsSchema.parse(undefined)).map((texts) => texts[code] ?? '')
}

function sampleTexts(code: string): string[] {
  const read = (...path: string[]) => readFileSync(join(samples, ...path), 'utf8')
  const documents = [
    ...callersJourneys.map((name) => read('journeys', `${name}.json`)),
    ...readdirSync(join(samples, 'email-templates')).map((name) => read('email-templates', name)),
  ]
  const scripts = readdirSync(join(samples, 'scripts')).filter((name) => name.endsWith('.js'))
  const ofScripts = scripts.flatMap((name) =>
    [...read('scripts', name).matchAll(new RegExp(`\\b${code}: "([^"]*)"`, 'g'))].map(
      ([, text]) => text ?? '',
    ),
  )
  return [...documents.map((text) => ownTextsIn(JSON.parse(text), code)), ...ofScripts].map(withoutTags)
}

/** The texts of one language in a sample, joined. */
function ownTextsIn(value: unknown, code: string): string {
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([key, member]) => (key === code && typeof member === 'string' ? member : ownTextsIn(member, code)))
    .join(' ')
}

function stringsIn(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? Object.values(value).map(stringsIn).join(' ')
    : String(value ?? '')
}

/** The text of an email without its markup. */
function withoutTags(html: string): string {
  return html.replace(/<style>.*?<\/style>/gs, ' ').replace(/<[^>]*>/g, ' ')
}

function latinWords(text: string): string[] {
  const withoutPlaceholders = text.replace(/\{\{?[\w.]+\}?\}/g, ' ')
  return [...withoutPlaceholders.toLowerCase().matchAll(/\p{Script=Latin}{2,}/gu)].map(([word]) => word)
}

/** The words that no text of the language has. */
export function foreignWords(text: string, { vocabulary }: CallersLanguage): string[] {
  return latinWords(withoutTags(text).replace(names, ' ')).filter((word) => !vocabulary.has(word))
}

/** All that a person sees or hears on the page. The list of languages names itself. */
function textsOn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const attributes = ['aria-label', 'alt', 'title', 'placeholder', 'aria-description']
    const named = [...document.querySelectorAll('*')].flatMap((element) =>
      attributes.map((name) => element.getAttribute(name) ?? ''),
    )
    const isShown = (node: Node) => node.parentElement?.closest('select, script, .frame-host') === null
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const inside: string[] = []
    while (walker.nextNode()) if (isShown(walker.currentNode)) inside.push(walker.currentNode.nodeValue ?? '')
    return [document.title, ...inside, ...named].join(' ')
  })
}

/** A caller who reads every page in their language. */
export class CallersReader {
  readonly page: Page
  readonly texts: Texts
  readonly #language: CallersLanguage
  readonly #pages: { page: string; foreign: string[] }[] = []

  private constructor(page: Page, language: CallersLanguage) {
    this.page = page
    this.texts = language.texts
    this.#language = language
  }

  static async open(
    context: BrowserContext,
    language: CallersLanguage,
    link: string,
  ): Promise<CallersReader> {
    const page = await context.newPage()
    await page.goto(link)
    await heading(page).waitFor()
    return new CallersReader(page, language)
  }

  /** Waits for a text, then notes the words of the page that are not of the language. */
  async reads(text: string): Promise<void> {
    await this.page.getByText(text).waitFor()
    const foreign = foreignWords(await textsOn(this.page), this.#language)
    this.#pages.push({ page: text, foreign })
    await expectNoSidewaysScroll(this.page)
  }

  /** Presses the button with one of the page's texts. */
  press(name: string): Promise<void> {
    return press(this.page, name)
  }

  /** Fills in the only field of the page and sends it. */
  async answers(value: string): Promise<void> {
    await this.page.locator('form input:not([readonly])').fill(value)
    await this.page.locator('form button[type=submit]').click()
  }

  /** “I called”, then the page with the agent's code, then the first question of the journey. */
  async goesOn(): Promise<void> {
    await this.press(this.texts.iCalled)
    await this.press(this.texts.continue)
    await this.page.locator('form input:not([readonly])').waitFor()
  }

  /** Fails if any page had a word of another language. */
  expectOwnLanguage(): void {
    expect(this.#pages).not.toEqual([])
    expect(this.#pages.filter(({ foreign }) => foreign.length > 0)).toEqual([])
  }
}
