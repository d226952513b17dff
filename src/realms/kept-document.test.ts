import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { JsonObject } from '../base/json.ts'
import { keptDocument } from './kept-document.ts'

const hidden = 'hidden-value'
const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' })

test.each<[string, JsonObject]>([
  ['a text', { bindPassword: hidden }],
  ['a number', { pin: { password: 4711 } }],
  ['texts in a list', { secretValues: [hidden] }],
  ['texts in a list in a list', { tokens: [], apiKey: [[hidden]] }],
  ['an object', { password: { $string: hidden } }],
  ['the default of a variable', { password: `&{esv.a|${hidden}}` }],
  ['an object with innocent names', { credentials: { a: { b: [{ c: hidden }] } } }],
  ['a list of objects', { options: [{ privateKeys: [{ value: hidden }] }] }],
  ['a JSON Web Key', { keys: [{ kty: 'oct', k: hidden }] }],
  ['a value that the vendor encrypted', { mail: { $crypto: { value: { data: hidden } } } }],
  ['a key as base64 under an innocent name', { material: key.toString('base64') }],
  ['an object under the name of a label', { secretLabel: { value: hidden } }],
  ['a text beside a label', { labelOfSecret: hidden, purposeSecret: hidden }],
  ['a key in a list', { materials: [key.toString('base64')] }],
])('keeps no credential that is %s', (_, document) => {
  const kept = JSON.stringify(keptDocument(document))
  for (const secret of [hidden, '4711', key.toString('base64')]) expect(kept).not.toContain(secret)
  expect(kept).toContain('null')
})

test('keeps what has no credential', () => {
  const document = {
    bindPassword: '&{esv.bind.password}',
    otherPassword: { $string: '&{esv.bind.password}' },
    passwordResetEnabled: true,
    passwordMinLength: 8,
    forgottenPassword: { forgottenPasswordEnabled: false, forgottenPasswordTokenLifetime: 900 },
    list: [1, 'text', { deep: [null] }],
    clientKeySecretLabelIdentifier: 'my.key',
    secretLabel: 'my.secret',
    sharedSecretPurpose: 'branch',
    apiKey: '',
    treeMapping: { resetPassword: 'ResetPassword' },
  }
  expect(keptDocument({ _id: 'a', _rev: '1', _type: {}, ...document })).toEqual(document)
})

test('hides a credential in the section that is named after forgotten passwords', () => {
  expect(keptDocument({ forgottenPassword: { clientSecret: hidden } })).toEqual({
    forgottenPassword: { clientSecret: null },
  })
  expect(keptDocument({ forgottenPassword: hidden })).toEqual({ forgottenPassword: null })
})
