import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { Authenticator } from './authenticator.ts'
import { expectAccessible, TestBrowser } from './browser.ts'
import { heading, openSignIn, press, signInAddress, type } from './sign-in.ts'

let server: TestServer
let browser: TestBrowser

const name = { type: 'UsernameCollectorNode', to: { outcome: 'passkey' } }

const outcomes = ['unsupported', 'failure', 'error', 'noDevice', 'recoveryCode', 'exceedDeviceLimit'] as const

/** Shows the outcome of the node. */
const told = Object.fromEntries(
  outcomes.map((outcome) => [
    `said-${outcome}`,
    {
      type: 'MessageNode',
      config: { message: { en: `Left by ${outcome}` } },
      to: { true: 'failure', false: 'failure' },
    },
  ]),
)

function passkey(type: string, config: object) {
  const to = Object.fromEntries(outcomes.map((outcome) => [outcome, `said-${outcome}`]))
  return { type: `WebAuthn${type}Node`, config: { ...config }, to: { success: 'success', ...to } }
}

async function prepare(stores: Stores): Promise<void> {
  const noSession = false
  for (const asScript of [true, false]) {
    const how = asScript ? 'Script' : 'Data'
    const required = { asScript, requiresResidentKey: true, userVerificationRequirement: 'REQUIRED' }
    await saveJourney(stores, `Registers${how}`, {
      name,
      passkey: passkey('Registration', required),
      ...told,
    })
    await saveJourney(
      stores,
      `SignsIn${how}`,
      { name, passkey: passkey('Authentication', { asScript, isRecoveryCodeAllowed: true }), ...told },
      { noSession },
    )
  }
  const once = { asScript: false, excludeCredentials: true }
  await saveJourney(stores, 'RegistersOnce', { name, passkey: passkey('Registration', once), ...told })
  await saveJourney(stores, 'Elsewhere', {
    name,
    passkey: passkey('Registration', { asScript: false, relyingPartyDomain: 'elsewhere.example' }),
    ...told,
  })
  const nameless = passkey('Authentication', { asScript: false, requiresResidentKey: true })
  await saveJourney(stores, 'Nameless', { passkey: nameless, ...told }, { noSession })
  await saveNameAndPasskey(stores)
  await saveHybrid(stores, 'Autofill', { mediation: 'CONDITIONAL' })
  await saveHybrid(stores, 'AutofillAndButton', { mediation: 'CONDITIONAL', conditionalManualButton: true })
  await saveHybrid(stores, 'Beside', {})
}

/** A page that asks for a username and accepts a passkey instead. */
async function saveNameAndPasskey(stores: Stores): Promise<void> {
  const nodes = [
    { id: 'nap-name', type: 'ValidatedUsernameNode', config: {} },
    {
      id: 'nap-passkey',
      type: 'WebAuthnAuthenticationNode',
      config: { asScript: false, requiresResidentKey: true },
    },
  ]
  for (const node of nodes) await stores.configuration.saveNode('/alpha', { ...node, version: '1.0' })
  const children = nodes.map(({ id, type }) => ({ _id: id, nodeType: type, displayName: id }))
  const to = { ...passkey('Authentication', {}).to }
  await saveJourney(
    stores,
    'NameAndPasskey',
    { page: { type: 'PageNode', config: { nodes: children }, to }, ...told },
    { noSession: false },
  )
  await saveJourney(stores, 'OwnScript', {
    ask: await scripted(
      stores,
      'own-script',
      'if (callbacks.isEmpty()) { callbacksBuilder.scriptTextOutputCallback("window.hacked = true"); } else { action.goTo("next"); }',
      { next: 'success' },
    ),
  })
}

