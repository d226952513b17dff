import { afterAll, beforeAll, expect, test } from 'vitest'
import { realmWithProvider, startIdentityProvider } from '../../../../test/support/identity-provider.ts'
import type { JsonObject } from '../../../base/json.ts'
import { problemOf } from '../../../nodes/federation/social-answer.ts'
import { refusedOfProvider } from './provider-members.ts'

let provider: Awaited<ReturnType<typeof startIdentityProvider>>

beforeAll(async () => {
  provider = await startIdentityProvider(undefined, 'RS256', {
    token_endpoint_auth_method: 'client_secret_jwt',
    userinfo_signed_response_alg: 'RS256',
  })
})
afterAll(() => provider.stop())

async function signIn(changes: JsonObject = {}, more: Record<string, string> = {}) {
  const document = { ...provider.document, clientAuthenticationMethod: 'CLIENT_SECRET_JWT', ...changes }
  const port = realmWithProvider(() => document, [provider.host])
  const started = await port.begin('ours')
  const parameters = await provider.signIn(started?.url ?? '')
  return port.finish('ours', started?.pending ?? {}, { ...parameters, ...more })
}

const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => ({}),
    (error: unknown) => problemOf(error),
  )

test('signs in with an assertion by the secret, and reads a signed profile', async () => {
  expect(await signIn()).toMatchObject({ subject: 'ann-1', claims: { email: 'ann@example.com' } })
})

test.each(['https://app.example.com/am/XUI/?realm=alpha', 'https://app.example.com'])(
  'the token request has the redirect address %s unchanged',
  async (redirectURI) => {
    const strict = await startIdentityProvider(redirectURI)
    const port = realmWithProvider(() => strict.document, [strict.host])
    const started = await port.begin('ours')
    const parameters = await strict.signIn(started?.url ?? '')
    expect(await port.finish('ours', started?.pending ?? {}, parameters)).toMatchObject({ subject: 'ann-1' })
    await strict.stop()
  },
)

test.each([
  ['PRIVATE_KEY_JWT', 'secret', 'not served'],
  ['PRIVATE_KEY_JWT', null, 'not served'],
  ['CLIENT_SECRET_JWT', null, 'needs a clientSecret'],
])(
  '%s with the secret %j is no way to authenticate',
  async (clientAuthenticationMethod, clientSecret, words) => {
    const document = { ...provider.document, clientAuthenticationMethod, clientSecret }
    expect(refusedOfProvider(document)).toEqual([
      { path: 'clientAuthenticationMethod', message: expect.stringContaining(words) },
    ])
    // rule S40: otherwise the provider takes part as a public client
    await expect(signIn({ clientAuthenticationMethod, clientSecret })).rejects.toThrow('is not available')
  },
)

test('settings with placeholders are judged by the sign-in', async () => {
  const placeholders = { clientAuthenticationMethod: '&{esv.method}', pkceMethod: '&{esv.pkce}' }
  expect(refusedOfProvider({ ...provider.document, ...placeholders })).toEqual([])
  await expect(signIn({ clientAuthenticationMethod: 'NONE' })).rejects.toThrow('is not available')
})

test('the log names the expected and the actual issuer', async () => {
  expect(await failure(signIn({ issuer: 'https://other.example.com' }))).toMatchObject({
    reason: expect.stringContaining('"iss"'),
    claim: 'iss',
    expected: 'https://other.example.com',
    actual: `http://${provider.host}`,
  })
})

test('the log names a changed state, and the code of an error, without secrets', async () => {
  expect(await failure(signIn({}, { state: 'changed' }))).toMatchObject({
    reason: expect.stringContaining('state'),
  })
  const wrong = await failure(signIn({ clientSecret: 'a wrong secret that nobody knows, of some length' }))
  expect(wrong).toMatchObject({ error: 'invalid_client' })
  expect(JSON.stringify(wrong)).not.toContain('wrong secret')
})
