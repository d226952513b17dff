import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemNow } from '../../src/base/clock.ts'
import { fill } from '../../web/sign-in/translations/texts.tsx'
import { cancelAll, turnOffPause } from '../support/backchannel-client.ts'
import { callerSignsIn } from '../support/help-desk-play.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { TestBrowser } from './browser.ts'
import { CallersReader, languageOf } from './caller-reader.ts'
import { signInAddress } from './sign-in.ts'
import { originOf } from './signed-in.ts'
import { startedCheck, wrongCode } from './started-check.ts'

// How checks end and what can fail on the way, as callers read it. In Arabic every word of another language shows.

const language = await languageOf('ar')
const { texts } = language

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

async function opens(link: string): Promise<CallersReader> {
  const phone = await browser.person({ size: 'phone', locale: language.locale })
  return CallersReader.open(phone, language, link)
}

/** A caller at the first page. The check that asks only for a password is the fastest to play. */
async function caller(journey = 'HelpDesk') {
  const check = await startedCheck(server, { journey })
  const reader = await opens(check.link)
  return { check, reader }
}

it('says that the agent has cancelled the check', async () => {
  const { reader } = await caller()
  await reader.goesOn()
  await cancelAll(server.url)
  await reader.answers('Alex-Pass-2026')
  await reader.reads(texts.goneText)
  reader.expectOwnLanguage()
})

it('says that the link was used, and takes back the result', async () => {
  const check = await startedCheck(server, { journey: 'HelpDesk' })
  expect((await callerSignsIn(server.url, check.id)).status).toBe(200)
  const reader = await opens(check.link)
  await reader.reads(texts.overGood)
  await reader.press(texts.late)
  await reader.reads(texts.sureNotMe)
  await reader.press(texts.sureNotMeYes)
  await reader.reads(texts.stoppedLate)
  reader.expectOwnLanguage()
})

it('says when “this is not me” was reported', async () => {
  const { reader } = await caller()
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

it('says to hang up if somebody called, also when it is opened again', async () => {
  const { reader } = await caller()
  await reader.press(texts.somebodyCalled)
  await reader.reads(texts.attack)
  await reader.page.reload()
  await reader.reads(toldAt(texts.toldAt))
  reader.expectOwnLanguage()
})

/** The part of the sentence before its time of day. */
const toldAt = (text: string) => (text.split('{time}')[0] ?? '').trim()

it('says that the third wrong code ended the check', async () => {
  const { reader, check } = await caller('VerifyWithCode')
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

it('says that the link was opened elsewhere, or before', async () => {
  const { reader, check } = await caller()
  await reader.goesOn()
  const other = await opens(check.link)
  await other.press(texts.iCalled)
  await other.reads(texts.openElsewhere)
  await reader.page.reload()
  await reader.reads(texts.begunBefore)
  other.expectOwnLanguage()
  reader.expectOwnLanguage()
})

it('says that the page is offline, or its server not available', async () => {
  const { reader } = await caller()
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

it('says that a link is wrong', async () => {
  const links = [
    [
      `${originOf(server)}/am/XUI/?realm=/alpha&authIndexType=transaction&authIndexValue=none`,
      texts.goneText,
    ],
    [signInAddress(server, 'NoSuchJourney'), texts.noJourneyText],
    [`${originOf(server)}/am/XUI/?realm=/nowhere`, texts.noJourneyText],
  ] as const
  for (const [link, text] of links) {
    const reader = await opens(link)
    await reader.reads(text)
    reader.expectOwnLanguage()
  }
})

it('says what is wrong with a short code', async () => {
  const reader = await opens(`${originOf(server)}/c`)
  const { shortCode } = texts
  await reader.reads(shortCode.caution)
  for (const [typed, text] of [
    ['', shortCode.empty],
    ['XKKM', shortCode.length],
    ['X7KM-MQRR', fill(shortCode.character, { character: '7' })],
    ['كود', shortCode.script],
    ['CCCC-CCCC', shortCode.unknown],
  ] as const) {
    await reader.answers(typed)
    await reader.reads(text)
  }
  await reader.page.context().setOffline(true)
  await reader.answers('CCCC-CCCM')
  await reader.reads(shortCode.offline)
  await reader.page.context().setOffline(false)
  reader.expectOwnLanguage()
})

// The last test: time does not go back.
it('says that the check has expired', async () => {
  const first = await caller()
  const second = await caller()
  await second.reader.goesOn()
  ahead += 60 * 60_000
  await first.reader.press(texts.iCalled)
  await first.reader.reads(texts.goneText)
  await second.reader.answers('Alex-Pass-2026')
  await second.reader.reads(texts.goneText)
  first.reader.expectOwnLanguage()
  second.reader.expectOwnLanguage()
})
