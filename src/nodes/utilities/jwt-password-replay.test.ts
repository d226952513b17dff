import { randomBytes } from 'node:crypto'
import { decodeProtectedHeader, jwtDecrypt } from 'jose'
import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { encryptedTokens } from '../../secrets/encrypted-token.ts'
import { jwtPasswordReplay } from './jwt-password-replay.ts'

const key = randomBytes(32)

function run(
  secret: string | undefined,
  transient: JsonObject = { password: 'Pass-Word-1' },
  property?: string,
) {
  const labels: string[] = []
  const web = {
    send: async () => ({ status: 500, body: '' }),
    secret: (label: string) => {
      labels.push(label)
      return secret
    },
  }
  const config = {
    encryptionKeySecretLabelIdentifier: 'replay.key',
    ...(property === undefined ? {} : { jwtSessionProperty: property }),
  }
  return runNode(jwtPasswordReplay, { config, transient, ports: { web, encryption: encryptedTokens } }).then(
    (ran) => ({ ...ran, labels }),
  )
}

test('stores a JWT that a gateway with the same key decrypts', async () => {
  const { action, labels } = await run(key.toString('base64'))
  expect(outcomeOf(action)).toBe('outcome')
  expect(labels).toEqual(['replay.key'])
  const token = action.sessionProperties?.sunIdentityUserPassword ?? ''
  expect(token).not.toContain('Pass-Word-1')
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'dir', enc: 'A128CBC-HS256' })
  expect((await jwtDecrypt(token, key)).payload).toEqual({ password: 'Pass-Word-1' })
  await expect(jwtDecrypt(token, randomBytes(32))).rejects.toThrow()
})

test('uses the session property in its settings', async () => {
  const { action } = await run(key.toString('base64'), undefined, 'replay')
  expect(Object.keys(action.sessionProperties ?? {})).toEqual(['replay'])
})

test.each([
  ['No password to replay', key.toString('base64'), {}, undefined],
  ['No password to replay', key.toString('base64'), { password: '' }, undefined],
  ['No encryption key found', undefined, { password: 'p' }, undefined],
  ['The encryption key is not 32 bytes in base64', 'c2hvcnQ=', { password: 'p' }, undefined],
  ['Cannot set system session property AuthLevel', key.toString('base64'), { password: 'p' }, 'AuthLevel'],
])('fails with %s', async (message, secret, transient, property) => {
  const { action } = await run(secret, transient, property)
  expect(action).toEqual({ kind: 'error', message })
})
