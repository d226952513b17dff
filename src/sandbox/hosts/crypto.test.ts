import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../base/json.ts'
import { answerCryptoCall } from './crypto.ts'
import { createEngineCalls } from './engine-calls.ts'
import { generateJwt, validateJwtClaims } from './jwt.ts'
import { createSlowGate, type SlowTurn } from './slow-calls.ts'

const run = () => ({ realm: '/alpha', count: 0 })
const call = (op: string, ...args: Json[]) => answerCryptoCall({ op, args }, createSlowGate()(run()))
const encode = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64')

/** Numbers of so many bits, which make no real key. */
const number = (bits: number) => Buffer.alloc(bits / 8, 0xff).toString('base64url')

/** Fast to make. */
const pair = generateKeyPairSync('rsa', { modulusLength: 1024 })
const real = pair.privateKey.export({ format: 'jwk' })

describe('RSA keys of scripts', () => {
  const large: JsonWebKey = { ...real, n: number(4104) }
  const spki = createPublicKey({ key: { kty: 'RSA', n: number(4104), e: 'AQAB' }, format: 'jwk' })
  const pkcs8 = createPrivateKey({ key: large, format: 'jwk' })
  const refused = /at most 4096 bits/

  test.each([
    ['crypto.verify', encode(spki.export({ format: 'der', type: 'spki' })), 'c2ln'],
    ['crypto.encrypt', encode(spki.export({ format: 'der', type: 'spki' }))],
    ['crypto.sign', encode(pkcs8.export({ format: 'der', type: 'pkcs8' }))],
    ['crypto.decrypt', encode(JSON.stringify(large))],
  ])('%s refuses a modulus over 4096 bits', async (op, key, ...rest) => {
    await expect(call(op, { name: 'RSA' }, key, encode('data'), ...rest)).rejects.toThrow(refused)
  })

  test.each(['d', 'p', 'q', 'dp', 'dq', 'qi'])(
    'a small modulus does not hide a large %s, which takes as long',
    async (member) => {
      const key = encode(JSON.stringify({ ...real, [member]: number(65_536) }))
      await expect(call('crypto.sign', { name: 'RSA' }, key, encode('data'))).rejects.toThrow(refused)
    },
  )

  test('zeros in front do not count', async () => {
    const n = Buffer.concat([Buffer.alloc(1000), Buffer.from(real.n ?? '', 'base64url')]).toString(
      'base64url',
    )
    const key = encode(JSON.stringify({ ...real, n }))
    expect(await call('crypto.sign', { name: 'RSA' }, key, encode('data'))).toHaveLength(172)
  })

  test.each([
    ['crypto.sign', 'HMAC'],
    ['crypto.decrypt', 'AES'],
    ['crypto.verify', 'HMAC', encode('signature')],
    ['crypto.encrypt', 'AES'],
  ])('%s waits for its turn with a key pair, and not with a secret', async (op, secretName, ...rest) => {
    const gate = createSlowGate()
    let end = () => {}
    const held = new Promise<void>((resolve) => {
      end = resolve
    })
    const busy = [1, 2].map(() => gate(run()).brief(() => held))
    const isPrivate = op === 'crypto.sign' || op === 'crypto.decrypt'
    const der = isPrivate
      ? pair.privateKey.export({ format: 'der', type: 'pkcs8' })
      : pair.publicKey.export({ format: 'der', type: 'spki' })
    const ask = (name: string, key: Buffer) => {
      const args = [{ name }, encode(key), encode('data'), ...rest]
      return answerCryptoCall({ op, args }, gate(run())).catch(() => 'refused')
    }
    let isDone = false
    const waiting = ask('RSA', der).finally(() => {
      isDone = true
    })
    await ask(secretName, Buffer.alloc(32))
    expect(isDone).toBe(false)
    end()
    await Promise.all([waiting, ...busy])
    expect(isDone).toBe(true)
  })

  test.each([
    ['jwtAssertion.generateJwt', { jwsAlgorithm: 'RS256', privateKey: { ...real, q: number(8192) } }],
    ['jwtAssertion.generateJwt', { jwsAlgorithm: 'RS256', privateKey: { ...real, n: number(8192) } }],
    ['jwtValidator.validateJwtClaims', { jwt: 'a.b.c', signingKey: { ...real, n: number(8192) } }],
  ])('%s refuses large keys', async (op, data) => {
    const answer = createEngineCalls(undefined, () => 0)
    const args = [{ jwtType: 'SIGNED', issuer: 'me', ...data } as Json]
    await expect(answer({ op, args }, run())).rejects.toThrow(refused)
  })

  test('JWTs wait for their turn if their key is of RSA', async () => {
    let turns = 0
    const turn: Pick<SlowTurn, 'brief'> = {
      brief(work) {
        turns++
        return work()
      },
    }
    const made = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const long = JSON.stringify(made.privateKey.export({ format: 'jwk' }))
    const secret = encode('s'.repeat(32))
    const common = { jwtType: 'SIGNED', issuer: 'me', validityMinutes: 5 }
    const check = (jwt: string | null, signingKey: Json) =>
      validateJwtClaims({ ...common, jwt, signingKey }, 0, turn)
    const quick = await generateJwt({ ...common, jwsAlgorithm: 'HS256', signingKey: secret }, 0, turn)
    expect(await check(quick, secret)).toMatchObject({ issuer: 'me' })
    expect(turns).toBe(0)
    const slow = await generateJwt({ ...common, jwsAlgorithm: 'RS256', privateKey: long }, 0, turn)
    expect(turns).toBe(1)
    expect(await check(slow, long)).toMatchObject({ issuer: 'me' })
    expect(turns).toBe(2)
  })
})

describe('checkBcrypt', () => {
  const check = (hash: string, password: string) => call('crypto.checkBcrypt', hash, password)

  // Openwall's vectors of crypt_blowfish. For ASCII, the three versions have the same hashes.
  test.each(['2a', '2b', '2y'])('checks hashes of version %s', async (version) => {
    const hash = `$${version}$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW`
    expect([await check(hash, 'U*U'), await check(hash, 'U*U*'), await check(hash, '')]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('ignores what comes after 72 bytes, as bcrypt does', async () => {
    const hash = '$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui'
    const password = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
    expect(await check(hash, `${password}chars after 72 are ignored`)).toBe(true)
  })

  test.each(['13', '14', '31', '99'])('refuses a cost of %s before it is spent', async (cost) => {
    const hash = `$2b$${cost}$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW`
    await expect(check(hash, 'U*U')).rejects.toMatchObject({
      code: 400,
      message: `The hash has a cost of ${cost}, and at most 12 is checked`,
    })
  })

  test.each([
    '',
    'plain',
    '$2a$10$x',
    '$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
    '$2a$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
    '$2a$+5$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
  ])('%j is no bcrypt hash, and isn’t repeated', async (hash) => {
    await expect(check(hash, 'secret')).rejects.toMatchObject({
      code: 400,
      message: 'The hash must be a bcrypt hash of version 2a, 2b or 2y',
    })
  })

  test('is a slow calculation', async () => {
    const turn = createSlowGate()({ realm: '/alpha', count: 4 })
    const args = ['$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', 'U*U']
    await expect(answerCryptoCall({ op: 'crypto.checkBcrypt', args }, turn)).rejects.toMatchObject({
      code: 429,
    })
  })
})
