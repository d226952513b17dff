import type { RuleSwitch } from '../rule-switch.ts'

const samlJourneys = 'test/journeys/saml-journeys.test.ts'
const theft = 'SAML answer theft'

/** Switches for the borders between sites, realms and hosts. */
export const borderSwitches: readonly RuleSwitch[] = [
  {
    rule: 'R2',
    off: 'an address is checked beside our address and used without it',
    file: 'src/people/providers/saml/return-page.ts',
    from: 'new URL(page ?? `${own.baseUrl}/XUI/`, own.baseUrl)',
    to: 'new URL(page === undefined ? `${own.baseUrl}/XUI/` : (relayState ?? ""), own.baseUrl)',
    tests: ['test/journeys/saml-journeys.test.ts: the browser returns to the page'],
  },
  {
    rule: 'R2',
    off: 'a scheme without slashes is a path for the check and a host for browsers',
    file: 'src/runtime/allowed-url.ts',
    from: '|^[a-z][a-z0-9+.-]*:(?!\\/\\/)/i',
    to: '/i',
    tests: ['src/runtime/allowed-url.test.ts: refuses'],
  },
  {
    rule: 'R2',
    off: 'a path with two slashes leads to another host',
    file: 'src/runtime/allowed-url.ts',
    from: "return path.startsWith('//') ? undefined : path",
    to: 'return path',
    tests: ['src/runtime/allowed-url.test.ts: refuses'],
  },
  {
    rule: 'R2',
    off: 'a client can have a redirect URI that browsers read as a path',
    file: 'src/oauth/client-document.ts',
    from: ' && !isUnclear',
    to: '',
    tests: ['src/http/oauth/oauth-clients.test.ts: a redirect URI'],
  },
  {
    rule: 'S70',
    off: 'the answer of a SAML identity provider counts in any browser',
    file: 'src/people/providers/saml/asking-browser.ts',
    from: 'return browser !== undefined && isSameSecret(tie, tieOf(nonce, browser))',
    to: "return isSameSecret(tie, tieOf(nonce, browser ?? '')) || tie !== ''",
    tests: [`${samlJourneys}: another browser brings`],
    attack: theft,
  },
  {
    rule: 'S70',
    off: 'an answer signs in before its browser has shown that it asked',
    file: 'src/people/providers/saml/saml-sign-in.ts',
    from: "      if (answer.isUnclaimed) throw new Error('the response was not claimed by the browser that asked')\n",
    to: '',
    tests: [`${samlJourneys}: another browser brings`],
    attack: theft,
  },
  {
    rule: 'S70',
    off: 'a node plants the cookie of the browser that asked',
    file: 'src/engine/server-cookies.ts',
    from: '  knownBrowserCookie,\n  askingCookie,\n',
    to: '  knownBrowserCookie,\n',
    tests: ['src/nodes/contextual/set-custom-cookie.test.ts: the name of a cookie of the server'],
  },
  {
    rule: 'S23',
    off: 'a node plants a persistent cookie, which signs visitors in',
    file: 'src/nodes/contextual/set-custom-cookie.ts',
    from: 'attribute.refine((text) => !isPersistentCookie(text),',
    to: "attribute.refine((text) => text !== ' ',",
    tests: ['src/nodes/contextual/set-custom-cookie.test.ts: a persistent cookie as value'],
  },
  {
    rule: 'S23',
    off: 'an encoded persistent cookie passes for another value',
    file: 'src/engine/server-cookies.ts',
    from: ' || decoded(value).includes(persistentCookieStart)',
    to: '',
    tests: ['src/nodes/contextual/set-custom-cookie.test.ts: a persistent cookie as value'],
  },
  {
    rule: 'R1',
    off: 'the origins of one realm reach routes of the whole server',
    file: 'src/http/mount-routes.ts',
    from: "if (path !== '/' && isServerWide(route))",
    to: "if (path === '' && isServerWide(route))",
    tests: ['src/http/routes.test.ts: of another realm is refused'],
    attack: 'foreign origin',
  },
  {
    rule: 'R1',
    off: 'a route for all realms takes the origins of one',
    file: 'src/http/route-reference.ts',
    from: '|node-designer|',
    to: '|',
    tests: ['src/http/routes.test.ts: take no realm'],
  },
]
