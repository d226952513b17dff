import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const at = '/realms/root/realms/alpha/realm-config/agents/OAuth2Client/placed'
const secret = 'kept-in-the-vault'

let server: TestServer
let ask: Ask

beforeAll(async () => {
  vi.stubEnv('ESV_PROCESS_NAME', 'of the process')
  server = await startServer()
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  await ask('/environment/secrets/esv-placed-secret', {
    method: 'PUT',
    body: { valueBase64: base64(secret), encoding: 'generic', useInPlaceholders: true },
  })
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server.stop()
})
beforeEach(async () => {
  await variable('scope', 'reports')
  await variable('seconds', '77', 'int')
})
afterEach(async () => {
  await ask(at, { method: 'DELETE' })
})

const variable = (name: string, text: string, expressionType = 'string') =>
  ask(`/environment/variables/esv-placed-${name}`, {
    method: 'PUT',
    body: { valueBase64: base64(text), expressionType },
  })

const documentWith = (core: JsonObject = {}, advanced: JsonObject = {}): JsonObject => ({
  coreOAuth2ClientConfig: {
    scopes: ['&{esv.placed.scope}'],
    accessTokenLifetime: { inherited: false, value: { $int: '&{esv.placed.seconds}' } },
    userpassword: '&{esv.placed.secret}',
    ...core,
  },
  advancedOAuth2ClientConfig: { grantTypes: ['client_credentials'], ...advanced },
})

const configure = (document: JsonObject) => ask(at, { method: 'PUT', body: document })

async function askToken(client_secret = secret): Promise<{ status: number; body: JsonObject }> {
  const answer = await fetch(`${server.url}/oauth2/realms/root/realms/alpha/access_token`, {
    method: 'POST',
    headers: { authorization: `Basic ${base64(`placed:${client_secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'reports' }),
  })
  return { status: answer.status, body: (await answer.json()) as JsonObject }
}

describe('placeholders of a client', () => {
  test('have their values for the application, and stay for administrators', async () => {
    const { status, body, headers } = await configure(documentWith())
    expect(status).toBe(201)
    expect(headers.get('sidegate-findings')).toBeNull()
    expect(await askToken()).toMatchObject({ status: 200, body: { scope: 'reports', expires_in: 77 } })
    expect((await askToken('&{esv.placed.secret}')).status).toBe(401)
    expect(body.coreOAuth2ClientConfig).toEqual({
      ...(documentWith().coreOAuth2ClientConfig as JsonObject),
      userpassword: null,
    })
    expect((await ask(at)).body).toEqual(body)
    await variable('scope', 'other')
    expect((await askToken()).status).toBe(400)
  })

  test.each([
    ['a missing variable', { clientName: ['&{esv.placed.none}'] }, 'esv.placed.none is not set'],
    ['a missing secret', { userpassword: '&{esv.placed.none}' }, 'esv.placed.none is not set'],
    // The page for consent shows the name to everybody.
    ['a secret outside of the secret', { clientName: ['&{esv.placed.secret}'] }, 'not a stored variable'],
    ['a variable of the process', { clientName: ['&{esv.process.name}'] }, 'not a stored variable'],
  ])('with %s are a finding, and the client is refused', async (_, core, problem) => {
    const { status, headers } = await configure(documentWith(core))
    expect(status).toBe(201)
    expect(headers.get('sidegate-findings')).toContain(problem)
    expect(headers.get('sidegate-findings')).not.toContain(secret)
    expect((await askToken()).status).toBe(401)
    expect(server.logged()).toContain(problem)
    expect(server.logged()).not.toContain(secret)
  })

  test('with values that the setting does not accept are refused without the values', async () => {
    await variable('method', 'tls_client_auth')
    const { status, body } = await configure(
      documentWith({}, { tokenEndpointAuthMethod: '&{esv.placed.method}' }),
    )
    expect(status).toBe(400)
    expect(body.message).toMatch(/advancedOAuth2ClientConfig.tokenEndpointAuthMethod: is not accepted/)
    expect(body.message).not.toContain('tls_client_auth')
  })

  test('that get such values later end the client', async () => {
    await variable('binding', 'false', 'bool')
    const signEncOAuth2ClientConfig = { mTLSCertificateBoundAccessTokens: '&{esv.placed.binding}' }
    expect((await configure({ ...documentWith(), signEncOAuth2ClientConfig })).status).toBe(201)
    expect((await askToken()).status).toBe(200)
    await variable('binding', 'true', 'bool')
    expect((await askToken()).status).toBe(401)
  })
})
