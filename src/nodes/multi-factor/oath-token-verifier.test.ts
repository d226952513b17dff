import { generateSync } from 'otplib'
import { expect, test } from 'vitest'
import { answer, callbacksOf, noAttemptChecked, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { devicesInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import { base32, counterOf } from '../../people/devices/oath-code.ts'
import { newOathDevice, type OathDevice } from './oath-device.ts'
import { oathTokenVerifier } from './oath-token-verifier.ts'

const secret = 'ab'.repeat(20)
const now = 1_700_000_010_000
const step = Math.floor(now / 30_000)
const shared = { username: 'kim' }

const codeAt = (counter: number, digits: 6 | 8 = 6, algorithm: 'sha1' | 'sha256' = 'sha1') =>
  generateSync({ strategy: 'hotp', secret: Buffer.from(secret, 'hex'), counter, digits, algorithm })

const submitted = (code: string, button = 0) => [
  answer('NameCallback', code),
  answer('ConfirmationCallback', button),
]

function verification(change: Partial<OathDevice>, given: Parameters<typeof runNode>[1] = {}) {
  const device = { ...newOathDevice('one', secret, 0), ...change } as OathDevice
  const { devices, saved } = devicesInMemory({ oath: [device] })
  const ports = { devices, oath: { base32, counterOf }, identities: onlyKim, ...given.ports }
  return { saved, run: runNode(oathTokenVerifier, { shared, context: { now }, ...given, ports }) }
}

async function outcomeFor(code: string, change: Partial<OathDevice> = {}, config = {}) {
  const { run, saved } = verification(change, { config, answers: submitted(code) })
  const { action, log, state } = await run
  return { outcome: outcomeOf(action), device: saved.oath?.[0], log, state, action }
}

test('asks for the code', async () => {
  const { action } = await verification({}).run
  expect(callbacksOf(action)).toEqual([
    { type: 'NameCallback', output: { prompt: 'Enter verification code' } },
    {
      type: 'ConfirmationCallback',
      output: { prompt: '', messageType: 0, options: ['Submit'], optionType: -1, defaultOption: 0 },
    },
  ])
})

test('offers recovery codes if allowed', async () => {
  const config = { isRecoveryCodeAllowed: true }
  const asked = await verification({}, { config }).run
  expect(callbacksOf(asked.action)[1]?.output.options).toEqual(['Submit', 'Use recovery code'])
  const { action } = await verification({}, { config, answers: submitted('', 1) }).run
  expect(outcomeOf(action)).toBe('recoveryCodeOutcome')
})

test('ignores the button for recovery codes if not allowed', async () => {
  const { action } = await verification({}, { answers: submitted('000000', 1) }).run
  expect(outcomeOf(action)).toBe('failureOutcome')
})

test('accepts the current code and updates the device', async () => {
  const { outcome, device, state, action } = await outcomeFor(codeAt(step))
  expect(outcome).toBe('successOutcome')
  expect(device).toMatchObject({ lastLogin: step * 30, clockDriftSeconds: 0, lastAccessDate: now })
  expect(state.shared.NodeType).toBe('AuthenticatorOATH|')
  expect(action).toMatchObject({ sessionProperties: { NodeType: 'AuthenticatorOATH|' } })
})

test('keeps earlier kinds of authentication', async () => {
  const { action } = await verification(
    {},
    { shared: { ...shared, NodeType: 'DataStore|' }, answers: submitted(codeAt(step)) },
  ).run
  expect(action).toMatchObject({ sessionProperties: { NodeType: 'DataStore|AuthenticatorOATH|' } })
})

test('accepts each code once', async () => {
  const { device } = await outcomeFor(codeAt(step))
  const again = await outcomeFor(codeAt(step), device as OathDevice)
  expect(again.outcome).toBe('failureOutcome')
  expect(again.log).toEqual([{ level: 'warn', message: 'The code was used, or is older than one that was' }])
})

test('rejects a code older than the last used one, and accepts the next', async () => {
  const { device } = await outcomeFor(codeAt(step))
  expect((await outcomeFor(codeAt(step - 1), device as OathDevice)).outcome).toBe('failureOutcome')
  expect((await outcomeFor(codeAt(step + 1), device as OathDevice)).outcome).toBe('successOutcome')
})

test.each([
  [-3, 'failureOutcome'],
  [-2, 'successOutcome'],
  [2, 'successOutcome'],
  [3, 'failureOutcome'],
])('takes a clock drift of %i steps to the outcome %s', async (off, outcome) => {
  const { outcome: found, device } = await outcomeFor(codeAt(step + off))
  expect(found).toBe(outcome)
  if (outcome === 'successOutcome') expect(device?.clockDriftSeconds).toBe(off * 30)
})

test('remembers the drift until it is too large', async () => {
  const drifted = { clockDriftSeconds: 4 * 30 }
  expect((await outcomeFor(codeAt(step + 5), drifted)).outcome).toBe('successOutcome')
  const { outcome, log } = await outcomeFor(codeAt(step + 6), drifted)
  expect(outcome).toBe('failureOutcome')
  expect(log).toEqual([{ level: 'warn', message: 'OTP is out of sync.' }])
})

test('supports eight digits and other hashes', async () => {
  const config = { totpHashAlgorithm: 'HMAC_SHA256' }
  expect((await outcomeFor(codeAt(step, 8, 'sha256'), {}, config)).outcome).toBe('successOutcome')
  expect((await outcomeFor(codeAt(step, 8), {}, config)).outcome).toBe('failureOutcome')
})

test('an authenticator with eight digits takes no code of six', async () => {
  const { passwordLength } = newOathDevice('one', secret, 0, 'EIGHT_DIGITS')
  expect((await outcomeFor(codeAt(step, 8), { passwordLength })).outcome).toBe('successOutcome')
  const { outcome, log } = await outcomeFor(codeAt(step), { passwordLength })
  expect(outcome).toBe('failureOutcome')
  expect(log).toEqual([{ level: 'warn', message: 'The code is wrong' }])
})

test('advances the HOTP counter past unused codes', async () => {
  const config = { algorithm: 'HOTP', hotpWindowSize: 10 }
  const { outcome, device } = await outcomeFor(codeAt(17), { counter: 7 }, config)
  expect(outcome).toBe('successOutcome')
  expect(device?.counter).toBe(18)
  const again = await outcomeFor(codeAt(17), device as OathDevice, config)
  expect(again.outcome).toBe('failureOutcome')
  expect(again.log).toEqual([{ level: 'warn', message: 'The code is wrong or was used' }])
  expect((await outcomeFor(codeAt(18), { counter: 7 }, config)).outcome).toBe('failureOutcome')
})

test.each([
  ['1234567', 'Password length should be 6 or 8.'],
  ['', 'Password length should be 6 or 8.'],
  ['abcdef', 'The code is wrong'],
])('rejects %j without logging it', async (code, message) => {
  const { outcome, log, device } = await outcomeFor(code)
  expect(outcome).toBe('failureOutcome')
  expect(log).toEqual([{ level: 'warn', message }])
  expect(device?.lastLogin).toBe(0)
})

test('takes the outcome for people without a device and sets the kind for later nodes', async () => {
  const { devices } = devicesInMemory()
  const ports = { devices, oath: { base32, counterOf }, identities: onlyKim }
  const { action, state } = await runNode(oathTokenVerifier, { shared, ports })
  expect(outcomeOf(action)).toBe('notRegisteredOutcome')
  expect(state.shared.mfaMethod).toBe('oath')
})

test('checks and stores a device that waits in state', async () => {
  const pending = newOathDevice('two', secret, 0)
  const sharedState = { ...shared, oathDeviceProfile: `sealed:${JSON.stringify(pending)}` }
  const { run, saved } = verification(
    { sharedSecret: 'cd'.repeat(20) },
    { shared: sharedState, answers: submitted(codeAt(step)) },
  )
  const { action, state } = await run
  expect(outcomeOf(action)).toBe('successOutcome')
  expect(saved.oath).toMatchObject([{ uuid: 'two', lastLogin: step * 30 }])
  expect(state.shared.oathDeviceProfile).toContain(`"lastLogin":${step * 30}`)
})

test.each([
  ['Expected username to be set.', {}],
  ['Failed to get the identity object', { username: 'nobody' }],
])('fails: %s', async (message, given) => {
  expect((await verification({}, { shared: given }).run).action).toEqual({ kind: 'error', message })
})

test('rejects a right code unchecked after too many wrong attempts, without using it up', async () => {
  const { run, saved } = verification(
    {},
    { answers: submitted(codeAt(step)), ports: { attempts: noAttemptChecked } },
  )
  const { action, log } = await run
  expect(outcomeOf(action)).toBe('failureOutcome')
  expect(saved.oath?.[0]).toMatchObject({ lastLogin: 0 })
  expect(log).toEqual([{ level: 'warn', message: 'Too many wrong attempts: no more are checked for now' }])
})
