import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callbackTypes, unrenderableTypes } from '../../src/engine/callbacks.ts'
import { supportedTypes } from '../../web/sign-in/callbacks/callback-views.tsx'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { asking, forms, nodesAsking, saveCallbackJourneys } from './callback-journeys.ts'
import { heading, openSignIn, press, signInAddress, type } from './sign-in.ts'

let server: TestServer
let browser: TestBrowser
let person: BrowserContext

beforeAll(async () => {
  server = await startPrepared(saveCallbackJourneys)
  browser = await TestBrowser.launch()
  person = await browser.person()
  await person.grantPermissions(['geolocation'])
  await person.setGeolocation({ latitude: 51.5, longitude: -0.1 })
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** `goOn`: the button that sends the answer, unless the answer is a button itself. */
type Walk = [journey: string, does: (page: Page) => Promise<unknown>, told: string, goOn?: string]

const check = (page: Page, name: RegExp | string) => page.getByRole('checkbox', { name }).check()

async function fillDetails(page: Page): Promise<void> {
  await type(page, { Username: 'elena', Password: 'right', 'What may we call you?': 'Zoë' })
  await type(page, { 'Email Address': 'elena@larkfield.example' })
  await page.getByLabel(/^Age/).fill('41,5')
  await check(page, 'Send me news and updates')
}

async function fillAccount(page: Page): Promise<void> {
  await type(page, { 'User Name': 'elena', Password: 'Right-Pass-1' })
  await check(page, /^I have read/)
  await page.getByLabel('Question').selectOption('What was your first pet called?')
  await type(page, { Answer: 'Tom' })
  await check(page, /Larkfield News/)
}

const walks: Walk[] = [
  ['Details', fillDetails, 'elena; right; Zoë; elena@larkfield.example; 41.5; true', 'Sign in'],
  [
    'Account',
    fillAccount,
    'en_US; elena; Right-Pass-1; true; What was your first pet called?=Tom; true',
    'Continue',
  ],
  ['MetadataCallback', (page) => type(page, { 'User Name': 'elena' }), 'elena', 'Continue'],
  ['HiddenValueCallback', async () => {}, 'mfaDeviceRegistration', 'Continue'],
  ['ChoiceCallback', (page) => press(page, 'With a code by mail'), '0'],
  ['ConfirmationCallback', (page) => press(page, 'No'), '1'],
  ['TextOutputCallback', async () => {}, 'read', 'Continue'],
  ['PollingWaitCallback', (page) => press(page, 'Stop waiting'), '0'],
  ['SelectIdPCallback', (page) => press(page, 'Continue with Campus'), 'campus'],
  ['IdPCallback', (page) => press(page, 'Continue without it'), 'without'],
  ['DeviceProfileCallback', async () => {}, 'identifier,metadata,location', 'Continue'],
  ['DeviceBindingCallback', (page) => press(page, 'Continue without it'), 'Unsupported'],
  ['DeviceSigningVerifierCallback', (page) => press(page, 'Continue without it'), 'Unsupported'],
]

/** Some parts load after the heading. */
const drawn = (page: Page) => page.locator('form > *').first().waitFor({ state: 'attached' })

describe('the sign-in page', () => {
  it('renders every callback type that the server sends', () => {
    const sent = callbackTypes.filter((type) => !unrenderableTypes.includes(type))
    expect(sent.filter((type) => !supportedTypes.includes(type))).toEqual([])
  })

  it('is asked for every callback type here, except those with tests of their own', () => {
    const opened = walks.flatMap(([journey]) => forms[journey] ?? journey)
    const elsewhere = [
      'SuspendedTextOutputCallback',
      'RedirectCallback',
      'ReCaptchaCallback',
      'ReCaptchaEnterpriseCallback',
    ]
    const all = [...Object.keys(asking), ...Object.keys(nodesAsking)]
    expect(all.filter((kind) => !opened.includes(kind) && !elsewhere.includes(kind))).toEqual([])
  })

  it.each(walks)(
    'renders %s in every look, and the journey gets the answers',
    async (journey, answer, told, goOn) => {
      const page = await openSignIn(person, server, journey)
      await drawn(page)
      await expectGoodInEveryLook(page)
      await answer(page)
      if (goOn !== undefined) await press(page, goOn)
      const said = page.getByText('Answered: ')
      await said.waitFor()
      expect(await said.textContent()).toBe(`Answered: ${told}`)
      await press(page, 'Continue')
      await page.getByRole('heading', { name: 'Done' }).waitFor()
      await page.close()
    },
  )

  it('waits for the link of an email, and restarts only on request', async () => {
    const page = await openSignIn(person, server, 'SuspendedTextOutputCallback')
    expect(await heading(page).textContent()).toBe('Check your email')
    await page.getByText('You can close this page.').waitFor()
    await expectGoodInEveryLook(page)
    await page.reload()
    await page.getByText('We sent a link to').waitFor()
    await press(page, 'Start again')
    await page.getByText('We sent a link to').waitFor()
    await page.close()
  })

  it('does not follow an invalid address', async () => {
    const page = await openSignIn(person, server, 'RedirectCallback')
    await page.getByText('This step leads to an invalid address.').waitFor()
    await expectGoodInEveryLook(page)
    await page.close()
  })

  it('shows an unknown callback as such, and sends it back unchanged', async () => {
    const page = await person.newPage()
    await page.route('**/authenticate?**', async (route) => {
      const answer = await route.fetch()
      const step = await answer.json()
      for (const callback of step.callbacks) callback.type = 'TeleportCallback'
      await route.fulfill({ response: answer, json: step })
    })
    await page.goto(signInAddress(server, 'NameCallback'))
    await page.getByText(/can’t show part of this step: TeleportCallback/).waitFor()
    await page.close()
  })
})
