import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { setLanguage, t } from '../../web/translate/translate.ts'
import { backchannel, turnOffPause } from '../support/backchannel-client.ts'
import { callerOpens } from '../support/help-desk-play.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep } from '../support/wire.ts'
import { TestBrowser } from './browser.ts'
import { newAgent, reject, signInAsAgent, startByRest } from './desk.ts'
import { arabic, type Language, languages, type Reader, readerIn, setEnglish } from './desk-reader.ts'
import { press } from './sign-in.ts'
import { originOf } from './signed-in.ts'
import { wrongCode } from './started-check.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startServer()
  await turnOffPause(server.url)
  browser = await TestBrowser.launch()
})

afterEach(setEnglish)

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function newReader(language: Language, agent: string): Promise<Reader> {
  return readerIn(language, browser, server, await newAgent(server, agent))
}

/** The agent starts the check with a code of Alex. @returns the id of its transaction. */
async function starts(reader: Reader, { action }: Language): Promise<string> {
  const { page } = reader
  await page.getByRole('link', { name: t('New check') }).click()
  await page.getByLabel(t('Who is calling?')).fill('alex')
  await page.getByRole('option', { name: 'Alex Caller' }).click()
  await page.getByRole('radio', { name: action }).check()
  await page.getByRole('radio', { name: 'Verify with a code' }).check()
  await page.getByLabel(t('Ticket')).fill('INC-48213')
  await reader.reads('new check')
  await press(page, t('Start check'))
  await reader.sees('Give {name} the link')
  const link = await page.getByRole('textbox', { name: t('Link'), exact: true }).inputValue()
  return new URL(link).searchParams.get('authIndexValue') ?? ''
}

/** The caller opens the link, types a wrong code and a wrong password first, and is verified in the end. */
async function provesThemselves(reader: Reader, transaction: string): Promise<void> {
  const { page } = reader
  const codes = page.getByRole('region', { name: t('Codes') }).locator('.big-code > [aria-hidden]')
  const code = ((await codes.textContent()) ?? '').replaceAll(/\s/g, '')
  await backchannel(server.url, 'seen', { transaction })
  await reader.sees('{name} is looking at the page')
  await reader.reads('looking')
  await backchannel(server.url, 'confirm', { transaction })
  await reader.sees('Read your own code to {name} first')
  await codes.nth(1).waitFor()
  await reader.reads('both codes')
  const begins = async () => answerStep(server.url, await callerOpens(server.url, transaction), [0])
  let step = await begins()
  const enters = async (value: string) => {
    step = await answerStep(server.url, step, [value])
  }
  await enters(wrongCode(code))
  await page.getByText(t('{count} tries left', { count: 2 }), { exact: true }).waitFor()
  await enters(code)
  await enters('not-the-password')
  await page.locator('.news').getByText(t('Sign-in failed')).waitFor()
  await reader.reads('failed sign-in')
  // The journey has failed, and begins again with the code.
  step = await begins()
  await enters(code)
  await enters('Alex-Pass-2026')
}

describe.each(languages)('the desk in $locale', (language) => {
  it('verifies a caller without one English text', async () => {
    const reader = await newReader(language, `verifies-${language.locale}`)
    const { page } = reader
    await page.goto(`${originOf(server)}/desk/`)
    await page.getByRole('heading', { name: t('No checks in progress') }).waitFor()
    await reader.reads('no checks')
    const transaction = await starts(reader, language)
    await press(page, t('Read out a short address'))
    await page.getByRole('region', { name: t('Short address') }).waitFor()
    await reader.reads('link')
    await press(page, t('Cancel check'))
    await page.getByRole('dialog', { name: t('Cancel this check?') }).waitFor()
    await reader.reads('cancel')
    await press(page, t('Keep it'))
    await provesThemselves(reader, transaction)
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
    const reader = await newReader(language, `warns-${language.locale}`)
    const { page } = reader
    const { id } = await startByRest(page.context(), server)
    await page.goto(`${originOf(server)}/desk/`)
    await page.getByRole('link', { name: t('All checks') }).click()
    await page.getByRole('article', { name: 'Alex Caller' }).waitFor()
    await reader.reads('all checks')
    await reject(server, id)
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
  setLanguage(arabic)
  await page.getByRole('heading', { name: t('No checks in progress') }).waitFor()
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  expect([...loaded]).toEqual([undefined, 'ar'])
})
