import { expect, test } from 'vitest'
import { answer, callbacksOf, noAttemptChecked, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { devicesInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import { newRecoveryCodes } from '../../people/devices/recovery-codes.ts'
import { recoveryCodeCollectorDecision as node } from './recovery-code-collector-decision.ts'

const { codes, hashes } = newRecoveryCodes()
const code = codes[3] ?? ''
const types = { oath: 'OATH', push: 'PUSH', webauthn: 'WEB_AUTHN' } as const

const device = (recoveryCodes: string[]) => ({ uuid: 'one', deviceName: 'Phone', recoveryCodes })

function tried(given: string, kind: 'oath' | 'push' | 'webauthn', shared = { username: 'kim' }, more = {}) {
  const { devices, saved } = devicesInMemory({ [kind]: [device([]), device(hashes)] })
  const recoveryCodeType = types[kind]
  const answers = [answer('NameCallback', given)]
  const ports = { devices, identities: onlyKim, ...more }
  return { saved, run: runNode(node, { config: { recoveryCodeType }, shared, answers, ports }) }
}

test.each([[[]], [[answer('NameCallback', '')]]])('it asks for a code', async (answers) => {
  const ports = { devices: devicesInMemory().devices, identities: onlyKim }
  const { action } = await runNode(node, { answers, ports })
  expect(callbacksOf(action)).toEqual([{ type: 'NameCallback', output: { prompt: 'Recovery Code' } }])
})

test.each([
  ['oath', 'AuthenticatorOATH|', 'OATH'],
  ['push', 'AuthenticatorPushRegistration|', 'PUSH'],
  ['webauthn', 'WebAuthnAuthentication|', 'WEB_AUTHN'],
] as const)('a right code of a device of kind %s is used up', async (kind, NodeType, recoveryCodeType) => {
  const { run, saved } = tried(code, kind)
  const { action } = await run
  expect(outcomeOf(action)).toBe('true')
  expect(action).toMatchObject({ sessionProperties: { NodeType }, auditDetail: { recoveryCodeType } })
  expect(saved[kind]?.map(({ recoveryCodes }) => recoveryCodes.length)).toEqual([0, 9])
  expect(saved[kind]?.[1]?.recoveryCodes).not.toContain(hashes[3])
})

test('a code that devices of several kinds share works once for all of them', async () => {
  const { devices, saved } = devicesInMemory({ oath: [device(hashes)], push: [device(hashes)] })
  const use = (recoveryCodeType: 'OATH' | 'PUSH') =>
    runNode(node, {
      config: { recoveryCodeType },
      shared: { username: 'kim' },
      answers: [answer('NameCallback', code)],
      ports: { devices, identities: onlyKim },
    })
  expect(outcomeOf((await use('PUSH')).action)).toBe('true')
  for (const kind of ['oath', 'push'] as const)
    expect(saved[kind]?.[0]?.recoveryCodes).toEqual(hashes.toSpliced(3, 1))
  expect(outcomeOf((await use('OATH')).action)).toBe('false')
})

test.each([
  ['a wrong code', 'guess', { username: 'kim' }],
  ['an unknown person', code, { username: 'nobody' }],
  ['no username', code, { username: '' }],
])('takes the outcome false for %s', async (_what, given, shared) => {
  const { run, saved } = tried(given, 'oath', shared)
  const { action, log } = await run
  expect(outcomeOf(action)).toBe('false')
  expect(action).toMatchObject({ auditDetail: { recoveryCodeType: 'OATH' } })
  expect(saved.oath?.[1]?.recoveryCodes).toHaveLength(10)
  expect(log).toEqual([{ level: 'warn', message: 'The recovery code is wrong or was used' }])
})

test('rejects a right code unchecked after too many wrong attempts, and keeps it', async () => {
  const { run, saved } = tried(code, 'oath', { username: 'kim' }, { attempts: noAttemptChecked })
  const { action, log } = await run
  expect(outcomeOf(action)).toBe('false')
  expect(saved.oath?.[1]?.recoveryCodes).toHaveLength(10)
  expect(log).toEqual([{ level: 'warn', message: 'Too many wrong attempts: no more are checked for now' }])
})
