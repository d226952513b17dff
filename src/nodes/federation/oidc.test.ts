import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { IdTokenRules } from '../ports/outside-ports.ts'
import { ScriptFailure, type TransformedProfile } from '../ports/ports.ts'
import { oidc } from './oidc.ts'

const usual = {
  oidcValidationValue: 'https://op.example.com/.well-known/openid-configuration',
  idTokenIssuer: 'https://op.example.com',
  audienceName: 'client',
  authorisedParties: ['client'],
  script: 'script-1',
}

async function check(
  given: {
    config?: JsonObject
    headers?: Record<string, string[]>
    claims?: JsonObject | Error
    made?: JsonObject | Error | 'missing'
  } = {},
) {
  const { config = {}, headers = { oidc_id_token: ['the.id.token'] }, claims = { sub: 'kim' } } = given
  const { made = { userName: 'kim' } } = given
  const asked: { token: string; rules: IdTokenRules }[] = []
  const transformed: [string, TransformedProfile, readonly string[] | undefined][] = []
  const ran = await runNode(oidc, {
    config: { ...usual, ...config },
    request: { headers },
    ports: {
      idTokens: {
        async verify(token, rules) {
          asked.push({ token, rules })
          if (claims instanceof Error) throw claims
          return claims
        },
      },
      transformations: {
        async run(script, profile, inputs) {
          transformed.push([script, profile, inputs])
          if (made instanceof Error) throw made
          return made === 'missing' ? undefined : made
        },
      },
      web: {
        send: () => Promise.reject(new Error('no calls')),
        secret: (label) => (label === 'my.secret' ? 'shared' : undefined),
      },
    },
  })
  return { ...ran, asked, transformed }
}

test('keeps what the script makes of the claims of a valid token', async () => {
  const { action, state, asked, transformed } = await check({ config: { inputs: ['username'] } })
  // It names nobody: a later node has to.
  expect(action).toEqual({ kind: 'goTo', outcome: 'true' })
  expect(state.shared).toEqual({ lookupAttributes: { userName: 'kim' } })
  expect(asked).toEqual([
    {
      token: 'the.id.token',
      rules: {
        source: { kind: 'discovery', url: usual.oidcValidationValue },
        issuer: 'https://op.example.com',
        audience: 'client',
        authorisedParties: ['client'],
        maxLifetimeSeconds: 3600,
      },
    },
  ])
  expect(transformed).toEqual([['script-1', { jwtClaims: { sub: 'kim' }, selectedIdp: '' }, ['username']]])
})

test('keeps the key to which a token is bound', async () => {
  const cnf = { jkt: 'thumbprint' }
  const { state } = await check({ claims: { sub: 'kim', cnf } })
  expect(state.shared['org.forgerock.openam.authentication.modules.jwtpop.cnf']).toEqual(cnf)
})

test('an invalid token leads to False, and its script doesn’t run', async () => {
  const { action, state, log, transformed } = await check({ claims: new Error('wrong') })
  expect([outcomeOf(action), state.shared, transformed]).toEqual(['false', {}, []])
  expect(log).toEqual([{ level: 'warn', message: 'the ID token is not valid' }])
})

test.each<[Record<string, string[]>]>([
  [{}],
  [{ oidc_id_token: [''] }],
  [{ oidc_id_token: ['a.b.c', 'd.e.f'] }],
  [{ authorization: ['a.b.c'] }],
])('without one token in the header: False for %j', async (headers) => {
  const { action, asked } = await check({ headers })
  expect([outcomeOf(action), asked]).toEqual(['false', []])
})

test('reads the header of its settings, ignoring case', async () => {
  const { asked } = await check({ config: { headerName: 'X-Token' }, headers: { 'x-token': [' a.b.c '] } })
  expect(asked[0]?.token).toBe('a.b.c')
})

test.each<[JsonObject, IdTokenRules['source']]>([
  [{ oidcValidationType: 'JWK_URL' }, { kind: 'keys', url: usual.oidcValidationValue }],
  [
    { oidcValidationType: 'CLIENT_SECRET', oidcValidationValue: '', secretId: 'my.secret' },
    { kind: 'secret', secret: 'shared' },
  ],
])('takes the key from where %j says', async (config, source) => {
  expect((await check({ config })).asked[0]?.rules.source).toEqual(source)
})

test.each<[JsonObject]>([
  [{ oidcValidationValue: '' }],
  [{ oidcValidationType: 'JWK_URL', oidcValidationValue: ' ' }],
  [{ oidcValidationType: 'CLIENT_SECRET' }],
  [{ oidcValidationType: 'CLIENT_SECRET', secretId: 'other' }],
])('fails without a key: %j', async (config) => {
  const { action, asked } = await check({ config })
  expect(action).toMatchObject({ message: 'No key for ID tokens is configured' })
  expect(asked).toEqual([])
})

test.each([
  [{ config: { script: '[Empty]' } }, 'no script is chosen'],
  [{ made: 'missing' as const }, "the realm has no script 'script-1'"],
  [{ made: new ScriptFailure('boom (Claims#1)') }, 'boom (Claims#1)'],
])('fails if the script can’t run: %j', async (given, why) => {
  const { action, state } = await check(given)
  expect(action).toMatchObject({ message: `Claim transformation failed: ${why}` })
  expect(state.shared).toEqual({})
})

test.each([
  { idTokenIssuer: '' },
  { audienceName: '' },
  { headerName: '' },
  { unreasonableLifetimeLimit: 0 },
])('settings without %j are refused', (config) => {
  expect(oidc.config.safeParse({ ...usual, ...config }).success).toBe(false)
})
