import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'

// An application page with the vendor's published login widget, which calls our server directly.

const require = createRequire(import.meta.url)
const folder = dirname(require.resolve('@forgerock/login-widget'))

const html = `<!doctype html><html lang="en"><title>An application</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="widget.css"><main id="widget"></main>
<script type="module">
import Widget, { component, configuration, journey, user } from './index.js'
const { baseUrl, name, type, oauth } = window.wanted
configuration().set({
  links: { termsAndConditions: location.origin + '/terms' },
  forgerock: {
    serverConfig: { baseUrl: baseUrl + '/', timeout: 30_000 },
    realmPath: 'alpha',
    clientId: 'widget',
    scope: 'openid profile',
    redirectUri: new URL('blank.html', location).href,
  },
})
new Widget({ target: document.getElementById('widget'), props: { type } })
if (type === 'modal') component().open()
window.user = user
const asked = journey({ oauth, user: oauth })
asked.subscribe((told) => { window.told = told })
const isBack = ['code', 'suspendedId', 'responsekey'].some((name) => new URLSearchParams(location.search).has(name))
asked.start(isBack ? { resumeUrl: location.href } : { journey: name })
</script></html>`

/** Settings of the widget. */
export type Wanted = { name?: string; type?: 'inline' | 'modal'; oauth?: boolean }

type WidgetWindow = typeof globalThis & {
  wanted: Wanted & { baseUrl: string }
  user: { logout(): Promise<void> }
  told?: Told
}

type Ended = { completed: boolean; successful: boolean; error: unknown; response: unknown }
type Told = { journey: Ended; oauth: Ended; user: Ended }

type PageFile = { type: string; body: string | Buffer }

async function fileOf(path: string): Promise<PageFile | undefined> {
  const name = path.split('/').at(-1)
  if (name === '') return { type: 'text/html', body: html }
  if (name === 'blank.html') return { type: 'text/html', body: '<!doctype html><title>Blank</title>' }
  if (name === 'index.js') return { type: 'text/javascript', body: await readFile(join(folder, 'index.js')) }
  if (name === 'widget.css') return { type: 'text/css', body: await readFile(join(folder, 'widget.css')) }
  return undefined
}

/** Serves the page from another port, so that the widget calls our server across origins. */
export async function serveApplication(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const file = await fileOf(new URL(request.url ?? '/', 'http://localhost').pathname)
    if (file === undefined) return response.writeHead(404).end()
    return response.setHeader('content-type', file.type).end(file.body)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Serves the page from our server's origin, so that no request is cross-origin. @returns its address. */
export async function serveInside(person: BrowserContext, origin: string): Promise<string> {
  await person.route(`${origin}/application/**`, async (route) => {
    const file = await fileOf(new URL(route.request().url()).pathname)
    return file === undefined
      ? route.fulfill({ status: 404 })
      : route.fulfill({ contentType: file.type, body: file.body })
  })
  return `${origin}/application/`
}

/** Opens the page. @param baseUrl of our server, with its context path. */
export async function openWidget(
  person: BrowserContext,
  url: string,
  baseUrl: string,
  wanted: Wanted = {},
): Promise<Page> {
  // On import, the widget calls a host of the vendor for risk signals.
  await person.route(/^https:\/\/[^/]*pingone\.com\//, (route) => route.abort())
  const page = await person.newPage()
  await page.addInitScript(
    (wanted) => {
      ;(globalThis as WidgetWindow).wanted = wanted
    },
    { type: 'inline' as const, oauth: false, ...wanted, baseUrl },
  )
  await page.goto(url)
  return page
}

/** The element of the widget. */
export function widgetOn(page: Page) {
  return page.locator('.fr_widget-root')
}

/** Waits until the journey and the calls after it have ended. */
export async function ended(page: Page, part: keyof Told = 'journey'): Promise<Ended> {
  const told = await page.waitForFunction((part) => {
    const told = (globalThis as WidgetWindow).told?.[part]
    return told?.completed ? told : undefined
  }, part)
  return (await told.jsonValue()) as Ended
}

export function signOut(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as WidgetWindow).user.logout())
}
