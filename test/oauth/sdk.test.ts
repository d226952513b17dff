import {
  Config,
  FRUser,
  type OAuth2Tokens,
  TokenManager,
  TokenStorage,
  UserManager,
} from '@forgerock/javascript-sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Browser } from '../support/browser-shims.ts'
import { claimsIn, RelyingParty, redirectUri } from '../support/relying-party.ts'
import { type SdkClient, type SdkStep, sdkClients } from '../support/sdk-clients.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const browser = new Browser()
let server: TestServer

beforeAll(async () => {
  browser.install()
  server = await startServer()
  await new RelyingParty(server.url, 'web').register()
})
afterAll(async () => {
  await server.stop()
  browser.uninstall()
})

/** The URL to which the SDK sends its browser. */
let sentTo: string | undefined

/** Sets options that the SDK's own types lack. */
function configure(): void {
  Config.set({
    serverConfig: { baseUrl: `${server.url}/`, timeout: 30_000 },
    realmPath: 'alpha',
    clientId: 'web',
    redirectUri,
    scope: 'openid profile',
  })
  Object.assign(globalThis.location, { assign: (address: string) => (sentTo = address) })
}

/** Lets the SDK request a code and follows the redirect like a browser. */
async function redirectParameters(): Promise<URLSearchParams> {
  sentTo = undefined
  await TokenManager.getTokens({ login: 'redirect', skipBackgroundRequest: true, forceRenew: true })
  const answer = await fetch(sentTo ?? '', { redirect: 'manual' })
  expect(answer.status).toBe(302)
  return new URL(answer.headers.get('location') ?? '').searchParams
}

describe.each(Object.entries(sdkClients))('a person who signed in with %s', (_name, connect) => {
  let client: SdkClient

  beforeEach(async () => {
    browser.forgetCookies()
    client = await connect(server.url, 'alpha')
    const step = (await client.start('Login')) as SdkStep
    for (const [place, value] of ['alex', 'Alex-Pass-2026'].entries()) {
      step.callbacks[place]?.setInputValue(value)
    }
    expect((await client.next(step)).type).toBe('LoginSuccess')
    configure()
  })

  test('gets tokens from the SDK, reads their profile and signs out everywhere', async () => {
    const back = await redirectParameters()
    const query = { code: back.get('code') ?? '', state: back.get('state') ?? '' }
    const tokens = (await TokenManager.getTokens({ query })) as OAuth2Tokens
    expect(tokens).toMatchObject({
      accessToken: expect.any(String),
      idToken: expect.any(String),
      refreshToken: expect.any(String),
      tokenExpiry: expect.any(Number),
    })
    expect(claimsIn(tokens.idToken ?? '').aud).toBe('web')
    expect(await UserManager.getCurrentUser()).toMatchObject({ name: 'Alex Caller', given_name: 'Alex' })
    await FRUser.logout({ redirect: false })
    expect(await TokenStorage.get()).toBeUndefined()
    expect(browser.cookieNames).toEqual(['sidegate-device'])
    const after = new RelyingParty(server.url, 'web')
    expect((await after.userinfo(tokens.accessToken)).status).toBe(401)
    expect((await after.refresh(tokens.refreshToken ?? '')).status).toBe(400)
  })
})

test('the SDK sends a person without a session to the sign-in page', async () => {
  browser.forgetCookies()
  configure()
  await TokenManager.getTokens({ login: 'redirect', skipBackgroundRequest: true, forceRenew: true })
  const answer = await fetch(sentTo ?? '', { redirect: 'manual' })
  expect(new URL(answer.headers.get('location') ?? '').pathname).toBe('/am/XUI/')
})
