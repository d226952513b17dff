import { createCipheriv, createHmac, generateKeyPairSync, verify } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../create-script-engine.ts'
import { evaluate, run } from '../fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const kind = 'legacyDecision'
const base64 = 'java.util.Base64.getEncoder().encodeToString'
const spec = 'javax.crypto.spec'

const outcomeOf = async (source: string) => (await run(engine, source, { kind })).outcome

describe('javax.crypto.Mac', () => {
  const mac = (algorithm: string) => `var mac = javax.crypto.Mac.getInstance('${algorithm}')
    mac.init(new ${spec}.SecretKeySpec(new java.lang.String('kéy').getBytes(), '${algorithm}'))\n`

  test.each([
    ['HmacSHA1', 'sha1'],
    ['HmacSHA256', 'sha256'],
    ['HMACSHA384', 'sha384'],
    ['HmacSHA512', 'sha512'],
  ])('%s signs as other servers do', async (algorithm, hash) => {
    const source = `${mac(algorithm)} mac.update('da'.getBytes()); outcome = ${base64}(mac.doFinal('ta'.getBytes()))`
    expect(await outcomeOf(source)).toBe(createHmac(hash, 'kéy').update('data').digest('base64'))
  })

  test('starts again after a signature', async () => {
    const source = `${mac('HmacSHA256')} mac.doFinal('a'.getBytes())
      outcome = ${base64}(mac.doFinal('b'.getBytes())) === ${base64}(mac.doFinal('b'.getBytes()))`
    expect(await outcomeOf(source)).toBe(true)
  })

  test.each([
    ["javax.crypto.Mac.getInstance('HmacMD5')", 'NoSuchAlgorithmException'],
    ["javax.crypto.Mac.getInstance('HmacSHA256').doFinal('a'.getBytes())", 'MAC not initialized'],
  ])('%s throws as Java does', async (source, message) => {
    await expect(run(engine, source, { kind })).rejects.toThrow(message)
  })
})

describe('javax.crypto.Cipher', () => {
  const setup = `var Cipher = javax.crypto.Cipher
    var key = new ${spec}.SecretKeySpec('0123456789abcdef'.getBytes(), 'AES')\n`

  test('decrypts what another server encrypted', async () => {
    const cipher = createCipheriv('aes-128-cbc', '0123456789abcdef', 'fedcba9876543210')
    const secret = Buffer.concat([cipher.update('secret'), cipher.final()]).toString('base64')
    const source = `${setup} var cipher = Cipher.getInstance('AES/CBC/PKCS5Padding')
      cipher.init(Cipher.DECRYPT_MODE, key, new ${spec}.IvParameterSpec('fedcba9876543210'.getBytes()))
      outcome = String(new java.lang.String(cipher.doFinal(java.util.Base64.getDecoder().decode('${secret}'))))`
    expect(await outcomeOf(source)).toBe('secret')
  })

  test.each([
    ['AES/CBC/PKCS5Padding', (iv: string) => `new ${spec}.IvParameterSpec(${iv})`],
    ['AES/GCM/NoPadding', (iv: string) => `new ${spec}.GCMParameterSpec(128, ${iv})`],
  ])('%s encrypts with a random IV, and decrypts', async (name, specification) => {
    const source = `${setup} var one = Cipher.getInstance('${name}'), two = Cipher.getInstance('${name}')
      one.init(Cipher.ENCRYPT_MODE, key); var secret = one.doFinal('data'.getBytes())
      two.init(Cipher.DECRYPT_MODE, key, ${specification('one.getIV()')})
      outcome = [String(new java.lang.String(two.doFinal(secret))), one.getIV().length]`
    expect(await outcomeOf(source)).toEqual(['data', name.includes('GCM') ? 12 : 16])
  })

  test.each([
    [`javax.crypto.Cipher.getInstance('AES')`, 'Cipher AES is not available: use AES/CBC'],
    [`javax.crypto.Cipher.getInstance('AES/CBC/PKCS5Padding').doFinal([1])`, 'Cipher not initialized'],
    [`${setup} Cipher.getInstance('AES/GCM/NoPadding').init(Cipher.DECRYPT_MODE, key)`, 'an IV is needed'],
    [`new ${spec}.GCMParameterSpec(32, [1])`, 'the tag must have 128 bits'],
  ])('%s throws as Java does', async (source, message) => {
    await expect(run(engine, source, { kind })).rejects.toThrow(message)
  })
})

