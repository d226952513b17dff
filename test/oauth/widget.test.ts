import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { RelyingParty } from '../support/relying-party.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { serveWidget, type WebApplication } from '../support/web-application.ts'
import { signIn } from '../support/wire.ts'

let server: TestServer
let application: WebApplication
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  server = await startServer()
  const baseUrl = `${server.url.replace('127.0.0.1', 'localhost')}/`
  application = await serveWidget({ baseUrl, clientId: 'web', scope: 'openid profile', journey: 'Login' })
  const address = `${application.origin}/blank.html`
  await new RelyingParty(server.url, 'web', undefined, { address }).register()
  await allowOrigin(application.origin)
  browser = await launchChromium()
  context = await browser.newContext()
  // The widget calls a host of its vendor when it loads: block it, so that nothing leaves this machine.
  await context.route(
    ({ hostname }) => hostname !== 'localhost',
    (route) => route.abort(),
  )
})
afterAll(async () => {
  await browser.close()
  await application.close()
  await server.stop()
})

async function allowOrigin(origin: string): Promise<void> {
  const answer = await fetch(`${server.url}/json/realms/root/realms/alpha/realm-config/settings`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      iplanetdirectorypro: await signIn(server.url, 'amadmin', adminPassword, '/'),
    },
    body: JSON.stringify({ corsOrigins: [origin] }),
  })
  expect(answer.status).toBe(200)
}

// Set by the page; the widget has no types.
// biome-ignore lint/suspicious/noExplicitAny: driven from outside, inside another program.
type WidgetWindow = typeof globalThis & { results: any; user: any }

test('the vendor’s login widget signs in on another origin, gets tokens and the profile, and signs out', async () => {
  const page = await context.newPage()
  await page.goto(application.origin)
  await page.getByLabel('Username').fill('alex')
  await page.getByLabel('Password', { exact: true }).fill('Alex-Pass-2026')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.waitForFunction(() => (globalThis as WidgetWindow).results?.user.completed === true)
  const results = await page.evaluate(() => (globalThis as WidgetWindow).results)
  expect(results.oauth).toMatchObject({ successful: true, error: null })
  expect(results.oauth.response).toMatchObject({
    accessToken: expect.any(String),
    idToken: expect.any(String),
  })
  expect(results.user.response).toMatchObject({ name: 'Alex Caller' })
  const cookies = async () => (await context.cookies()).map(({ name }) => name)
  expect((await cookies()).toSorted()).toEqual(['iPlanetDirectoryPro', 'sidegate-device'])
  await page.evaluate(() => (globalThis as WidgetWindow).user.logout())
  expect(await cookies()).toEqual(['sidegate-device'])
  const web = new RelyingParty(server.url, 'web')
  expect((await web.userinfo(results.oauth.response.accessToken)).status).toBe(401)
})
