import { FRQRCode, FRStep } from '@forgerock/javascript-sdk'
import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { devicesInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import { encodeCallbacks } from '../../engine/callbacks.ts'
import { base32, counterOf } from '../../people/devices/oath-code.ts'
import type { SecretsPort } from '../ports/ports.ts'
import { oathRegistration } from './oath-registration.ts'

const secrets = { hex: (length: number) => 'ab'.repeat(40).slice(0, length) } as SecretsPort
const shared = { username: 'kim' }
const next = [answer('ConfirmationCallback', 0)]
const oath = { base32, counterOf }

function registration(given: Parameters<typeof runNode>[1] = {}) {
  const { devices, saved } = devicesInMemory()
  const ports = { devices, secrets, oath, identities: onlyKim }
  return { saved, run: runNode(oathRegistration, { shared, ...given, ports }) }
}

async function uriFor(config = {}, more = {}) {
  const { action } = await registration({ config, ...more }).run
  return new URL(String(callbacksOf(action)[2]?.output.value))
}

test('shows text, QR code, URI and button, and keeps the key sealed', async () => {
  const { action, state } = await registration().run
  const callbacks = callbacksOf(action)
  expect(callbacks.map(({ type }) => type)).toEqual([
    'TextOutputCallback',
    'TextOutputCallback',
    'HiddenValueCallback',
    'ConfirmationCallback',
  ])
  const uri = String(callbacks[2]?.output.value)
  expect(callbacks[0]?.output).toEqual({
    message:
      'Scan the QR code image below with the ForgeRock Authenticator app to register your device with your login.',
    messageType: '0',
  })
  expect(callbacks[1]?.output).toEqual({ message: expect.stringContaining(uri), messageType: '4' })
  expect(callbacks[2]?.output).toEqual({ value: uri, id: 'mfaDeviceRegistration' })
  expect(callbacks[3]?.output).toMatchObject({ options: ['Next'], messageType: 0, optionType: -1 })
  expect(state.shared.oathDeviceProfile).toMatch(/^sealed:/)
  expect(state.shared.oathEnableRecoveryCode).toBe(true)
})

test('is recognized by the vendor’s SDK', async () => {
  const callbacks = encodeCallbacks(callbacksOf((await registration().run).action))
  const step = new FRStep({ authId: '', callbacks: callbacks as never })
  expect(FRQRCode.isQRCodeStep(step)).toBe(true)
  expect(FRQRCode.getQRCodeData(step)).toMatchObject({ use: 'otp', uri: expect.stringMatching(/^otpauth:/) })
})

test('writes the URI for authenticator apps', async () => {
  expect((await uriFor()).href).toBe(
    `otpauth://totp/ForgeRock:kim?secret=${await base32('ab'.repeat(16))}&period=30&digits=6&issuer=ForgeRock&b=032b75`,
  )
})

test('writes the URI according to the settings', async () => {
  const uri = await uriFor({
    issuer: 'Help & Desk',
    accountName: 'EMAIL_ADDRESS',
    bgColor: '#ffffff',
    imgUrl: 'https://example.com/logo.png',
    passwordLength: 'EIGHT_DIGITS',
    totpHashAlgorithm: 'HMAC_SHA256',
    totpTimeInterval: 60,
    minSharedSecretLength: 39,
  })
  expect(uri.pathname).toBe('/Help%20%26%20Desk:kim%40example.com')
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    secret: await base32('ab'.repeat(20)),
    period: '60',
    digits: '8',
    issuer: 'Help & Desk',
    b: 'ffffff',
    image: 'https://example.com/logo.png',
    algorithm: 'SHA256',
  })
})

test('starts HOTP at counter zero, without SHA256', async () => {
  const uri = await uriFor({ algorithm: 'HOTP', totpHashAlgorithm: 'HMAC_SHA256' })
  expect(uri.host).toBe('hotp')
  expect(uri.searchParams.get('counter')).toBe('0')
  expect(uri.searchParams.has('algorithm')).toBe(false)
})

test.each([
  ['COMMON_NAME', 'Kim%20Lee'],
  ['GIVEN_NAME', 'Kim'],
  ['EMPLOYEE_NUMBER', 'kim'],
  ['LAST_NAME', 'kim'],
])('names the account after %s: %s', async (accountName, name) => {
  expect((await uriFor({ accountName })).pathname).toBe(`/ForgeRock:${name}`)
})

test('creates keys of at least 128 bits', async () => {
  const uri = await uriFor({ minSharedSecretLength: 2 })
  expect(uri.searchParams.get('secret')).toBe(await base32('ab'.repeat(16)))
})

test('uses the request’s locale', async () => {
  const config = { scanQRCodeMessage: { fr: 'Scannez.' } }
  const { action } = await registration({ config, request: { locales: ['fr'] } }).run
  expect(callbacksOf(action)[0]?.output.message).toBe('Scannez.')
})

test('stores the device and leaves recovery codes on Next', async () => {
  const asked = await registration().run
  const { run, saved } = registration({ shared: asked.state.shared, answers: next })
  const { action, state, log } = await run
  expect(outcomeOf(action)).toBe('successOutcome')
  expect(saved.oath).toMatchObject([
    { deviceName: 'OATH Device', sharedSecret: 'ab'.repeat(16), counter: 0, lastLogin: 0 },
  ])
  expect(saved.oath?.[0]?.recoveryCodes).toHaveLength(10)
  expect(state.shared).toEqual({ username: 'kim' })
  expect(state.transient).toEqual({
    recoveryCodes: expect.objectContaining({ length: 10 }),
    recoveryCodeDeviceName: 'OATH Device',
  })
  expect(log).toEqual([])
})

test('creates no recovery codes if disabled', async () => {
  const config = { generateRecoveryCodes: false }
  const asked = await registration({ config }).run
  const { run, saved } = registration({ config, shared: asked.state.shared, answers: next })
  expect((await run).state.transient).toEqual({})
  expect(saved.oath?.[0]?.recoveryCodes).toEqual([])
})

test('leaves a postponed device in state without storing it', async () => {
  const config = { postponeDeviceProfileStorage: true }
  const asked = await registration({ config }).run
  const { run, saved } = registration({ config, shared: asked.state.shared, answers: next })
  const { action, state } = await run
  expect(outcomeOf(action)).toBe('successOutcome')
  expect(saved).toEqual({})
  expect(state.shared).toEqual(asked.state.shared)
})

test.each([undefined, 'made up by a script'])(
  'takes the outcome failure for the device %j in state',
  async (device) => {
    const pending = device === undefined ? shared : { ...shared, oathDeviceProfile: device }
    const { run, saved } = registration({ shared: pending, answers: next })
    const { action, log } = await run
    expect(outcomeOf(action)).toBe('failureOutcome')
    expect(saved).toEqual({})
    expect(log).toEqual([{ level: 'error', message: 'No device profile found on shared state' }])
  },
)

test.each([
  ['Expected username to be set.', { shared: {} }],
  ['Expected username to be set.', { shared: { username: ' ' } }],
  ['Failed to get the identity object', { shared: { username: 'nobody' } }],
  [
    'A checksum digit or a truncation offset of HOTP is not supported',
    { config: { algorithm: 'HOTP', addChecksum: true } },
  ],
  [
    'A checksum digit or a truncation offset of HOTP is not supported',
    { config: { algorithm: 'HOTP', truncationOffset: 2 } },
  ],
])('fails: %s', async (message, given) => {
  expect((await registration(given).run).action).toEqual({ kind: 'error', message })
})