test.each([
  [
    'var out = new java.io.ByteArrayOutputStream(); out.write("ab".getBytes()); out.write(99); out.write([1, 100, 2], 1, 1)',
    '[out.size(), String(out.toString()), out.toByteArray().length]',
    [4, 'abcd', 4],
  ],
  ['', 'org.forgerock.openam.shared.security.ThreadLocalSecureRandom.nextBytes(16).length', 16],
  ['var array = [0, 0]; new java.security.SecureRandom().nextBytes(array)', 'array.length', 2],
  ['', '[java.util.Map.of("a", 1).get("a"), java.util.Objects.isNull(null)]', [1, true]],
  ['', 'java.lang.Character.isDigit("5") && !java.lang.Character.isDigit("x")', true],
  ['', 'java.lang.Float.parseFloat("1.5") + java.lang.Short.parseShort("2")', 3.5],
])('%s %s', async (setup, expression, value) => {
  expect(await outcomeOf(`${setup}; outcome = ${expression}`)).toEqual(value)
})

test.each([
  'new java.lang.Exception("no")',
  'new org.forgerock.oauth2.core.exceptions.InvalidScopeException("no")',
])('a script throws %s', async (exception) => {
  expect(await outcomeOf(`try { throw ${exception} } catch (e) { outcome = e.message }`)).toBe('no')
})

describe('RSA keys of the JOSE classes', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = JSON.stringify(pair.privateKey.export({ format: 'jwk' }))
  const setup = `var jose = org.forgerock.json.jose, jwk = jose.jwk.RsaJWK.parse('${jwk}')
    function keyFor(key) {
      var builder = new org.forgerock.secrets.SecretBuilder()
      builder.secretKey(key).stableId('me')
      return new org.forgerock.secrets.keys.SigningKey(builder)
    }
    var claims = new jose.jwt.JwtClaimsSet(); claims.setIssuer('me'); claims.addAudience('them')
    function make(handler, alg) {
      return new jose.builders.JwtBuilderFactory().jws(handler).headers().alg(jose.jws.JwsAlgorithm[alg]).done().claims(claims).build()
    }
    function isValid(token, key) {
      return new jose.builders.JwtBuilderFactory().reconstruct(token, jose.jws.SignedJwt).verify(new jose.jws.handlers.SecretRSASigningHandler(key))
    }
    var signing = new jose.jws.handlers.SecretRSASigningHandler(keyFor(jwk.toRSAPrivateKey()))\n`

  test('sign a token that other servers can verify', async () => {
    const [token, isValid] = (await outcomeOf(
      `${setup} var token = make(signing, 'RS256'); outcome = [String(token), isValid(token, jwk.toRSAPublicKey())]`,
    )) as [string, boolean]
    const [header, body, signature = ''] = token.split('.')
    const isSigned = verify(
      'sha256',
      Buffer.from(`${header}.${body}`),
      pair.publicKey,
      Buffer.from(signature, 'base64url'),
    )
    expect([isSigned, isValid]).toEqual([true, true])
    expect(JSON.parse(Buffer.from(`${body}`, 'base64url').toString())).toEqual({ iss: 'me', aud: ['them'] })
  })

  test('reject a token that was signed with the public key as a secret', async () => {
    const source = `${setup} var secret = jwk.toRSAPublicKey().key
      var forged = make(new jose.jws.handlers.HmacSigningHandler(java.util.Base64.getDecoder().decode(secret)), 'HS256')
      outcome = [typeof secret, isValid(forged, jwk.toRSAPublicKey())]`
    expect(await outcomeOf(source)).toEqual(['string', false])
  })

  test('sign only with algorithms of their kind', async () => {
    await expect(run(engine, `${setup} make(signing, 'HS256')`, { kind })).rejects.toThrow(
      'does not fit HS256',
    )
  })

  test('the public key has no private part', async () => {
    const key = await evaluate(engine, `(function () { ${setup} return jwk.toRSAPublicKey().key })()`, {
      kind,
    })
    expect(Object.keys(JSON.parse(Buffer.from(String(key), 'base64').toString()))).toEqual(['kty', 'n', 'e'])
  })
})
