import type { RuleSwitch } from '../rule-switch.ts'

const view = 'src/http/authentication/request-view.ts'
const viewTests = ['src/http/authentication/request-view.test.ts']

const hiddenCredentials: readonly RuleSwitch[] = [
  {
    rule: 'S01',
    off: 'scripts read the authId in a header',
    file: view,
    from: "  watchHeader,\n  'x-sidegate-authid',\n",
    to: '  watchHeader,\n',
    tests: [...viewTests, 'test/http/hidden-headers.test.ts'],
  },
  {
    rule: 'S01',
    off: 'nodes and scripts read the session header and the header authorization',
    file: view,
    from: 'if (value === undefined || credentialHeaders.has(name)) return []',
    to: 'if (value === undefined) return []',
    tests: viewTests,
    attack: 'session-harvest',
  },
  {
    rule: 'S01',
    off: 'nodes and scripts read the session cookie in the header cookie',
    file: view,
    from: "name !== '' && !isServerCookie(name) && ",
    to: "name !== '' && ",
    tests: viewTests,
    attack: 'session-harvest',
  },
  {
    rule: 'S01',
    off: 'scripts read the session cookie among the cookies',
    file: view,
    from: '([name, value]) => !isServerCookie(name) && !this.#isSecret(value),',
    to: "([name]) => name !== '',",
    tests: viewTests,
    attack: 'session-harvest',
  },
  {
    rule: 'S01',
    off: 'nodes and scripts read a bearer token in a header of another name',
    file: view,
    from: '!bearerToken.test(text) && !isSecret(text)',
    to: '!isSecret(text)',
    tests: viewTests,
    attack: 'session-harvest',
  },
  {
    rule: 'S01',
    off: 'nodes and scripts read a session token in a header of another name',
    file: view,
    from: '!bearerToken.test(text) && !isSecret(text)',
    to: '!bearerToken.test(text)',
    tests: viewTests,
    attack: 'session-harvest',
  },
  {
    rule: 'S01',
    off: 'nodes and scripts read a session token in a parameter',
    file: view,
    from: 'query.getAll(name).filter((value) => !this.#isSecret(value))',
    to: 'query.getAll(name)',
    tests: viewTests,
  },
  {
    rule: 'S01',
    off: 'scripts read persistent cookies, which sign their owner in',
    file: view,
    from: 'all.filter(([, value]) => !isPersistentCookie(value))',
    to: 'all',
    tests: viewTests,
    attack: 'session-harvest',
  },
  {
    rule: 'S01',
    off: 'nodes and scripts read persistent cookies in the header cookie',
    file: view,
    from: ' && !isPersistentCookie(value) && !isSecret(pair)',
    to: ' && !isSecret(pair)',
    tests: viewTests,
    attack: 'session-harvest',
  },
  {
    rule: 'S01',
    off: 'another spelling of the session cookie is another cookie',
    file: 'src/engine/server-cookies.ts',
    from: '    .toLowerCase()\n    .replace',
    to: '    .replace',
    tests: viewTests,
    attack: 'session-harvest',
  },
  {
    rule: 'S01',
    off: 'a journey sees a session of another realm and skips because of it',
    file: 'src/runtime/authenticate.ts',
    from: 'const isSignedIn = signedIn !== undefined && signedIn.session.realm === realm.path',
    to: 'const isSignedIn = signedIn !== undefined',
    tests: ['test/http/authenticate-sessions.test.ts'],
    attack: 'session-harvest',
  },
]

const plantedCookies: readonly RuleSwitch[] = [
  {
    rule: 'S23',
    off: 'a node of a journey may have the name of the session cookie',
    file: 'src/nodes/contextual/cookie-settings.ts',
    from: "  .refine((name) => !isServerCookie(name), 'The server uses this cookie itself')\n",
    to: '',
    tests: ['src/nodes/contextual/set-custom-cookie.test.ts'],
    attack: 'planted-cookie',
  },
  {
    rule: 'S23',
    off: 'a journey sets cookies by a response header',
    file: 'src/nodes/utilities/response-details.ts',
    from: "  'set-cookie',\n",
    to: '',
    tests: ['src/nodes/utilities/set-success-details.test.ts'],
    attack: 'planted-cookie',
  },
]

const consent: readonly RuleSwitch[] = [
  {
    rule: 'S17',
    off: 'the consent page does not show what the parameter claims releases',
    file: 'src/oauth/consent.ts',
    from: ', ...scopesOfClaims(grantableClaims(ctx), scopes)])]',
    to: '])]',
    tests: ['test/oauth/consent.test.ts'],
    attack: 'hidden-claims',
  },
  {
    rule: 'S17',
    off: 'an application gets new claims with an old consent',
    file: 'src/oauth/consent.ts',
    from: '    ...grantableClaims(ctx).filter((claim) => !claims.has(claim)),\n',
    to: '',
    tests: ['test/oauth/consent.test.ts'],
    attack: 'hidden-claims',
  },
  {
    rule: 'S17',
    off: 'claims can be added to a request after its page was shown',
    file: 'src/oauth/consent.ts',
    from: 'JSON.stringify([session.handle, client_id, redirect_uri, scope, claims])',
    to: 'JSON.stringify([session.handle, client_id, redirect_uri, scope])',
    tests: ['test/oauth/consent.test.ts'],
    attack: 'hidden-claims',
  },
]

const serverTests = ['src/http/server.test.ts']

