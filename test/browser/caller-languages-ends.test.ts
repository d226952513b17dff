import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemNow } from '../../src/base/clock.ts'
import { fill } from '../../web/sign-in/translations/texts.tsx'
import { cancelAll, turnOffPause } from '../support/backchannel-client.ts'
import { callerSignsIn } from '../support/help-desk-play.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import { type CallersLanguage, CallersReader, languageOf } from './caller-reader.ts'
import { signInAddress } from './sign-in.ts'
import { originOf } from './signed-in.ts'
import { startedCheck, wrongCode } from './started-check.ts'

// How checks end and what can fail on the way, as callers read it in two languages.

let server: TestServer
let browser: TestBrowser
/** Milliseconds by which the server's clock is ahead. */
let ahead = 0

beforeAll(async () => {
  server = await startServer({}, { now: () => systemNow() + ahead })
  await turnOffPause(server.url)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function opens(link: string, language: CallersLanguage): Promise<CallersReader> {
  const phone = await browser.person({ size: 'phone', locale: language.locale })
  return CallersReader.open(phone, language, link)
}

/** A caller at the first page. The check that asks only for a password is the fastest to play. */
async function caller(locale: string, journey = 'HelpDesk') {
  const language = await languageOf(locale)
  const check = await startedCheck(server, { journey })
  const reader = await opens(check.link, language)
  return { language, check, reader, texts: reader.texts }
}

const locales = ['de-DE', 'ar']

it.each(locales)('says in %s that the agent has cancelled the check', async (locale) => {
  const { reader, texts } = await caller(locale)
  await reader.goesOn()
  await cancelAll(server.url)
  await reader.answers('Alex-Pass-2026')
  await reader.reads(texts.goneText)
  reader.expectOwnLanguage()
})

it.each(locales)('says in %s that the link was used, and takes back the result', async (locale) => {
  const language = await languageOf(locale)
  const check = await startedCheck(server, { journey: 'HelpDesk' })
  expect((await callerSignsIn(server.url, check.id)).status).toBe(200)
  const reader = await opens(check.link, language)
  const { texts } = reader
  await reader.reads(texts.overGood)
  await reader.press(texts.late)
  await reader.reads(texts.sureNotMe)
  await reader.press(texts.sureNotMeYes)
  await reader.reads(texts.stoppedLate)
  reader.expectOwnLanguage()
})

it.each(locales)('says in %s when “this is not me” was reported', async (locale) => {
  const { reader, texts } = await caller(locale)
  await reader.press(texts.iCalled)
  await reader.reads(texts.reallyUs)
  await reader.press(texts.notMe)
  await reader.reads(texts.sureNotMe)
  await reader.press(texts.sureNotMeYes)
  await reader.reads(texts.stoppedText)
  await reader.page.reload()
  await reader.reads(toldAt(texts.toldAt))
  reader.expectOwnLanguage()
})

it.each(locales)('says in %s to hang up if somebody called, also when it is opened again', async (locale) => {
  const { reader, texts } = await caller(locale)
  await reader.press(texts.somebodyCalled)
  await reader.reads(texts.attack)
  await reader.page.reload()
  await reader.reads(toldAt(texts.toldAt))
  reader.expectOwnLanguage()
})

/** The part of the sentence before its time of day. */
const toldAt = (text: string) => (text.split('{time}')[0] ?? '').trim()

it.each(locales)('says in %s that the third wrong code ended the check', async (locale) => {
  const { reader, texts, check } = await caller(locale, 'VerifyWithCode')
  await reader.goesOn()
  const wrong = wrongCode(await check.code())
  await reader.answers(wrong)
  await reader.page.locator('.notice.bad').waitFor()
  await reader.reads(texts.notMe)
  const first = await reader.page.locator('.notice.bad').textContent()
  await reader.answers(wrong)
  await expect.poll(() => reader.page.locator('.notice.bad').textContent()).not.toBe(first)
  await reader.reads(texts.notMe)
  await reader.answers(wrong)
  await reader.reads(texts.overBad)
  reader.expectOwnLanguage()
})

it.each(locales)('says in %s that the link was opened elsewhere, or before', async (locale) => {
  const { reader, texts, check, language } = await caller(locale)
  await reader.goesOn()
  const other = await opens(check.link, language)
  await other.press(texts.iCalled)
  await other.reads(texts.openElsewhere)
  await reader.page.reload()
  await reader.reads(texts.begunBefore)
  other.expectOwnLanguage()
  reader.expectOwnLanguage()
})

it.each(locales)('says in %s that the page is offline, or its server not available', async (locale) => {
  const { reader, texts } = await caller(locale)
  const person = reader.page.context()
  await person.setOffline(true)
  await reader.press(texts.iCalled)
  await reader.reads(texts.offline)
  await person.setOffline(false)
  await reader.press(texts.continue)
  await reader.page.locator('input[type=password]').waitFor()
  await reader.page.route('**/authenticate?*', (route) => route.fulfill({ status: 503, body: '' }))
  await reader.page.route('**/authenticate', (route) => route.fulfill({ status: 503, body: '' }))
  await reader.answers('Alex-Pass-2026')
  await reader.reads(texts.unavailable)
  reader.expectOwnLanguage()
})

it.each(locales)('says in %s that a link is wrong', async (locale) => {
  const language = await languageOf(locale)
  const { texts } = language
  const links = [
    [
      `${originOf(server)}/am/XUI/?realm=/alpha&authIndexType=transaction&authIndexValue=none`,
      texts.goneText,
    ],
    [signInAddress(server, 'NoSuchJourney'), texts.noJourneyText],
    [`${originOf(server)}/am/XUI/?realm=/nowhere`, texts.noJourneyText],
  ] as const
  for (const [link, text] of links) {
    const reader = await opens(link, language)
    await reader.reads(text)
    reader.expectOwnLanguage()
  }
})

it.each(locales)('says in %s what is wrong with a short code', async (locale) => {
  const language = await languageOf(locale)
  const reader = await opens(`${originOf(server)}/c`, language)
  const texts = language.texts.shortCode
  await reader.reads(texts.caution)
  for (const [typed, text] of [
    ['', texts.empty],
    ['XKKM', texts.length],
    ['X7KM-MQRR', fill(texts.character, { character: '7' })],
    ['كود', texts.script],
    ['CCCC-CCCC', texts.unknown],
  ] as const) {
    await reader.answers(typed)
    await reader.reads(text)
  }
  await reader.page.context().setOffline(true)
  await reader.answers('CCCC-CCCM')
  await reader.reads(texts.offline)
  await reader.page.context().setOffline(false)
  reader.expectOwnLanguage()
})

// The last test: time does not go back.
it.each(locales)('says in %s that the check has expired', async (locale) => {
  const first = await caller(locale)
  const second = await caller(locale)
  await second.reader.goesOn()
  ahead += 60 * 60_000
  await first.reader.press(first.texts.iCalled)
  await first.reader.reads(first.texts.goneText)
  await second.reader.answers('Alex-Pass-2026')
  await second.reader.reads(second.texts.goneText)
  first.reader.expectOwnLanguage()
  second.reader.expectOwnLanguage()
})