/** A page 2.0 that asks for name and password, and accepts a passkey instead. */
async function saveHybrid(stores: Stores, journey: string, config: object): Promise<void> {
  const settings = { requiresResidentKey: true, ...config }
  const nodes = [
    { id: `${journey}-name`, type: 'UsernameCollectorNode', version: '1.0', config: {} },
    { id: `${journey}-password`, type: 'PasswordCollectorNode', version: '1.0', config: {} },
    { id: `${journey}-passkey`, type: 'WebAuthnAuthenticationNode', version: '2.0', config: settings },
  ]
  for (const node of nodes) await stores.configuration.saveNode('/alpha', node)
  const children = nodes.map(({ id, type, version }) => ({
    _id: id,
    nodeType: type,
    nodeVersion: version,
    displayName: id,
  }))
  const passkeyTo = Object.entries(passkey('Authentication', {}).to)
  const to = Object.fromEntries(passkeyTo.map(([id, end]) => [`${journey}-passkey-${id}`, end]))
  await saveJourney(
    stores,
    journey,
    {
      page: {
        type: 'PageNode',
        version: '2.0',
        config: { nodes: children },
        to: { ...to, [`${journey}-password-outcome`]: 'check' },
      },
      check: { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } },
      ...told,
    },
    { noSession: false },
  )
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

async function withPerson(
  act: (person: BrowserContext, page: Page, authenticator: Authenticator) => Promise<void>,
): Promise<void> {
  const person = await browser.person()
  const page = await person.newPage()
  await act(person, page, await Authenticator.for(page))
  await person.close()
}

/** Opens the journey in the same tab, because the virtual authenticator belongs to it. */
async function open(page: Page, journey: string): Promise<void> {
  await page.goto(signInAddress(server, journey))
  await heading(page).waitFor()
}

/** Opens the journey without the session of an earlier one. */
async function openSignedOut(page: Page, journey: string): Promise<void> {
  await page.context().clearCookies()
  await open(page, journey)
}

async function named(page: Page, journey: string): Promise<void> {
  await open(page, journey)
  await type(page, { 'User Name': 'alex' })
  await press(page, 'Continue')
}

async function register(page: Page, journey: string): Promise<void> {
  await named(page, journey)
  await page.getByRole('heading', { name: 'Create a passkey' }).waitFor()
  await press(page, 'Continue')
}

/** Presses the button, unless Chromium's virtual authenticator has already answered the offer. */
async function goOn(page: Page): Promise<void> {
  const signedIn = page.getByRole('heading', { name: 'You are signed in' })
  await Promise.race([signedIn.waitFor(), press(page, 'Continue').catch(() => undefined)])
}

const ends = (page: Page, text: string) => page.getByRole('heading', { name: text }).waitFor()

