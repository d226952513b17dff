import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Form, formOf } from '../support/device.ts'
import { claimsIn, RelyingParty, redirectUri, visit } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let server: TestServer
let url: string
let shop: RelyingParty
let session: string

beforeAll(async () => {
  server = await startServer()
  url = server.url
  shop = new RelyingParty(url, 'shop', 'shop-secret')
  await shop.register({
    core: {
      clientName: ['Shop <b>$&</b>'],
      scopes: ['openid', 'profile', 'email', 'orders|en|Your orders', 'orders|de|Ihre Bestellungen', 'raw'],
    },
    advanced: { isConsentImplied: false },
  })
})
afterAll(() => server.stop())
beforeEach(async () => {
  session = await signIn(url, 'alex', 'Alex-Pass-2026')
})

const decide = ({ action, fields }: Form, decision: string, by = session) =>
  visit(action, by, { method: 'POST', body: new URLSearchParams([...fields, ['decision', decision]]) })

const askedFor = async (parameters: Record<string, string> = {}) => {
  const { url: address, verifier } = shop.request(parameters)
  const asked = await visit(address, session)
  return { asked, form: formOf(asked.text), verifier }
}

describe('if consent is not implied', () => {
  test('a page asks, without scripts and under a policy that forbids them', async () => {
    const { asked } = await askedFor({ scope: 'openid email orders raw' })
    expect(asked.status).toBe(200)
    expect(asked.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(asked.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self' data: https:; frame-ancestors 'none'; base-uri 'none'",
    )
    expect(asked.headers.get('x-frame-options')).toBe('DENY')
    expect(asked.text).not.toContain('<script')
    expect(asked.text).not.toContain('{{')
    expect(asked.text).toContain('<h1>Allow <bdi>Shop &lt;b&gt;$&amp;&lt;/b&gt;</bdi>?</h1>')
    for (const meaning of ['To recognise you', 'Your email address', 'Your orders', 'raw', 'alex']) {
      expect(asked.text).toContain(`<bdi>${meaning}</bdi>`)
    }
    expect(asked.text).not.toContain(session)
  })

  test('the page uses the reader’s language, or the one in the request', async () => {
    const { url: address } = shop.request({ scope: 'openid orders' })
    const german = await visit(address, session, { headers: { 'accept-language': 'de-CH,en;q=0.5' } })
    expect(german.text).toContain('<html lang="de" dir="ltr">')
    expect(german.text).toContain('Ihre Bestellungen')
    const { asked } = await askedFor({ ui_locales: 'ar en' })
    expect(asked.text).toContain('<html lang="ar" dir="rtl">')
  })

  test('a person who allows the request continues and is not asked again in this session', async () => {
    const { form, verifier } = await askedFor({ scope: 'openid email' })
    const { location } = await decide(form, 'allow')
    expect(location?.href.startsWith(`${redirectUri}?code=`)).toBe(true)
    const { body } = await shop.exchange({ code: location?.searchParams.get('code') ?? '', verifier })
    expect(body.scope).toBe('openid email')
    expect((await shop.tokens(session, { scope: 'openid' })).scope).toBe('openid')
    const { asked } = await askedFor({ scope: 'openid email orders' })
    expect(asked.status).toBe(200)
    expect((await visit(shop.request({ prompt: 'consent', scope: 'openid' }).url, session)).status).toBe(200)
  })

  test('a person who denies it returns with access_denied', async () => {
    const { form } = await askedFor()
    const { location } = await decide(form, 'deny')
    expect(location?.href.startsWith(redirectUri)).toBe(true)
    expect(location?.searchParams.get('error')).toBe('access_denied')
    expect((await askedFor()).asked.status).toBe(200)
  })

  test.each([
    ['without the token of the page', (form: Form) => form.fields.delete('csrf')],
    ['with a token of another request', (form: Form) => form.fields.set('scope', 'openid profile orders')],
    [
      'with claims that the page didn’t show',
      (form: Form) => form.fields.set('claims', JSON.stringify({ id_token: { email: null } })),
    ],
    ['with a forged token', (form: Form) => form.fields.set('csrf', 'x')],
  ])('a decision %s is ignored', async (_name, change) => {
    const { form } = await askedFor()
    change(form)
    const answer = await decide(form, 'allow')
    expect(answer.status).toBe(200)
    expect(answer.location).toBeUndefined()
  })

  test('a decision of another person or in a link is ignored', async () => {
    const { form } = await askedFor()
    const other = await signIn(url, 'dana', 'Dana-Pass-2026')
    expect((await decide(form, 'allow', other)).status).toBe(200)
    const link = `${form.action}?${new URLSearchParams([...form.fields, ['decision', 'allow']])}`
    expect((await visit(link, session)).status).toBe(200)
  })

  test('prompt=none leads to consent_required', async () => {
    const { location } = await visit(shop.request({ prompt: 'none' }).url, session)
    expect(location?.searchParams.get('error')).toBe('consent_required')
  })

  test('the page shows what the claims parameter releases', async () => {
    const claims = JSON.stringify({
      id_token: { email: null },
      userinfo: { given_name: null, phone_number: null },
    })
    const { asked } = await askedFor({ scope: 'openid', claims })
    expect(asked.text).toContain('<bdi>Your email address</bdi>')
    expect(asked.text).toContain('<bdi>Your name and language</bdi>')
    // The client doesn't have this scope, so the claim isn't released either.
    expect(asked.text).not.toContain('Your telephone number')
  })

  test('a claim that was not allowed before is asked for again', async () => {
    const { form } = await askedFor({ scope: 'openid' })
    await decide(form, 'allow')
    const claims = JSON.stringify({ id_token: { email: null } })
    const { asked, form: again, verifier } = await askedFor({ scope: 'openid', claims })
    expect(asked.text).toContain('<bdi>Your email address</bdi>')
    const { location } = await decide(again, 'allow')
    const code = location?.searchParams.get('code') ?? ''
    const { body } = await shop.exchange({ code, verifier })
    expect(claimsIn(body.id_token)).toHaveProperty('email')
    expect((await shop.tokens(session, { scope: 'openid', claims })).scope).toBe('openid')
  })

  test('a claim of an allowed scope is not asked for again', async () => {
    const { form } = await askedFor({ scope: 'openid email' })
    await decide(form, 'allow')
    const claims = JSON.stringify({ id_token: { email: null } })
    expect((await shop.tokens(session, { scope: 'openid', claims })).scope).toBe('openid')
  })

  test('a requested claim is released only with its scope', async () => {
    const narrow = new RelyingParty(url, 'narrow')
    await narrow.register({ core: { scopes: ['openid', 'profile'] } })
    const claims = JSON.stringify({ id_token: { given_name: null, email: null } })
    const { id_token } = await narrow.tokens(session, { scope: 'openid', claims })
    expect(claimsIn(id_token)).toMatchObject({ given_name: 'Alex' })
    expect(claimsIn(id_token)).not.toHaveProperty('email')
  })
})

test('the page of response_mode=form_post runs its own script and posts its form', async () => {
  const client = new RelyingParty(url, 'form-poster')
  await client.register()
  const page = await visit(client.request({ response_mode: 'form_post' }).url, session)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const policy = page.headers.get('content-security-policy') ?? ''
  const script = /<script>(.*?)<\/script>/s.exec(page.text)?.[1] ?? ''
  expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/sandbox|form-action/)
})
