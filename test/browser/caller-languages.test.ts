import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Texts } from '../../web/sign-in/translations/en.ts'
import { bestLanguage } from '../../web/sign-in/translations/languages.ts'
import { get, turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, linkOf } from '../support/help-desk-play.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'
import { expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { heading, press } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser
let agent: string

beforeAll(async () => {
  server = await startServer()
  await turnOffPause(server.url)
  agent = await agentSignsIn(server.url)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** An agent asks the caller to prove themselves with a code. */
async function asked() {
  const headers = { iplanetdirectorypro: agent }
  const query = '&ForceAuth=true&action=Reset%20the%20password&ticket=INC-48213'
  const first = await startJourney(server.url, 'VerifyWithCode', { query, headers })
  const page = await answerStep(server.url, first, ['alex@example.com'], { headers })
  const { link, reference } = await linkOf(server.url, page)
  const { body } = await get(server.url, `help-desk/verifications/${reference}`, { session: agent })
  return {
    link: link.replace(new URL(server.url).origin, originOf(server)),
    code: String((body.verification as { code: string | null }).code),
  }
}

/** Names of people, organisations, tickets and technical terms, which are the same in every language. */
const names = new Set('dana desk alex larkfield health inc localhost sidegate min'.split(' '))

/** All words that a person sees or hears on the page, in small letters. The list of languages names itself. */
async function wordsOn(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const attributes = ['aria-label', 'alt', 'title', 'placeholder', 'aria-description']
    const named = [...document.querySelectorAll('*')].flatMap((element) =>
      attributes.map((name) => element.getAttribute(name) ?? ''),
    )
    const isShown = (node: Node) => node.parentElement?.closest('select, script, .frame-host') === null
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const inside: string[] = []
    while (walker.nextNode()) if (isShown(walker.currentNode)) inside.push(walker.currentNode.nodeValue ?? '')
    return [document.title, ...inside, ...named]
      .map((text) => text.replace(/English|Deutsch|Español|Français/g, ' '))
      .join(' ')
  })
  return latinWords(texts)
}

function latinWords(text: string): string[] {
  return [...text.toLowerCase().matchAll(/\p{Script=Latin}{2,}/gu)].map(([word]) => word)
}

type Shown = { page: string; words: readonly string[] }

/** Plays a whole check as a caller, and reads every page on the way. */
async function play(locale: string): Promise<{ shown: Shown[]; texts: Texts }> {
  const texts = await bestLanguage([locale]).texts()
  const { link, code } = await asked()
  const page = await (await browser.person({ size: 'phone', locale })).newPage()
  const shown: Shown[] = []
  const reads = async (name: string) => {
    shown.push({ page: name, words: await wordsOn(page) })
    await expectNoSidewaysScroll(page)
  }
  const answers = async (value: string) => {
    const before = await heading(page).textContent()
    await page.locator('form input:not([readonly])').fill(value)
    await page.locator('form button[type=submit]').click()
    return before
  }
  await page.goto(link)
  await heading(page).getByText(texts.whoCalled).waitFor()
  await reads('who called')
  await press(page, texts.notOnThePhone)
  await reads('not on the phone')
  await press(page, texts.back)
  await press(page, texts.iCalled)
  await page.getByText(texts.agentsCodeHint).waitFor()
  await reads('agent’s code')
  await press(page, texts.continue)
  await page.locator('form input').waitFor()
  await reads('code')
  await answers('000000' === code ? '000001' : '000000')
  await page.locator('.notice, [role=alert]').waitFor()
  await reads('wrong code')
  await answers(code)
  await page.locator('input[type=password]').waitFor()
  await reads('password')
  await page.locator('input[type=password]').fill('wrong')
  await page.locator('form button[type=submit]').click()
  await page.getByRole('alert').waitFor()
  await reads('wrong password')
  if ((await page.locator('input[type=password]').count()) === 0) await answers(code)
  await page.locator('input[type=password]').fill('Alex-Pass-2026')
  await page.locator('form button[type=submit]').click()
  await heading(page).getByText(texts.confirmed).waitFor()
  await reads('verified')
  await press(page, texts.late)
  await reads('not me after all')
  await press(page, texts.sureNotMeYes)
  await page.getByText(texts.stoppedLate).waitFor()
  await reads('told')
  return { shown, texts }
}

/** Every text of a translation, joined. */
function allTexts(value: unknown): string {
  return typeof value === 'string'
    ? value
    : Object.values(value as object)
        .map(allTexts)
        .join(' ')
}

it('shows a caller in German no English word, from the link to the end', async () => {
  const english = new Set((await play('en-US')).shown.flatMap(({ words }) => words))
  const { shown, texts } = await play('de-DE')
  // Words such as "was" and "in" belong to both languages.
  const german = new Set(latinWords(allTexts({ ...texts, sent: Object.values(texts.sent) })))
  const isEnglish = (word: string) => english.has(word) && !german.has(word) && !names.has(word)
  expect(shown.map(({ page, words }) => ({ page, english: words.filter(isEnglish) }))).toEqual(
    shown.map(({ page }) => ({ page, english: [] })),
  )
})

it.each(['ar'])('shows a caller in %s nothing in Latin letters but names and codes', async (locale) => {
  const { shown } = await play(locale)
  const isLatin = (word: string) => !names.has(word)
  expect(shown.map(({ page, words }) => ({ page, latin: words.filter(isLatin) }))).toEqual(
    shown.map(({ page }) => ({ page, latin: [] })),
  )
})

it.each(['fr', 'es'])('plays the whole check in %s', async (locale) => {
  expect((await play(locale)).shown).toHaveLength(10)
})
