import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import { closedPolicy } from '../../src/oauth/content-policy.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'rest.md'), 'utf8')
const routes = [...page.matchAll(/^\| ([A-Z]+) \| `([^`]+)` \|/gm)].map(
  ([, method = '', path = '']) => [method, path] as const,
)

/** Paths outside the table of routes: OAuth2, SAML, pages and unknown ones. */
const others = [
  ['GET', '/am/oauth2/realms/root/realms/alpha/.well-known/openid-configuration'],
  ['GET', '/am/oauth2/realms/root/realms/alpha/connect/jwk_uri'],
  ['GET', '/am/oauth2/realms/root/realms/alpha/authorize'],
  ['GET', '/am/oauth2/realms/root/realms/alpha/nothing'],
  ['POST', '/am/oauth2/realms/root/realms/alpha/access_token'],
  ['GET', '/am/saml2/jsp/exportmetadata.jsp'],
  ['GET', '/am/XUI/'],
  ['GET', '/desk/'],
  ['GET', '/console/'],
  ['GET', '/'],
  ['GET', '/nothing/is/here'],
  ['GET', '/%zz'],
  ['POST', '/am/AuthConsumer/metaAlias/alpha/sp'],
  ['OPTIONS', '/am/json/realms/root/authenticate'],
  ['PUT', '/am/json/realms/root/authenticate'],
] as const

let server: TestServer
let admin: string

beforeAll(async () => {
  server = await startServer()
  admin = await signIn(server.url, 'amadmin', adminPassword, '/')
})
afterAll(() => server.stop())

async function headersOf(method: string, path: string, as: string | undefined): Promise<Headers> {
  const at = path.replace('{realm}', '/realms/root/realms/alpha').replace(/\{\w+\}/g, 'nothing-has-this-name')
  const response = await fetch(new URL(at, server.url), {
    method,
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...defined({ iplanetdirectorypro: as }) },
    ...(['GET', 'OPTIONS'].includes(method) ? {} : { body: '{}' }),
  })
  await response.body?.cancel()
  return response.headers
}

test.each([undefined, 'admin'])(
  'every answer has the security headers, as %s',
  async (who) => {
    expect(routes.length).toBeGreaterThan(140)
    const wrong: string[] = []
    for (const [method, path] of [...routes, ...others]) {
      const headers = await headersOf(method, path, who && admin)
      if (headers.get('x-content-type-options') !== 'nosniff') wrong.push(`${method} ${path}: nosniff`)
      if (!/^(SAMEORIGIN|DENY)$/.test(headers.get('x-frame-options') ?? ''))
        wrong.push(`${method} ${path}: frame`)
      if (!/no-store/.test(headers.get('cache-control') ?? '')) wrong.push(`${method} ${path}: no-store`)
      const isPage = headers.get('content-type')?.startsWith('text/html') === true
      const policy = headers.get('content-security-policy')
      if (isPage ? policy === null : policy !== closedPolicy)
        wrong.push(`${method} ${path}: policy ${policy}`)
      if (headers.get('strict-transport-security') !== null) wrong.push(`${method} ${path}: transport`)
      if (headers.get('access-control-allow-origin') !== null) wrong.push(`${method} ${path}: any origin`)
    }
    expect(wrong).toEqual([])
  },
  120_000,
)

describe('a session', () => {
  const password = 'Alex-Pass-2026'

  test('has a new token after every sign-in, whatever token the browser sent', async () => {
    const planted = 'A'.repeat(43)
    const cookie = (token: string) => ({ headers: { cookie: `iPlanetDirectoryPro=${token}` } })
    const tokenOf = async (token: string) => {
      const query = '&ForceAuth=true'
      const start = await startJourney(server.url, 'Login', { ...cookie(token), query })
      const end = await answerStep(server.url, start, ['alex', password], cookie(token))
      return String(end.body.tokenId)
    }
    const first = await tokenOf(planted)
    const second = await tokenOf(first)
    expect(new Set([planted, first, second]).size).toBe(3)
    // The sign-in ends the previous session, so its token is worthless.
    const validate = async (tokenId: string) => {
      const response = await fetch(`${server.url}/json/realms/root/realms/alpha/sessions?_action=validate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ tokenId }),
      })
      return ((await response.json()) as { valid: boolean }).valid
    }
    expect([await validate(planted), await validate(first), await validate(second)]).toEqual([
      false,
      false,
      true,
    ])
  })
})
