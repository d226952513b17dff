import { askingCookieName } from '../../engine/server-cookies.ts'
import type { Ports } from '../../nodes/ports/ports.ts'
import { randomToken } from '../../secrets/digest.ts'
import { trustedPages } from '../allowed-url.ts'
import type { RunContext } from '../run-context.ts'

/** SAML identity providers. A request sets the cookie of the browser that asks: its response counts only there. */
export function samlPort({ world, step: { request }, effects }: RunContext): Ports['saml'] {
  const { realm, view, askingCookie } = request
  const { baseUrl } = view
  const isSecure = baseUrl.startsWith('https:')
  const browser = askingCookie || randomToken()
  const port = world.saml({ realm: realm.path, baseUrl, trusted: trustedPages(realm, baseUrl), browser })
  return {
    ...port,
    async begin(...asked) {
      const started = await port.begin(...asked)
      if (browser !== askingCookie) {
        // Applications on other sites get it only with SameSite=None, which browsers accept only over https.
        const sameSite = isSecure ? 'NONE' : 'LAX'
        const attributes = { path: '/', isHttpOnly: true, isSecure, sameSite } as const
        effects.cookies.push({ name: askingCookieName(baseUrl), value: browser, ...attributes })
      }
      return started
    },
  }
}
