import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'

/** A web application with its own origin. */
export type WebApplication = { origin: string; close(): Promise<void> }

/** @param page returns the content for a path, if any. The extension sets the type. */
export async function serveApplication(
  page: (path: string) => Promise<string | Buffer | undefined>,
): Promise<WebApplication> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const content = await page(pathname)
    if (content === undefined) return response.writeHead(404).end()
    const ending = pathname.split('.').at(-1) ?? ''
    const type = { js: 'text/javascript', css: 'text/css' }[ending] ?? 'text/html'
    return response.setHeader('content-type', `${type};charset=utf-8`).end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const widget = dirname(createRequire(import.meta.url).resolve('@forgerock/login-widget'))

type WidgetSettings = { baseUrl: string; clientId: string; scope: string; journey: string }

/** A page with the vendor's login widget, which gets tokens after the journey. The results are in `window.results`. */
export function serveWidget(settings: WidgetSettings): Promise<WebApplication> {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>An application</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/widget.css"><div id="widget"></div>
<script type="module">
import Widget, { configuration, journey, user } from '/index.js'
const { baseUrl, clientId, scope, journey: name } = ${JSON.stringify(settings)}
configuration().set({ forgerock: { serverConfig: { baseUrl, timeout: 30000 }, realmPath: 'alpha', clientId, scope,
  redirectUri: location.origin + '/blank.html' } })
new Widget({ target: document.getElementById('widget'), props: { type: 'inline' } })
window.user = user
const walk = journey({ oauth: true, user: true })
walk.subscribe(({ oauth, user }) => { window.results = { oauth, user } })
walk.start({ journey: name })
</script></html>`
  return serveApplication(async (path) => {
    if (path === '/') return html
    if (path === '/blank.html') return '<!doctype html><title>blank</title>'
    if (path === '/index.js' || path === '/widget.css') return readFile(join(widget, path))
    return undefined
  })
}
