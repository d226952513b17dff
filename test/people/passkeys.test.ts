import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { SdkTab, serveSdkPage } from '../support/sdk-page.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let browser: Browser
let site: Awaited<ReturnType<typeof serveSdkPage>>
let server: TestServer
let url: string
let tab: SdkTab

const name = { type: 'UsernameCollectorNode', to: { outcome: 'webauthn' } }

/** Shows an outcome as a message, then fails. */
const showing = (message: string) => ({
  type: 'MessageNode',
  config: { message: { en: message } },
  to: { true: 'failure', false: 'failure' },
})
const others = [
  'unsupported',
  'failure',
  'error',
  'noDevice',
  'exceedDeviceLimit',
  'successSignCountMismatch',
]
const messages = Object.fromEntries(others.map((outcome) => [`said-${outcome}`, showing(outcome)]))
const to = (success: string) => ({
  success,
  ...Object.fromEntries(others.map((outcome) => [outcome, `said-${outcome}`])),
})

beforeAll(async () => {
  browser = await launchChromium()
  site = await serveSdkPage()
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha', { corsOrigins: [site.origin] })
    const registers = (config: object) => ({
      name,
      webauthn: { type: 'WebAuthnRegistrationNode', config: { ...config }, to: to('success') },
      ...messages,
    })
    await saveJourney(
      stores,
      'Register',
      registers({ asScript: false, requiresResidentKey: true, userVerificationRequirement: 'REQUIRED' }),
    )
    await saveJourney(
      stores,
      'RegisterOnce',
      registers({ asScript: false, excludeCredentials: true, maxSavedDevices: 2 }),
    )
    await saveJourney(
      stores,
      'RegisterByScript',
      registers({ asScript: true, attestationPreference: 'DIRECT' }),
    )
    const signsIn = (config: object) => ({
      type: 'WebAuthnAuthenticationNode',
      config: { ...config },
      to: to('success'),
    })
    const noSession = false
    await saveJourney(
      stores,
      'SignIn',
      { name, webauthn: signsIn({ asScript: false, detectSignCountMismatch: true }), ...messages },
      { noSession },
    )
    await saveJourney(
      stores,
      'SignInByScript',
      { name, webauthn: signsIn({ asScript: true }), ...messages },
      { noSession },
    )
    await saveJourney(
      stores,
      'RegisterElsewhere',
      registers({ asScript: false, origins: ['https://elsewhere.example.com'] }),
    )
    await saveJourney(
      stores,
      'Usernameless',
      { webauthn: signsIn({ asScript: false, requiresResidentKey: true }), ...messages },
      { noSession },
    )
  })
  url = server.url.replace('127.0.0.1', 'localhost')
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await site?.close()
})

beforeEach(async () => {
  tab = await SdkTab.open(browser, site.origin)
})
afterEach(() => tab.close())

/** Reads or patches a person of alpha as an administrator. */
async function rest(id: string, patch?: unknown) {
  const token = await signIn(server.url, 'amadmin', adminPassword, '/')
  return fetch(`${server.url.replace(/\/am$/, '')}/openidm/managed/alpha_user/${id}`, {
    headers: { iplanetdirectorypro: token, 'content-type': 'application/json' },
    ...(patch === undefined ? {} : { method: 'PATCH', body: JSON.stringify(patch) }),
  })
}

const success = { type: 'LoginSuccess', token: expect.stringMatching(/.{20}/) }
const register = (name: string, journey = 'Register') => tab.walk(url, journey, { name, device: 'A laptop' })

test('a registered passkey signs its person in', async () => {
  expect(await register('alex')).toMatchObject({ type: 'LoginSuccess' })
  expect(await tab.passkeys()).toHaveLength(1)
  expect(await tab.walk(url, 'SignIn', { name: 'alex' })).toMatchObject(success)
})

test('a passkey identifies its person by id, without a name', async () => {
  await register('alex')
  const [passkey] = await tab.passkeys()
  const userHandle = Buffer.from(passkey?.userHandle ?? '', 'base64').toString()
  expect(Buffer.from(userHandle, 'base64url').toString()).toBe('ac6c7d3f-bb79-445f-8726-c3b6bda5b290')
  const signedIn = await tab.walk(url, 'Usernameless')
  expect(signedIn).toMatchObject(success)
  const session = await fetch(`${url}/json/realms/root/realms/alpha/sessions?_action=getSessionInfo`, {
    method: 'POST',
    headers: { iplanetdirectorypro: signedIn.token ?? '', 'accept-api-version': 'resource=4.0' },
  })
  expect(await session.json()).toMatchObject({ username: 'alex' })
})

