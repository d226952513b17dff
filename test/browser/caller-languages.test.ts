import { afterAll, beforeAll, expect, it } from 'vitest'
import { en, fill } from '../../web/sign-in/translations/texts.tsx'
import { backchannel, signInAsAdministrator, turnOffPause } from '../support/backchannel-client.ts'
import { type Arrived, startMailServer } from '../support/mail-server.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { type App, nowSeconds, registerApp, saveTwoFactors } from '../support/two-factor-play.ts'
import { TestBrowser } from './browser.ts'
import { type CallersLanguage, CallersReader, foreignWords, languageOf } from './caller-reader.ts'
import { originOf } from './signed-in.ts'
import { type StartedCheck, startedCheck, wrongCode } from './started-check.ts'

// Callers read every page of a check. In Arabic, a language with its own script, every word of another language shows.

let mail: Awaited<ReturnType<typeof startMailServer>>
let server: TestServer
let browser: TestBrowser
let app: App

beforeAll(async () => {
  mail = await startMailServer()
  server = await startPrepared(saveTwoFactors, { smtpUrl: mail.url, mailFrom: 'Desk <desk@example.com>' })
  await turnOffPause(server.url)
  app = await registerApp(server.url, 'alex')
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await mail.stop()
})

const locales = ['de-DE', 'ar']

const language = await languageOf('ar')