describe('a passkey', () => {
  it('is registered and used, with the journey’s options in a script', () =>
    withPerson(async (_person, page) => {
      await register(page, 'RegistersScript')
      await ends(page, 'Done')
      await named(page, 'SignsInScript')
      await ends(page, 'You are signed in')
      await page.getByText('Alex Caller').waitFor()
    }))

  it('signs in people by name, or without: on request, from the field, by autofill and by a button', () =>
    withPerson(async (_person, page, authenticator) => {
      await register(page, 'RegistersData')
      await ends(page, 'Done')
      await named(page, 'SignsInData')
      await ends(page, 'You are signed in')
      await openSignedOut(page, 'Nameless')
      await goOn(page)
      await ends(page, 'You are signed in')

      const without = await openSignIn(await browser.person(), server, 'NameAndPasskey')
      expect(await without.getByLabel('User Name').getAttribute('autocomplete')).toBe('username webauthn')
      await openSignedOut(page, 'NameAndPasskey')
      await goOn(page)
      await ends(page, 'You are signed in')

      await openSignedOut(page, 'Autofill')
      await ends(page, 'You are signed in')

      for (const journey of ['AutofillAndButton', 'Beside']) {
        await authenticator.willing(false)
        await openSignedOut(page, journey)
        await press(page, 'Sign in with a passkey')
        await page.getByRole('alert').getByText('This was cancelled or took too long.').waitFor()
        if (journey === 'Beside') await expectAccessible(page)
        await authenticator.willing(true)
        await press(page, 'Sign in with a passkey')
        await ends(page, 'You are signed in')
      }
    }))

  it('leaves people who ignore it to their password, and gives up its request', () =>
    withPerson(async (_person, page, authenticator) => {
      await authenticator.willing(false)
      await page.addInitScript(() => {
        const asked: string[] = []
        Object.assign(window, { asked })
        navigator.credentials.get = ({ mediation, signal } = {}) => {
          asked.push(String(mediation))
          const { promise, reject } = Promise.withResolvers<never>()
          signal?.addEventListener('abort', () => {
            asked.push('aborted')
            reject(new DOMException('', 'AbortError'))
          })
          return promise
        }
      })
      await open(page, 'Autofill')
      const field = page.getByLabel('User Name')
      expect(await field.getAttribute('autocomplete')).toBe('username webauthn')
      expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0)
      await type(page, { 'User Name': 'alex', Password: 'Alex-Pass-2026' })
      await press(page, 'Sign in')
      await ends(page, 'You are signed in')
      expect(await page.evaluate(() => (window as unknown as { asked: string[] }).asked)).toEqual([
        'conditional',
        'aborted',
      ])
    }))

  it('is offered by autofill again after the button was cancelled', () =>
    withPerson(async (_person, page) => {
      await page.addInitScript(() => {
        const asked: string[] = []
        Object.assign(window, { asked })
        navigator.credentials.get = ({ mediation = 'modal', signal } = {}) => {
          asked.push(mediation)
          const { promise, reject } = Promise.withResolvers<never>()
          signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
          if (mediation === 'modal') reject(new DOMException('', 'NotAllowedError'))
          return promise
        }
      })
      await open(page, 'AutofillAndButton')
      await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
      const asked = () => page.evaluate(() => (window as unknown as { asked: string[] }).asked)
      await expect.poll(asked).toEqual(['conditional'])
      await press(page, 'Sign in with a passkey')
      await expect.poll(asked).toEqual(['conditional', 'modal', 'conditional'])
      await page.getByRole('alert').getByText('This was cancelled or took too long.').waitFor()
    }))

  it('can be cancelled, retried and skipped, and leaves room for a recovery code', () =>
    withPerson(async (_person, page, authenticator) => {
      await authenticator.willing(false)
      await register(page, 'RegistersData')
      await page.getByRole('alert').getByText('This was cancelled or took too long.').waitFor()
      await expectAccessible(page)
      await press(page, 'Try again')
      await page.getByRole('alert').getByText('This was cancelled').waitFor()
      await authenticator.willing(true)
      await press(page, 'Try again')
      await ends(page, 'Done')

      await authenticator.willing(false)
      await register(page, 'RegistersData')
      await press(page, 'Continue without a passkey')
      await ends(page, 'Left by error')

      await named(page, 'SignsInData')
      await press(page, 'Use Recovery Code')
      await ends(page, 'Left by recoveryCode')
    }))

  it('is not registered twice on a device, nor for another site', () =>
    withPerson(async (_person, page) => {
      await register(page, 'RegistersOnce')
      await ends(page, 'Done')
      await register(page, 'RegistersOnce')
      await page.getByText('This device is already registered.').waitFor()
      await register(page, 'Elsewhere')
      await page.getByText('Passkeys don’t work at this address.').waitFor()
    }))

  it('is left by another button, which alone shows that it is busy', () =>
    withPerson(async (_person, page) => {
      await register(page, 'RegistersData')
      await ends(page, 'Done')
      await page.addInitScript(() => {
        let asked = 0
        navigator.credentials.get = () =>
          asked++ === 0
            ? Promise.reject(new DOMException('cancelled', 'NotAllowedError'))
            : Promise.withResolvers<never>().promise
      })
      await named(page, 'SignsInData')
      await press(page, 'Try again')
      const { promise, resolve } = Promise.withResolvers<void>()
      await page.route(/\/authenticate/, async (route) => {
        await promise
        await route.continue()
      })
      const pressed = page.locator('.button.pressed')
      await pressed.waitFor()
      await press(page, 'Use Recovery Code')
      await pressed.filter({ hasText: 'Use Recovery Code' }).waitFor()
      expect(await pressed.count()).toBe(1)
      resolve()
      await ends(page, 'Left by recoveryCode')
    }))

  it('is skipped without an error in browsers without passkeys', () =>
    withPerson(async (_person, page) => {
      await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'))
      await named(page, 'RegistersScript')
      await page.getByText('This browser doesn’t support passkeys.').waitFor()
      await press(page, 'Continue without a passkey')
      await ends(page, 'Left by unsupported')
    }))
})

describe('a script of a journey', () => {
  it('is not run, and the page says so', () =>
    withPerson(async (_person, page) => {
      await open(page, 'OwnScript')
      await page.getByText('This step tried to run its own script').waitFor()
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
      await press(page, 'Continue')
      await ends(page, 'Done')
    }))
})
