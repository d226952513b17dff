import { generateKeyPairSync } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../create-script-engine.ts'
import { evaluate, run } from '../fixtures/script-job.ts'

const secrets = {
  'scripted.node.api': 'k3y',
  ESV_SCRIPTED_NODE_SIGNING: 'cGFzc3dvcmQ=',
  ESV_OTHER: 'hidden',
}
const engine = createScriptEngine({ workers: 1, secrets })
afterAll(() => engine.close())

describe('secrets', () => {
  test.each([
    ['secrets.getGenericSecret("scripted.node.api").getAsUtf8()', 'k3y'],
    ['secrets.getGenericSecret("scripted.node.api").getAsBytes()[0]', 107],
    ['JSON.stringify(secrets.getSigningKey("scripted.node.signing"))', '{}'],
  ])('%s returns %j', async (expression, value) => {
    expect(await evaluate(engine, expression)).toEqual(value)
    expect(await evaluate(engine, expression, { kind: 'legacyDecision' })).toEqual(value)
  })

  test.each(['scripted.node.none', 'other', '__proto__'])('%s is not accessible', async (id) => {
    await expect(run(engine, `secrets.getGenericSecret('${id}')`)).rejects.toMatchObject({
      fault: 'host',
      message: `Error: Secret id ${id} not accessible (My Script#1)`,
    })
  })
})

const base = `issuer: 'me', subject: 'ann', audience: 'you', type: 'JWT'`
const keys = `signingKey: 'cGFzc3dvcmQ=', encryptionKey: 'Syz1K5XQCZtq7FkE+GNvgZPeFyvUXJdemIW7CQjM18U='`
const made = (type: string, more = '') =>
  `jwtAssertion.generateJwt({ jwtType: '${type}', jwsAlgorithm: 'HS256', ${base}, validityMinutes: 5,
    claims: { a: 'b' }, ${keys}${more} })`
const read = (type: string, more = '') =>
  `jwtValidator.validateJwtClaims({ jwtType: '${type}', jwt: jwt, ${base}, ${keys}${more} })`

describe('tokens', () => {
  test.each(['SIGNED', 'SIGNED_THEN_ENCRYPTED', 'ENCRYPTED_THEN_SIGNED'])(
    '%s: what is made can be validated',
    async (type) => {
      const { outcome } = await run(
        engine,
        `var jwt = ${made(type)}, claims = ${read(type)}
         outcome = [jwt.indexOf('.') > 0, claims.get('issuer'), claims.subject, claims.audience, claims.get('a'),
           claims.type, claims.get('expirationTime') - claims.get('issuedAt')]`,
      )
      expect(outcome).toEqual([true, 'me', 'ann', 'you', 'b', 'JWT', 300])
    },
  )

  test.each([
    ['another issuer', made('SIGNED'), read('SIGNED', `, issuer: 'them'`)],
    ['another audience', made('SIGNED'), read('SIGNED', `, audience: 'them'`)],
    ['another key', made('SIGNED'), read('SIGNED', `, signingKey: 'b3RoZXI='`)],
    ['another claim', made('SIGNED'), read('SIGNED', `, claims: { a: 'c' }`)],
    ['no end', made('SIGNED', ', validityMinutes: null'), read('SIGNED')],
    ['another kind', made('SIGNED'), read('ENCRYPTED_THEN_SIGNED')],
    ['a changed text', `${made('SIGNED')} + 'x'`, read('SIGNED')],
    ['no algorithm', `'eyJhbGciOiJub25lIn0.e30.'`, read('SIGNED')],
    ['no kind', `'x'`, `jwtValidator.validateJwtClaims({ jwt: jwt })`],
  ])('returns null for %s', async (_, make, validate) => {
    expect((await run(engine, `var jwt = ${make}; outcome = ${validate}`)).outcome).toBeNull()
  })

  test('RS256 signs with a JSON Web Key, and a public key never verifies an HMAC', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = (half: typeof privateKey) => JSON.stringify(half.export({ format: 'jwk' }))
    const forged = `{ "kty": "oct", "k": "${Buffer.from(jwk(publicKey)).toString('base64url')}" }`
    const { outcome } = await run(
      engine,
      `var jwt = ${made('SIGNED', `, jwsAlgorithm: 'RS256', privateKey: ${jwk(privateKey)}`)}
       outcome = [${read('SIGNED', `, signingKey: ${jwk(publicKey)}`)}.subject]
       jwt = ${made('SIGNED', `, signingKey: ${forged}`)}
       outcome.push(${read('SIGNED', `, signingKey: ${jwk(publicKey)}`)})`,
    )
    expect(outcome).toEqual(['ann', null])
  })

  test('uses keys of secrets without showing them', async () => {
    const key = `, signingKey: secrets.getSigningKey('scripted.node.signing')`
    const source = `var jwt = ${made('SIGNED', key)}; outcome = ${read('SIGNED')}.subject`
    expect((await run(engine, source)).outcome).toBe('ann')
  })

  test.each([
    ['nothing', 'null'],
    ['no issuer', `{ jwtType: 'SIGNED', jwsAlgorithm: 'HS256', signingKey: 'cGFz' }`],
    ['no key', `{ jwtType: 'SIGNED', jwsAlgorithm: 'HS256', issuer: 'me' }`],
  ])('creates no token from %s', async (_, data) => {
    const source = `try { outcome = jwtAssertion.generateJwt(${data}) } catch (e) { outcome = null }`
    expect((await run(engine, source)).outcome).toBeNull()
  })
})

test('policies throw an explanation', async () => {
  await expect(run(engine, 'policy.evaluate({}, "app", [], {})')).rejects.toThrow(
    'Policy evaluation is not available on this server',
  )
})