/** Alex and Mira of the samples. */
const people = { alex: 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290', mira: '5d2b7c1e-6a0f-4f0c-9d43-8e1f0c6b2a71' }
const manager = { name: 'Mira Marlow', mail: 'mira@example.com', password: 'Mira-Pass-2026' }

/** Stores the language of a person, in which the server writes to them. */
async function prefers(person: keyof typeof people, { code }: CallersLanguage): Promise<void> {
  const ask = asking(server.url, await signInAsAdministrator(server.url))
  const body = [{ operation: 'replace', field: '/preferredLanguage', value: code }]
  const { status } = await ask(`/openidm/managed/alpha_user/${people[person]}`, { method: 'PATCH', body })
  expect(status).toBe(200)
}

async function opens(link: string, language: CallersLanguage): Promise<CallersReader> {
  const phone = await browser.person({ size: 'phone', locale: language.locale })
  return CallersReader.open(phone, language, link)
}

/** From the first page to the password. */
async function provesCode(reader: CallersReader, check: StartedCheck): Promise<void> {
  await reader.goesOn()
  await reader.answers(await check.code())
  await reader.page.locator('input[type=password]').waitFor()
}

const alert = ({ page }: CallersReader) => page.getByRole('alert').waitFor()

it.each(locales)('notices every English sentence of the sign-in page, in %s', async (locale) => {
  const language = await languageOf(locale)
  // German writes “Version” in the same way.
  const { termsOf: _termsOf, ...rest } = en
  const sentences = Object.values(rest).filter(
    (text) => typeof text === 'string' && text.split(' ').length > 2,
  )
  expect(sentences.length).toBeGreaterThan(100)
  expect(sentences.filter((text) => foreignWords(String(text), language).length === 0)).toEqual([])
})

it.each(locales)('shows no foreign word in a check with a code, in %s', async (locale) => {
  const language = await languageOf(locale)
  const check = await startedCheck(server)
  const reader = await opens(check.link, language)
  const { texts } = reader
  await reader.reads(texts.whoCalled)
  await reader.press(texts.notOnThePhone)
  await reader.reads(texts.sureNotMe)
  await reader.press(texts.back)
  await reader.press(texts.iCalled)
  await reader.reads(texts.agentsCodeHint)
  await reader.press(texts.continue)
  const code = await check.code()
  await reader.page.locator('form input').waitFor()
  await reader.reads(texts.notMe)
  await reader.answers('')
  await reader.reads(texts.sixDigits)
  await reader.answers(wrongCode(code))
  await reader.page.locator('.notice').waitFor()
  await reader.reads(texts.notMe)
  await reader.answers(code)
  await reader.page.locator('input[type=password]').waitFor()
  await reader.reads(texts.notMe)
  await reader.answers('wrong')
  await alert(reader)
  await reader.reads(texts.notMe)
  await reader.answers(code)
  await reader.page.locator('input[type=password]').waitFor()
  await reader.answers('Alex-Pass-2026')
  await reader.reads(texts.confirmed)
  await reader.press(texts.late)
  await reader.press(texts.sureNotMeYes)
  await reader.reads(texts.stoppedLate)
  reader.expectOwnLanguage()
})

it('shows no foreign word after a call to the number on file', async () => {
  await prefers('alex', language)
  const check = await startedCheck(server, { journey: 'FallbackLadder', more: [[4], [1]] })
  const reader = await opens(check.link, language)
  const { texts } = reader
  await reader.reads(texts.calledBackHint)
  expect(await reader.page.getByText(texts.reason, { exact: true }).count()).toBe(1)
  await provesCode(reader, check)
  await reader.reads(texts.notMe)
  await reader.answers('Alex-Pass-2026')
  await reader.reads(texts.confirmed)
  reader.expectOwnLanguage()
})

it('shows no foreign word to a manager who vouches', async () => {
  await prefers('mira', language)
  const check = await startedCheck(server, { journey: 'FallbackLadder', more: [[5]] })
  const email = await emailOf(check)
  expect(email.to).toEqual([manager.mail])
  expect(foreignWords(wordsOf(email, check), language)).toEqual([])
  const reader = await opens(linkIn(email), language)
  const { texts } = reader
  await reader.reads(texts.vouchNo)
  await reader.press(texts.vouchYes)
  await reader.reads(texts.agentsCodeVouchHint)
  await reader.press(texts.continue)
  await reader.page.locator('form input').waitFor()
  await reader.reads(texts.vouchNo)
  await reader.answers(await check.code())
  await reader.page.locator('input[type=password]').waitFor()
  await reader.reads(texts.vouchNo)
  await reader.answers(manager.password)
  await reader.reads(texts.lateVouch)
  await reader.press(texts.lateVouch)
  await reader.reads(texts.back)
  await reader.press(texts.sureNoVouchYes)
  await reader.reads(fill(texts.notVouched, { person: 'Alex Caller', agent: 'Dana Desk' }))
  reader.expectOwnLanguage()
})

/** The agent sends the link by email. */
async function emailOf({ reference, session }: StartedCheck): Promise<Arrived> {
  const before = mail.mails.length
  const headers = { iplanetdirectorypro: session }
  expect((await backchannel(server.url, 'send', { reference }, { headers })).status).toBe(200)
  return mail.arrived(before + 1)
}

/** The email without the reference, whose letters are random. */
function wordsOf({ subject, body }: Arrived, { reference }: StartedCheck): string {
  expect(body).toContain(reference)
  return `${subject} ${body}`.replaceAll(reference, ' ')
}

function linkIn({ body }: Arrived): string {
  const link = /href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  return link.replace(new URL(link).origin, originOf(server))
}

it.each(locales)('shows no foreign word in an email to the caller, in %s', async (locale) => {
  const language = await languageOf(locale)
  await prefers('alex', language)
  const check = await startedCheck(server)
  expect(foreignWords(wordsOf(await emailOf(check), check), language)).toEqual([])
})

it('shows no foreign word in a check with two factors', async () => {
  await prefers('alex', language)
  const check = await startedCheck(server, { journey: 'TwoAgents' })
  const reader = await opens(check.link, language)
  const { texts } = reader
  await reader.reads(texts.whoCalled)
  const provesPassword = async () => {
    await reader.answers(await check.code())
    await reader.page.locator('input[type=password]').waitFor()
    await reader.answers('Alex-Pass-2026')
    await reader.page.locator('input[autocomplete=one-time-code]').waitFor()
  }
  await reader.goesOn()
  await provesPassword()
  await reader.reads(texts.notMe)
  await reader.answers(app.wrongCode())
  await alert(reader)
  await reader.reads(texts.notMe)
  await provesPassword()
  // The code of the current time has registered the app.
  await reader.answers(app.codeAt(nowSeconds() + 30))
  await reader.reads(texts.confirmed)
  reader.expectOwnLanguage()
})

it('shows no foreign word to a caller without a second factor', async () => {
  await prefers('mira', language)
  const check = await startedCheck(server, { journey: 'TwoAgents', mail: manager.mail })
  const reader = await opens(check.link, language)
  await provesCode(reader, check)
  await reader.answers(manager.password)
  await reader.reads(reader.texts.overBad)
  await reader.page.locator('.notice.bad').waitFor()
  expect(await reader.page.getByRole('button', { name: reader.texts.notMe }).count()).toBe(0)
  reader.expectOwnLanguage()
})

it('leads a caller through a check with a code, with French spaces', async () => {
  const french = await languageOf('fr-FR')
  const check = await startedCheck(server)
  const reader = await opens(check.link, french)
  await reader.reads(reader.texts.whoCalled)
  await provesCode(reader, check)
  await reader.answers('Alex-Pass-2026')
  await reader.reads(reader.texts.confirmed)
  reader.expectOwnLanguage()
})
