import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { authorizedKeys } from '../../secrets/authorized-keys.ts'
import type { IdentityPort, SecretsPort } from '../ports/ports.ts'
import { amsterJwtDecision } from './amster-jwt-decision.ts'

const now = 1_700_000_000_000
const folder = mkdtempSync(join(tmpdir(), 'sidegate-keys-'))
const file = join(folder, 'security', 'keys', 'amster', 'authorized_keys')
const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ed: generateKeyPairSync('ed25519'),
}
const signatures = { rsa: 'RS256', ec: 'ES256', ed: 'EdDSA' }

beforeAll(() => mkdirSync(join(file, '..'), { recursive: true }))
beforeEach(() => writeFileSync(file, `# keys\n\n${line(pairs.rsa.publicKey)} ann@desk\n`))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes a key like `ssh-keygen`. */
function line(key: KeyObject): string {
  const {
    kty,
    e = '',
    n = '',
    x = '',
    y = '',
    crv,
  } = createPublicKey(key.export({ type: 'spki', format: 'pem' })).export({
    format: 'jwk',
  })
  const bytes = (text: string) => Buffer.from(text, 'base64url')
  const number = (text: string) =>
    (bytes(text)[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes(text)]) : bytes(text)
  const fields: Record<string, (string | Buffer)[]> = {
    RSA: ['ssh-rsa', number(e), number(n)],
    EC: ['ecdsa-sha2-nistp256', 'nistp256', Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)])],
    OKP: ['ssh-ed25519', bytes(x)],
  }
  const members = fields[kty ?? ''] ?? []
  expect([undefined, 'P-256', 'Ed25519']).toContain(crv)
  const blob = members.map((field) => {
    const content = Buffer.from(field)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    return Buffer.concat([length, content])
  })
  return `${members[0]} ${Buffer.concat(blob).toString('base64')}`
}

const sign = (kind: keyof typeof pairs = 'rsa', claims: object = {}, key = pairs[kind].privateKey) =>
  new SignJWT({ sub: 'amadmin', nonce: 'fresh', exp: now / 1000 + 60, ...claims })
    .setProtectedHeader({ alg: signatures[kind] })
    .sign(key)

const identities: Partial<IdentityPort> = {
  find: async (name) => (name === 'amadmin' ? { _id: 'u-1', userName: 'amadmin' } : undefined),
}
const ports = {
  identities: identities as IdentityPort,
  authorizedKeys: authorizedKeys(folder),
  secrets: { hex: (length) => 'f'.repeat(length) } as SecretsPort,
}

const decide = (token: string, { clientIp = '127.0.0.1', config = {}, nonce = 'fresh' } = {}) =>
  runNode(amsterJwtDecision, {
    ports,
    config,
    secure: { 'amster.nonce': nonce },
    context: { now },
    request: { clientIp },
    answers: [answer('HiddenValueCallback', token)],
  })

test('sends a nonce', async () => {
  const { action, state } = await runNode(amsterJwtDecision, { ports })
  expect(callbacksOf(action)).toEqual([
    { type: 'HiddenValueCallback', output: { value: 'f'.repeat(32), id: 'jwt' } },
  ])
  expect(state.transient).toEqual({ 'amster.nonce': 'f'.repeat(32) })
})

test('takes the outcome true for a token signed with an authorized key, and identifies its person', async () => {
  const { action, state } = await decide(await sign())
  expect(action).toEqual({ kind: 'goTo', outcome: 'true', identified: { kind: 'user', name: 'amadmin' } })
  expect(state).toMatchObject({ shared: { username: 'amadmin' }, secure: {} })
})

test.each(['ec', 'ed'] as const)('a key may be of kind %s', async (kind) => {
  writeFileSync(file, `ssh-dss AAAA\n${line(pairs.rsa.publicKey)}\n${line(pairs[kind].publicKey)}`)
  expect(outcomeOf((await decide(await sign(kind))).action)).toBe('true')
})

test.each([
  ['another nonce', { nonce: 'old' }],
  ['no nonce', { nonce: undefined }],
  ['no expiry', { exp: undefined }],
  ['an expiry in the past', { exp: now / 1000 - 1 }],
  ['no subject', { sub: undefined }],
  ['an unknown person', { sub: 'ann' }],
])('takes the outcome false for a token with %s', async (_, claims) => {
  const { action, state, log } = await decide(await sign('rsa', claims))
  expect(action).toEqual({ kind: 'goTo', outcome: 'false' })
  expect(state.shared).toEqual({})
  expect(log).toEqual([{ level: 'warn', message: 'token rejected' }])
})

test('takes the outcome false for a token signed with another key', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  expect(outcomeOf((await decide(await sign('rsa', {}, privateKey))).action)).toBe('false')
  expect(outcomeOf((await decide('nothing')).action)).toBe('false')
})

test.each([
  ['from="10.0.0.0/8,127.0.0.1"', '127.0.0.1', 'true'],
  ['from="10.0.0.0/8"', '::ffff:10.1.2.3', 'true'],
  ['from="10.0.0.0/8"', '11.1.2.3', 'false'],
  ['from="192.168.1.*"', '192.168.1.7', 'true'],
  ['from="192.168.1.*"', '192.168.11.7', 'false'],
  ['from="!10.0.0.1,10.0.0.*"', '10.0.0.1', 'false'],
  ['from="fd00::/8"', 'fd00::1', 'true'],
  ['from="desk.example.com"', '127.0.0.1', 'false'],
  ['no-pty,command="echo a, b",from="127.0.0.1"', '127.0.0.1', 'true'],
  ['cert-authority', '127.0.0.1', 'false'],
  ['expiry-time="20200101"', '127.0.0.1', 'false'],
])('a key with %s, used from %s: %s', async (options, clientIp, outcome) => {
  writeFileSync(file, `${options} ${line(pairs.rsa.publicKey)} ann@desk`)
  expect(outcomeOf((await decide(await sign(), { clientIp })).action)).toBe(outcome)
})

test.each([
  ['is missing', '@BASE_DIR@/none'],
  ['is outside the data folder', '@BASE_DIR@/../authorized_keys'],
  ['is elsewhere', '/etc/ssh/authorized_keys'],
])('rejects a file that %s', async (_, authorizedKeys) => {
  expect(outcomeOf((await decide(await sign(), { config: { authorizedKeys } })).action)).toBe('false')
})
