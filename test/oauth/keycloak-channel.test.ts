import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keycloakStatusOf } from '../../src/runtime/ask-by-mail.ts'
import { exampleTransaction } from '../../src/store/contract/examples.ts'
import { backchannel } from '../support/backchannel-client.ts'
import { callerSignsIn } from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { changeOauthSettings } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

// Keycloak's two messages of CIBA: it asks for a person, and is called back with the result.

let keycloak: Awaited<ReturnType<typeof startKeycloak>>
let mail: Awaited<ReturnType<typeof startMailServer>>
let server: TestServer
let key: CryptoKey

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  key = privateKey
  keycloak = await startKeycloak({ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' })
  mail = await startMailServer()
  server = await startServer({
    smtpUrl: mail.url,
    mailFrom: 'Desk <desk@example.com>',
    httpAllow: [new URL(keycloak.issuer).host],
  })
  await changeOauthSettings(server.url, {
    ciba: { journey: 'ConfirmRequest', keycloakIssuer: keycloak.issuer },
  })
})
beforeEach(() => {
  keycloak.keyReads = 0
})
afterAll(async () => {
  await server.stop()
  await Promise.all([keycloak.stop(), mail.stop()])
})

/** The parts of a Keycloak that the channel uses: the keys of a realm, and the place for results. */
async function startKeycloak(publicKey: object) {
  const results: { authorization: string | undefined; body: unknown }[] = []
  const told = { keyReads: 0 }
  const http = createServer(async (request, response) => {
    const path = request.url ?? ''
    if (path === '/realms/staff/protocol/openid-connect/certs') {
      told.keyReads++
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [publicKey] }))
      return
    }
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString())
    const isCallback = path === '/realms/staff/protocol/openid-connect/ext/ciba/auth/callback'
    if (isCallback) results.push({ authorization: request.headers.authorization, body })
    response.writeHead(isCallback ? 200 : 404).end()
  })
  await once(http.listen(0, '127.0.0.1'), 'listening')
  const { port } = http.address() as AddressInfo
  return Object.assign(told, {
    issuer: `http://127.0.0.1:${port}/realms/staff`,
    results,
    async stop() {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  })
}

let count = 0
async function tokenWith(change: Record<string, unknown> = {}, signer: CryptoKey = key): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const { issuer } = keycloak
  const usual = {
    iss: issuer,
    aud: issuer,
    sub: 'kc-1',
    azp: 'bank',
    typ: 'Bearer',
    jti: `request-${count++}`,
  }
  return new SignJWT({ ...usual, exp: now + 120, ...change })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .sign(signer)
}

async function ask(token: string | undefined, body: object = { login_hint: 'alex' }) {
  const response = await fetch(
    `${server.url}/json/realms/root/realms/alpha/authenticate/backchannel/keycloak`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    },
  )
  return { status: response.status, body: await response.json() }
}

/** Sends a request and takes the link from the email. */
async function askAlex(body: object = {}) {
  const [sent, token] = [mail.mails.length, await tokenWith()]
  expect(await ask(token, { login_hint: 'alex', ...body })).toMatchObject({ status: 201 })
  const arrived = await mail.arrived(sent + 1)
  const transaction = /authIndexValue=([\w-]+)/.exec(arrived.body)?.[1] ?? ''
  return { token, transaction, text: arrived.body }
}

const result = (number: number) => expect.poll(() => keycloak.results[number - 1], { timeout: 20_000 })

test('a person who is asked for a Keycloak signs in here, and Keycloak gets the result with its own token', async () => {
  const { token, transaction, text } = await askAlex({
    binding_message: 'Reset for Alex',
    scope: 'openid',
    consent_required: false,
    acr_values: null,
  })
  expect(text).toContain('bank')
  expect(keycloak.results).toEqual([])
  await callerSignsIn(server.url, transaction)
  await result(1).toEqual({ authorization: `Bearer ${token}`, body: { status: 'SUCCEED' } })
})

test('a person who says that it is not them cancels the request', async () => {
  const { transaction } = await askAlex()
  await backchannel(server.url, 'reject', { transaction })
  await result(2).toMatchObject({ body: { status: 'CANCELLED' } })
})

test.each([
  ['APPROVED', {}, 'SUCCEED'],
  ['DENIED', {}, 'UNAUTHORIZED'],
  ['DENIED', { rejectedAt: 1 }, 'CANCELLED'],
  ['APPROVED', { rejectedAt: 1 }, 'CANCELLED'],
  ['APPROVED', { isCancelled: true }, 'CANCELLED'],
  ['UNKNOWN', { expiresAt: 1 }, 'CANCELLED'],
] as const)('a transaction %s with %j means %s to Keycloak', (outcome, change, status) => {
  expect(keycloakStatusOf(exampleTransaction({ result: outcome, ...change }), 2)).toBe(status)
  expect(keycloakStatusOf(undefined, 2)).toBe('CANCELLED')
})

test('the same request does not ask twice', async () => {
  const [sent, token] = [mail.mails.length, await tokenWith()]
  const answers = await Promise.all([1, 2, 3].map(() => ask(token, { login_hint: 'dana' })))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  await mail.arrived(sent + 1)
})

test.each<[string, () => Promise<string | undefined>]>([
  ['without a token', async () => undefined],
  ['with a token of another key', async () => tokenWith({}, (await generateKeyPair('RS256')).privateKey)],
  ['with an expired token', () => tokenWith({ exp: Math.floor(Date.now() / 1000) - 1 })],
  ['with a token that never ends', () => tokenWith({ exp: undefined })],
  ['with a token of another issuer', () => tokenWith({ iss: 'https://sso.example.com/realms/staff' })],
  ['with the access token of a person', () => tokenWith({ aud: 'account' })],
  ['with an ID token', () => tokenWith({ typ: 'ID' })],
  ['with a token of no application', () => tokenWith({ azp: undefined })],
  ['with a token that names no request', () => tokenWith({ jti: undefined })],
])('a request %s is refused, and asks nobody', async (_what, make) => {
  const sent = mail.mails.length
  const token = await make()
  const refused = await ask(token, { login_hint: 'nobody' })
  expect(refused).toMatchObject({ status: 401, body: { code: 401 } })
  expect(mail.mails).toHaveLength(sent)
  if (token !== undefined) expect(server.logged()).not.toContain(token)
})

test('a token that is wrong without its signature makes the server read no keys', async () => {
  await ask(await tokenWith({ aud: 'account' }))
  expect(keycloak.keyReads).toBe(0)
})

test.each<[object, string]>([
  [{}, 'login_hint'],
  [{ login_hint: 'nobody' }, 'login_hint'],
  [{ login_hint: 'alex', binding_message: 'two\nlines' }, 'binding_message'],
])('the body %j is refused with the name of its member', async (body, member) => {
  expect(await ask(await tokenWith(), body)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining(member) },
  })
})

test('no realm takes requests of a Keycloak that it does not name', async () => {
  await changeOauthSettings(server.url, { ciba: { keycloakIssuer: '' } })
  expect((await ask(await tokenWith())).status).toBe(401)
})