test('the SDK also supports the script form', async () => {
  expect(await register('alex', 'RegisterByScript')).toMatchObject({ type: 'LoginSuccess' })
  expect(await tab.walk(url, 'SignInByScript', { name: 'alex' })).toMatchObject(success)
})

test('the script works in a page without an SDK', async () => {
  expect(await tab.runScripts(url, 'RegisterByScript', 'alex')).toMatchObject({ status: 200 })
  expect(await tab.passkeys()).toHaveLength(1)
  const { body } = await tab.runScripts(url, 'SignInByScript', 'alex')
  expect(body.tokenId).toMatch(/.{20}/)
})

test('the passkey of another person doesn’t sign in', async () => {
  await register('alex')
  const others = await SdkTab.open(browser, site.origin)
  await others.walk(url, 'Register', { name: 'dana' })
  await others.close()
  expect(await tab.walk(url, 'SignIn', { name: 'dana' })).toEqual({
    type: 'Step',
    message: 'error',
    refused: 'NotAllowedError',
  })
})

test('a removed passkey doesn’t sign in', async () => {
  await register('sam.two')
  expect(await tab.walk(url, 'Usernameless')).toMatchObject(success)
  await tab.signOut()
  const taken = await rest('87932b85-dd6d-4cb6-8a5b-6b7d8a9dbffd', [
    { operation: 'remove', field: 'webauthnDeviceProfiles' },
  ])
  expect(taken.status).toBe(200)
  expect(await tab.walk(url, 'Usernameless')).toEqual({ type: 'Step', message: 'noDevice' })
})

test('a person without a passkey leads to noDevice', async () => {
  expect(await tab.walk(url, 'SignIn', { name: 'sam.one' })).toEqual({ type: 'Step', message: 'noDevice' })
  expect(await tab.walk(url, 'SignIn', { name: 'nobody' })).toEqual({ type: 'Step', message: 'failure' })
})

test('a device whose counter doesn’t increase may be a copy', async () => {
  await register('alex')
  expect(await tab.walk(url, 'SignIn', { name: 'alex' })).toMatchObject(success)
  await tab.signOut()
  await tab.setSignCount(0)
  expect(await tab.walk(url, 'SignIn', { name: 'alex' })).toEqual({
    type: 'Step',
    message: 'successSignCountMismatch',
  })
})

test('a device is registered once if configured, and only up to the device limit', async () => {
  const once = () => tab.walk(url, 'RegisterOnce', { name: 'sam.one' })
  expect(await once()).toMatchObject({ type: 'LoginSuccess' })
  expect(await once()).toEqual({ type: 'Step', message: 'error', refused: 'InvalidStateError' })
  await tab.forgetPasskeys()
  const second = await SdkTab.open(browser, site.origin)
  expect(await second.walk(url, 'RegisterOnce', { name: 'sam.one' })).toMatchObject({ type: 'LoginSuccess' })
  await second.close()
  expect(await once()).toEqual({ type: 'Step', message: 'exceedDeviceLimit' })
})

test('a page of a disallowed origin is rejected', async () => {
  expect(await tab.walk(url, 'RegisterElsewhere', { name: 'alex' })).toEqual({
    type: 'Step',
    message: 'failure',
  })
})

test('a page cannot register a passkey under the id of another one', async () => {
  await tab.page.route('**/authenticate*', (route) => {
    const sent = route.request().postData() ?? ''
    const parts = sent.split('::')
    const [, , id = ''] = parts
    // The id of a credential has at least 16 bytes.
    const other = id.replace(/^[\w-]{20}/, 'AAAAAAAAAAAAAAAAAAAA')
    return route.continue(parts.length < 3 ? {} : { postData: parts.with(2, other).join('::') })
  })
  expect(await register('alex')).toEqual({ type: 'Step', message: 'failure' })
})

test('neither REST nor the log contain a credential id', async () => {
  await register('alex')
  const [passkey] = await tab.passkeys()
  const id = Buffer.from(passkey?.credentialId ?? '', 'base64').toString('base64url')
  expect(id.length).toBeGreaterThan(10)
  const person = await rest('ac6c7d3f-bb79-445f-8726-c3b6bda5b290')
  expect(person.status).toBe(200)
  const text = await person.text()
  expect(text).toContain('webauthnDeviceProfiles')
  expect(text).not.toContain(id)
  expect(server.logged().replaceAll(/"credentialId":"[^"]*"/g, '')).not.toContain(id)
})
