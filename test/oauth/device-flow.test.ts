import * as openid from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { wrongUserCodes } from '../../src/oauth/device-codes.ts'
import { deviceGrantType } from '../../src/oauth/endpoints.ts'
import { Device, formOf, submit } from '../support/device.ts'
import { changeOauthSettings, RelyingParty, visit } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let server: TestServer
let session: string
let tv: RelyingParty
let device: Device
let ahead = 0

beforeAll(async () => {
  server = await startServer({}, { now: () => Date.now() + ahead })
  tv = new RelyingParty(server.url, 'tv')
  await tv.register({
    core: {
      clientName: ['Larkfield <TV> $&'],
      scopes: ['openid', 'profile', 'email', 'films|en|Your films'],
    },
    advanced: { grantTypes: [deviceGrantType, 'refresh_token'], isConsentImplied: true },
  })
  await new RelyingParty(server.url, 'other').register({ advanced: { grantTypes: [deviceGrantType] } })
  await new RelyingParty(server.url, 'shop').register()
})
afterAll(() => server.stop())
beforeEach(async () => {
  ahead += 11 * 60_000
  session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
  device = new Device(tv)
})

test('openid-client waits for the person and gets tokens', async () => {
  await changeOauthSettings(server.url, { device: { pollSeconds: 1 } })
  const client = await openid.discovery(new URL(tv.issuer), tv.id, undefined, openid.None(), {
    execute: [openid.allowInsecureRequests],
  })
  const waiting = await openid.initiateDeviceAuthorization(client, { scope: 'openid profile' })
  expect(waiting).toMatchObject({ interval: 1, expires_in: 300, verification_uri: device.shortPage })
  expect(waiting.verification_uri_complete).toBeUndefined()
  device.userCode = waiting.user_code
  const polling = openid.pollDeviceAuthorizationGrant(client, waiting)
  await device.decide(session, 'allow')
  const tokens = await polling
  expect(tokens.claims()).toMatchObject({ amr: ['pwd'], auth_time: expect.any(Number) })
  const person = await openid.fetchUserInfo(client, tokens.access_token, tokens.claims()?.sub ?? '')
  expect(person).toMatchObject({ name: 'Alex Caller' })
  const renewed = await openid.refreshTokenGrant(client, tokens.refresh_token ?? '')
  expect(renewed.claims()?.sub).toBe(person.sub)
  await changeOauthSettings(server.url, { device: { pollSeconds: 5 } })
})

test('the answer to a device has the vendor’s names', async () => {
  const { body } = await device.start()
  expect(body).toEqual({
    device_code: expect.any(String),
    user_code: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/),
    verification_uri: device.shortPage,
    verification_url: device.shortPage,
    expires_in: 300,
    interval: 5,
  })
})

test('an old sign-in allows an application that asks for none of a certain age', async () => {
  ahead += 20 * 60_000
  await device.start()
  await device.decide(session, 'allow')
  expect((await device.poll()).status).toBe(200)
})

