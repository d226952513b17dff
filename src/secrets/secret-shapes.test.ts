import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { isPrivateMember, isSecretForm, placeholder } from './secret-shapes.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' })
const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
const pkcs1 = privateKey.export({ format: 'der', type: 'pkcs1' })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const edwards = generateKeyPairSync('ed25519').privateKey

test.each([
  ['PEM', String(pem)],
  ['PEM within other text', `key = ${pem}`],
  ['PEM as base64', Buffer.from(pem).toString('base64')],
  ['PKCS #8 as base64', pkcs8.toString('base64')],
  ['PKCS #8 as base64 in lines', pkcs8.toString('base64').replace(/(.{64})/g, '$1\n')],
  ['PKCS #8 as base64url', pkcs8.toString('base64url')],
  ['PKCS #1 as base64', pkcs1.toString('base64')],
  ['SEC1 as base64', ec.export({ format: 'der', type: 'sec1' }).toString('base64')],
  ['an Edwards key as base64', edwards.export({ format: 'der', type: 'pkcs8' }).toString('base64')],
  ['a value that the vendor encrypted', { $crypto: { type: 'x-simple-encryption' } }],
])('recognizes a private key in %s', (_, value) => {
  expect(isSecretForm(value)).toBe(true)
})

test.each([
  ['a public key', publicKey.export({ format: 'der', type: 'spki' }).toString('base64')],
  ['a public key in PEM', String(publicKey.export({ format: 'pem', type: 'spki' }))],
  ['a script as base64', Buffer.from('var x = "0123456789"; '.repeat(20)).toString('base64')],
  ['a sentence', 'A private key is a secret that only its owner may know, and nobody else.'],
  ['an object', { a: 1 }],
])('leaves %s alone', (_, value) => {
  expect(isSecretForm(value)).toBe(false)
})

test('knows the private members of a JSON Web Key, and only of one', () => {
  const key = { kty: 'RSA', n: 'n', e: 'AQAB', d: 'private', k: 'private' }
  expect(Object.keys(key).filter((name) => isPrivateMember(key, name))).toEqual(['d', 'k'])
  expect(isPrivateMember({ d: 'a day' }, 'd')).toBe(false)
})

test.each([
  ['&{esv.bind.password}', true],
  ['$'.concat('{bind.password}'), true],
  ['&{esv.bind.password|changeit}', false],
  ['$'.concat('{bind.password|changeit}'), false],
  ['&{esv.a}&{esv.b}', false],
])('takes %s for a value elsewhere: %s', (text, isElsewhere) => {
  expect(placeholder.test(text)).toBe(isElsewhere)
})
