import type { Plugin } from 'vite'

/** Pages by address, as in the server's `pageAddresses`. */
const pages: readonly (readonly [address: RegExp, page: string])[] = [
  [/^\/am\/(XUI|UI\/Login)(\/|$)/, 'sign-in'],
  [/^\/c\/?$/, 'sign-in/short-code'],
  [/^\/enduser(\/|$)/, 'sign-in/own-sessions'],
  [/^\/desk(\/|$)/, 'desk'],
  [/^\/console(\/|$)/, 'console'],
]

/**
 * Serves the pages of `vite dev` at their addresses on the server: requests for documents get the page's HTML,
 * and vite answers requests for modules, which are all below its base.
 */
export function devPages(): Plugin {
  return {
    name: 'dev-pages',
    apply: 'serve',
    configureServer({ middlewares, config }) {
      middlewares.use((request, _response, next) => {
        const [path = '', query] = (request.url ?? '').split('?', 2)
        const page = pages.find(([address]) => address.test(path))?.[1]
        if (page !== undefined && request.headers.accept?.includes('text/html') === true) {
          request.url = `${config.base}${page}/index.html${query === undefined ? '' : `?${query}`}`
        }
        next()
      })
    },
    // Relative sources would not resolve below /desk/ and /console/.
    transformIndexHtml(html, { path }) {
      return html.replaceAll('="./', `="/am/XUI${path.slice(0, path.lastIndexOf('/'))}/`)
    },
  }
}

/**
 * Proxies everything except pages and modules to the server. Files with a hash in their name come from the last
 * build.
 */
export function devProxy(server: string): Record<string, string> {
  return {
    '^/(?!am/XUI|am/UI/Login|desk|console|enduser|c/?(?:$|\\?))': server,
    '^/am/XUI/assets/.*-[\\w-]{8}\\.\\w+$': server,
  }
}