describe('the page', () => {
  test('is short to type, and a code in its address leads nowhere', async () => {
    await device.start()
    const { status, location } = await visit(`${device.shortPage}?user_code=${device.userCode}`, session)
    expect([status, location?.search]).toEqual([302, ''])
    const opened = await visit(location?.href ?? '', session)
    expect(opened.text).toContain('name="user_code"')
    const ofRoot = await visit(new URL('/d', device.page).href)
    expect(ofRoot.location?.pathname).toBe('/am/oauth2/realms/root/device/user')
    // A realm may have the name of an endpoint.
    const named = await visit(new URL('/d/device', tv.issuer).href)
    expect(named.location?.pathname).toBe('/am/oauth2/realms/root/realms/device/device/user')
    const strange = await visit(new URL('/d//evil.example/..%2f?x', device.page).href)
    expect(strange.location?.origin).toBe(new URL(device.page).origin)
  })

  test('sends people to sign in first, and back without the code of a link', async () => {
    await device.start()
    const { status, location } = await visit(`${device.page}?user_code=${device.userCode}`)
    expect(status).toBe(303)
    expect(location?.pathname).toBe('/am/XUI/')
    expect(location?.searchParams.get('realm')).toBe('/alpha')
    expect(location?.searchParams.get('goto')).toBe(device.page)
    const opened = await visit(`${device.page}?user_code=${device.userCode}`, session)
    expect(opened.text).not.toContain(device.userCode)
    expect(opened.text).not.toContain('Larkfield &lt;TV')
  })

  test('names the application, what it asks for and whom, and warns of codes of others', async () => {
    await device.start({ scope: 'openid email films' })
    const asked = await device.type(session, device.userCode.toLowerCase().replace('-', ' '))
    expect(asked.status).toBe(200)
    expect(asked.text).toContain('<h1>Allow <bdi>Larkfield &lt;TV&gt; $&amp;</bdi> on your device?</h1>')
    for (const meaning of ['To recognise you', 'Your email address', 'Your films', 'alex']) {
      expect(asked.text).toContain(`<bdi>${meaning}</bdi>`)
    }
    expect(asked.text).toContain('No help desk ever asks you to type a code here.')
    expect(asked.text).not.toContain('<script')
    expect(asked.headers.get('content-security-policy')).toContain("form-action 'self';")
    expect(asked.headers.get('x-frame-options')).toBe('DENY')
    expect(asked.headers.get('cache-control')).toBe('no-store')
    expect((await device.poll()).body.error).toBe('authorization_pending')
  })

  test('uses the reader’s language', async () => {
    const page = await visit(device.page, session, { headers: { 'accept-language': 'de-CH,en;q=0.5' } })
    expect(page.text).toContain('<html lang="de" dir="ltr">')
    expect(page.text).toContain('Kein Helpdesk bittet Sie je')
  })

  test.each([
    ['without the token of the page', (fields: URLSearchParams) => fields.delete('csrf')],
    ['with a forged token', (fields: URLSearchParams) => fields.set('csrf', 'x')],
    ['with the token of another code', (fields: URLSearchParams) => fields.set('user_code', 'BBBB-BBBB')],
    [
      'with a value twice',
      (fields: URLSearchParams) => fields.append('user_code', fields.get('user_code') ?? ''),
    ],
  ])('ignores a decision %s', async (_name, change) => {
    await device.start()
    const form = formOf((await device.type(session)).text)
    change(form.fields)
    const answer = await submit(form, { decision: 'allow' }, session)
    expect(answer.text).toContain('<h1>Connect a device</h1>')
    expect((await device.poll()).body.error).toBe('authorization_pending')
  })

  test('ignores a decision with the token of the page that asks for the code', async () => {
    await device.start()
    const form = formOf((await visit(device.page, session)).text)
    await submit(form, { user_code: device.userCode, decision: 'allow' }, session)
    expect((await device.poll()).body.error).toBe('authorization_pending')
  })

  test('ignores a form that another person’s browser sends', async () => {
    await device.start()
    const form = formOf((await device.type(session)).text)
    const other = await signIn(server.url, 'dana', 'Dana-Pass-2026')
    await submit(form, { decision: 'allow' }, other)
    expect((await submit(form, { decision: 'allow' }, undefined)).status).toBe(303)
    expect((await device.poll()).body.error).toBe('authorization_pending')
  })

  test('takes the session token as the vendor’s clients send it', async () => {
    await device.start()
    const body = new URLSearchParams({ user_code: device.userCode, decision: 'allow', csrf: session })
    await visit(device.page, session, { method: 'POST', body })
    expect((await device.poll()).status).toBe(200)
  })

  test('ignores a form that is too long or of another type', async () => {
    const long = await visit(device.page, session, {
      method: 'POST',
      body: new URLSearchParams({ csrf: session, user_code: 'x'.repeat(5000) }),
    })
    expect(long.text).not.toContain('This code is wrong')
    const json = await visit(device.page, session, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(json.status).toBe(200)
  })

  test('sends a person to sign in again if the session is older than the device allows', async () => {
    ahead += 3000
    await device.start({ scope: 'openid', max_age: '1' })
    const again = await device.type(session)
    expect(again.status).toBe(303)
    expect(again.location?.searchParams.get('ForceAuth')).toBe('true')
    const fresh = await signIn(server.url, 'alex', 'Alex-Pass-2026')
    expect((await device.type(fresh)).text).toContain('Allow <bdi>Larkfield')
  })
})

describe('a code', () => {
  test('works once; of concurrent answers one counts', async () => {
    await device.start()
    const dana = await signIn(server.url, 'dana', 'Dana-Pass-2026')
    const forms = await Promise.all(
      [session, dana].map(async (by) => ({ by, form: formOf((await device.type(by)).text) })),
    )
    const answers = await Promise.all(
      [...forms, ...forms, ...forms].map(({ by, form }) => submit(form, { decision: 'allow' }, by)),
    )
    expect(answers.filter(({ text }) => text.includes('Your device is connected'))).toHaveLength(1)
    expect((await device.type(session)).text).toContain('This code is wrong, or no longer valid.')
    const { status, body } = await device.poll()
    expect(status).toBe(200)
    expect(body.scope).toBe('openid profile')
    expect((await device.poll()).body.error).toBe('slow_down')
    ahead += 6000
    expect((await device.poll()).body.error).toBe('invalid_grant')
    expect((await tv.userinfo(body.access_token)).status).toBe(401)
  })

  test('that is denied ends with access_denied', async () => {
    await device.start()
    expect((await device.decide(session, 'deny')).text).toContain('Your device is not connected')
    expect((await device.poll()).body.error).toBe('access_denied')
  })

  test('ends after its lifetime', async () => {
    await device.start()
    ahead += 301_000
    const later = await signIn(server.url, 'alex', 'Alex-Pass-2026')
    expect((await device.type(later)).text).toContain('This code is wrong, or no longer valid.')
  })

  test('is of no use to another client', async () => {
    await device.start()
    await device.decide(session, 'allow')
    expect((await device.poll(new RelyingParty(server.url, 'other'))).body.error).toBe('invalid_grant')
    expect((await device.poll()).status).toBe(200)
  })

  test('is of no use in another realm', async () => {
    await device.start()
    const elsewhere = `${server.url}/oauth2/realms/root/device/user`
    expect((await visit(elsewhere, session)).status).toBe(303)
  })

  test('gives nothing once the client may not use devices', async () => {
    const brief = new RelyingParty(server.url, 'brief')
    await brief.register({ advanced: { grantTypes: [deviceGrantType] } })
    const own = new Device(brief)
    await own.start()
    await brief.register({ advanced: { grantTypes: ['authorization_code'] } })
    expect((await own.type(session)).text).toContain('This code is wrong, or no longer valid.')
  })

  test('is written to the audit trail with its application, and never itself', async () => {
    await device.start()
    await device.decide(session, 'allow')
    const lines = server.logged()
    const known = ['SIDEGATE-DEVICE-ALLOWED', device.userCode, device.userCode.replace('-', '')]
    expect(known.map((text) => lines.includes(text))).toEqual([true, false, false])
  })
})

describe('wrong codes', () => {
  test('are limited for an address and a person, and right ones are not counted', async () => {
    await device.start()
    for (let round = 0; round < wrongUserCodes.perAddress + 1; round++) {
      expect((await device.type(session)).text).toContain('Allow <bdi>Larkfield')
    }
    const answers = await Promise.all(
      Array.from({ length: wrongUserCodes.perAddress + 4 }, () => device.type(session, 'BBBB-BBBB')),
    )
    const blocked = answers.filter(({ status }) => status === 429)
    expect(blocked).toHaveLength(4)
    expect(Number(blocked[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    // Not even the right code is checked now.
    expect((await device.type(session)).status).toBe(429)
    expect(server.logged().includes('SIDEGATE-ADDRESS-BLOCKED')).toBe(true)
  })
})

describe('a device gets no code', () => {
  test.each([
    ['for a client without the grant type', 'shop', {}, 'invalid_request'],
    ['for a client that doesn’t exist', 'nobody', {}, 'invalid_client'],
    ['for a scope that the client doesn’t have', 'tv', { scope: 'openid phone' }, 'invalid_scope'],
    ['with claims', 'tv', { claims: '{"id_token":{"email":null}}' }, 'invalid_request'],
    ['with authentication contexts', 'tv', { acr_values: 'gold' }, 'invalid_request'],
  ])('%s', async (_name, id, form, error) => {
    const party = new RelyingParty(server.url, id)
    const { status, body } = await new Device(party).start({ scope: 'openid', ...form })
    expect([status >= 400, body.error]).toEqual([true, error])
  })

  test.each(['idmAdminClient', 'idm-admin-ui', 'service-account'])('for %s', async (client_id) => {
    const answer = await fetch(`${server.url}/oauth2/realms/root/device/code`, {
      method: 'POST',
      body: new URLSearchParams({ client_id, scope: 'openid' }),
    })
    expect(answer.status).toBe(400)
  })

  test('if its address asks too often', async () => {
    const codes = await Promise.all(Array.from({ length: 101 }, () => new Device(tv).start()))
    expect(codes.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
  })
})