const headers: readonly RuleSwitch[] = [
  {
    rule: 'S25',
    off: 'answers other than pages have no content security policy',
    file: 'src/http/security-headers.ts',
    from: "  'content-security-policy': closedPolicy,\n",
    to: '',
    tests: ['test/http/security-headers.test.ts'],
  },
  {
    rule: 'S25',
    off: 'answers of the OAuth endpoints that are no page have the policy of a page',
    file: 'src/oauth/provider.ts',
    from: "  if (ctx.response.is('html') === false) ctx.set('Content-Security-Policy', closedPolicy)\n",
    to: '',
    tests: ['test/http/security-headers.test.ts'],
  },
  {
    rule: 'S25',
    off: 'browsers can return without TLS',
    file: 'src/http/security-headers.ts',
    from: "if (baseUrl?.startsWith('https:') !== true) return {}",
    to: 'if (baseUrl !== null) return {}',
    tests: serverTests,
  },
  {
    rule: 'S25',
    off: 'a browser shows SAML metadata as a page',
    file: 'src/http/realms/saml.ts',
    from: `  reply.header('content-disposition', 'attachment; filename="metadata.xml"')\n`,
    to: '',
    tests: ['test/journeys/saml-journeys.test.ts'],
  },
]

const bodies: readonly RuleSwitch[] = [
  {
    rule: 'S08',
    off: 'a SAML answer may be as large as any body',
    file: 'src/http/body-limits.ts',
    from: 'samlBodyBytes = 128 * kilobyte',
    to: 'samlBodyBytes = 4096 * kilobyte',
    tests: ['test/journeys/saml-limits.test.ts'],
    attack: 'saml-flood',
  },
  {
    rule: 'S08',
    off: 'SAML answers from one address are not counted',
    file: 'src/http/realms/saml.ts',
    from: "  countRequest(needs.requestCounts, realm, clientAddress(request), 'SAML answers')\n",
    to: '',
    tests: ['test/journeys/saml-limits.test.ts'],
    attack: 'saml-flood',
  },
  {
    rule: 'S08',
    off: 'a SAML answer without a signature is parsed',
    file: 'src/people/providers/saml/check-response.ts',
    from: "  if (!signatureElement.test(xml)) throw new Error('the response is not signed')\n",
    to: '',
    tests: ['test/journeys/saml-journeys.test.ts'],
    attack: 'saml-flood',
  },
  {
    rule: 'S08',
    off: 'public routes accept bodies as large as those for administrators',
    file: 'src/http/body-limits.ts',
    from: 'openToAll.has(access) ? smallBodyBytes : staffBodyBytes',
    to: 'staffBodyBytes',
    tests: serverTests,
  },
  {
    rule: 'S08',
    off: 'methods without a body accept large bodies',
    file: 'src/http/body-limits.ts',
    from: "if (method === 'GET' || method === 'DELETE') return noBodyBytes",
    to: "if (method === 'GET') return noBodyBytes",
    tests: serverTests,
  },
]

const slots = {
  rule: 'S10',
  file: 'src/help-desk/transactions/feed-slots.ts',
  tests: ['src/help-desk/transactions/feed-slots.test.ts'],
} as const

const unread = {
  rule: 'S10',
  file: 'src/http/help-desk/transactions/feed-writer.ts',
  tests: ['src/http/help-desk/transactions/feed-writer.test.ts: disconnects a client'],
} as const

const feeds: readonly RuleSwitch[] = [
  {
    ...unread,
    off: 'clients that read nothing keep their live feeds',
    from: 'if (this.#isEnded || (isBehind && this.#isBehind)) {',
    to: 'if (this.#isEnded) {',
  },
  {
    ...unread,
    off: 'unread data of a live feed fills the memory',
    from: 'this.#out.writableLength > maxUnreadBytes',
    to: 'this.#out.writableLength > Number.MAX_VALUE',
  },
  {
    ...slots,
    off: 'the holder of one authId can take all live feeds',
    from: "name: 'journey session', max: feedsPerJourneySession }",
    to: "name: 'journey session', max: all }",
    attack: 'feed-exhaustion',
  },
  {
    ...slots,
    off: 'one person takes all live feeds',
    from: "name: 'person', max: feedsPerPerson }",
    to: "name: 'person', max: all }",
    attack: 'feed-exhaustion',
  },
  {
    ...slots,
    off: 'one address without a sign-in takes all live feeds',
    from: `{ key: \`address \${source}\`, name: 'address', max: perAddress }`,
    to: `{ key: \`address \${source}\`, name: 'address', max: all }`,
  },
  {
    ...slots,
    off: 'one address with sign-ins takes all live feeds',
    from: `{ key: \`address of people \${source}\`, name: 'address', max: perAddress }`,
    to: `{ key: \`address of people \${source}\`, name: 'address', max: all }`,
  },
  {
    ...slots,
    off: 'clients that are not signed in take all live feeds from the agents',
    from: "{ key: 'not signed in', name: 'kind of client', max: half }",
    to: "{ key: 'not signed in', name: 'kind of client', max: all }",
  },
  {
    ...slots,
    off: 'one client with a bearer token takes all live feeds',
    from: "name: 'client', max: half }]",
    to: "name: 'client', max: all }]",
  },
  {
    rule: 'S10',
    off: 'one address holds any number of connections',
    file: 'src/http/connection-bounds.ts',
    from: 'if (count > perAddress) refuse(socket)',
    to: 'if (count < 0) refuse(socket)',
    tests: ['src/http/connection-bounds.test.ts'],
  },
]

/** Switches for session tokens, headers and bounds of the HTTP surface. */
export const sessionSwitches: readonly RuleSwitch[] = [
  ...hiddenCredentials,
  ...plantedCookies,
  ...consent,
  ...headers,
  ...bodies,
  ...feeds,
]
