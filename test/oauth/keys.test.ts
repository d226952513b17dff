import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RelyingParty, visit } from '../support/relying-party.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let server: TestServer
let web: RelyingParty
let session: string

beforeAll(async () => {
  server = await startServer()
  web = new RelyingParty(server.url, 'web')
  await web.register()
  session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
})
afterAll(() => server.stop())

async function keys(method = 'GET', query = '', body?: object, by = 'amadmin') {
  const [password, realm] = by === 'amadmin' ? [adminPassword, '/'] : ['Alex-Pass-2026', 'alpha']
  const answer = await fetch(`${server.url}/json/realms/root/realms/alpha/realm-config/oauth-keys${query}`, {
    method,
    headers: {
      'content-type': 'application/json',
      iplanetdirectorypro: await signIn(server.url, by, password, realm),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.json() }
}

const kidOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid

async function publishedKids(): Promise<string[]> {
  const set = await (await fetch(`${web.issuer}/connect/jwk_uri`)).json()
  expect(JSON.stringify(set)).not.toMatch(/"(d|p|q)":/)
  return set.keys.map(({ kid }: { kid: string }) => kid)
}

const endSession = (id_token_hint: string) =>
  visit(`${web.issuer}/connect/endSession?${new URLSearchParams({ id_token_hint })}`, undefined, {
    headers: { accept: '*/*' },
  })

test('new keys sign at once; old tokens stay valid until their keys are withdrawn', async () => {
  const before = (await web.tokens(session)).id_token
  expect(await publishedKids()).toContain(kidOf(before))
  const rotated = await keys('POST', '?_action=rotate', {})
  expect(rotated.body.result).toMatchObject([
    { number: 2, isSigning: true, keys: [{ alg: 'RS256' }, { alg: 'ES256' }, { alg: 'PS256' }] },
    { number: 1, isSigning: false },
  ])
  expect(JSON.stringify(rotated.body)).not.toMatch(/"(d|n)":/)
  const after = (await web.tokens(session)).id_token
  expect(kidOf(after)).toBe(rotated.body.result[0].keys[0].kid)
  expect(await publishedKids()).toEqual(expect.arrayContaining([kidOf(before), kidOf(after)]))
  expect((await keys()).body).toEqual(rotated.body)

  await keys('POST', '?_action=rotate', { withdraw: true })
  expect(await publishedKids()).toHaveLength(3)
  expect((await endSession(before)).status).toBe(400)
  expect((await endSession((await web.tokens(session)).id_token)).status).toBe(204)
})

test('a client gets ID tokens and answers of userinfo with the signatures that its settings name', async () => {
  const bank = new RelyingParty(server.url, 'bank')
  const userinfo = { userinfoResponseFormat: 'SIGNED_JWT', userinfoSignedResponseAlg: 'RS256' }
  await bank.register({ signing: { idTokenSignedResponseAlg: 'ES256', ...userinfo } })
  // The session of before has ended.
  const own = await signIn(server.url, 'alex', 'Alex-Pass-2026')
  const published = createRemoteJWKSet(new URL(`${bank.issuer}/connect/jwk_uri`))
  const { id_token, access_token } = await bank.tokens(own)
  const expected = { issuer: bank.issuer, audience: 'bank' }
  const idToken = await jwtVerify(id_token, published, { ...expected, algorithms: ['ES256'] })
  const answer = await fetch(`${bank.issuer}/userinfo`, {
    headers: { authorization: `Bearer ${access_token}` },
  })
  expect(answer.headers.get('content-type')).toMatch(/^application\/jwt/)
  const signed = await jwtVerify(await answer.text(), published, { ...expected, algorithms: ['RS256'] })
  expect(signed.payload).toMatchObject({ sub: idToken.payload.sub, preferred_username: 'alex' })
  // Other clients get what they got.
  expect(decodeProtectedHeader((await web.tokens(own)).id_token).alg).toBe('RS256')
  expect((await endSession(id_token)).status).toBe(204)
})

test('keys are for administrators', async () => {
  expect((await keys('GET', '', undefined, 'alex')).status).toBe(403)
  expect((await keys('POST', '?_action=rotate', { withdraw: 'yes' })).body).toMatchObject({
    code: 400,
    message: 'withdraw: must be true or false',
  })
})
