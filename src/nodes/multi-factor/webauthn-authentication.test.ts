import { expect, test } from 'vitest'
import { flags, fromBrowser, passkeyFake, stored } from '../../../test/support/passkey-fakes.ts'
import { answer, callbacksOf, noAttemptChecked, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { devicesInMemory, kim, onlyKim } from '../../../test/support/second-factors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Answer } from '../../engine/callbacks.ts'
import type { Device, Ports } from '../ports/ports.ts'
import { webauthnAuthentication as node, webauthnAuthenticationV2 } from './webauthn-authentication.ts'

const challenge = { 'web-authn-challenge': 'Y2hhbGxlbmdl' }
const handle = Buffer.from(kim._id).toString('base64url')
const signed = `{}::1,2::3,4::${stored.credentialId}::${handle}`

function visit(given: {
  config?: JsonObject
  shared?: JsonObject
  registeredDevices?: Device[]
  answers?: readonly Answer[]
  refusal?: string
  signCount?: number
  ports?: Partial<Ports>
}) {
  const { devices, saved } = devicesInMemory({ webauthn: given.registeredDevices ?? [stored] })
  const { passkeys, asked } = passkeyFake(given.refusal, given.signCount)
  const run = runNode(node, {
    config: { asScript: false, ...given.config },
    shared: { ...(given.answers === undefined ? {} : challenge), ...(given.shared ?? { username: 'kim' }) },
    answers: given.answers ?? [],
    ports: { devices, passkeys, identities: onlyKim, ...given.ports },
  })
  return { run, saved, asked }
}

test('asks the browser for a passkey of the person', async () => {
  const { action } = await visit({
    config: { relyingPartyDomain: 'example.com', isRecoveryCodeAllowed: true },
  }).run
  const [question, hidden, recovery] = callbacksOf(action)
  expect(question?.output.data).toEqual({
    _action: 'webauthn_authentication',
    _type: 'WebAuthn',
    challenge: 'Y2hhbGxlbmdl',
    allowCredentials: 'allowCredentials: [{"type":"public-key","id":new Int8Array([1,2,-2]).buffer}]',
    _allowCredentials: [{ type: 'public-key', id: [1, 2, -2] }],
    timeout: '60000',
    userVerification: 'preferred',
    relyingPartyId: 'rpId: "example.com",',
    _relyingPartyId: 'example.com',
    extensions: {},
    supportsJsonResponse: true,
  })
  expect(hidden?.output.id).toBe('webAuthnOutcome')
  expect(recovery).toMatchObject({ output: { options: ['Use Recovery Code'] }, input: { '': 100 } })
})

test('allows any passkey without a username', async () => {
  const { action } = await visit({ config: { requiresResidentKey: true }, shared: {} }).run
  expect(callbacksOf(action)[0]?.output.data).toMatchObject({ allowCredentials: '', _allowCredentials: [] })
})

test('signs in with a valid signature and stores the counter', async () => {
  const { run, saved, asked } = visit({ answers: fromBrowser(signed) })
  const { action, state } = await run
  expect(outcomeOf(action)).toBe('success')
  expect(action).toMatchObject({ identified: { kind: 'user', name: 'kim' } })
  expect(asked).toMatchObject([
    {
      credentialId: stored.credentialId,
      publicKey: stored.publicKey,
      authenticatorData: '1,2',
      signature: '3,4',
    },
  ])
  expect(saved.webauthn).toMatchObject([{ uuid: 'uuid-1', signCount: 6, lastAccessDate: 1_700_000_000_000 }])
  expect(state.shared).toEqual({
    username: 'kim',
    NodeType: 'WebAuthnAuthentication|',
    webauthnDeviceUuid: 'uuid-1',
    webauthnDeviceName: 'Key',
  })
  expect(state.transient).toEqual({ webauthnAssertionInfo: { flags } })
})

test('identifies the person by the id stored on the device', async () => {
  const config = { requiresResidentKey: true }
  const found = await visit({ config, shared: {}, answers: fromBrowser(signed) }).run
  expect(outcomeOf(found.action)).toBe('success')
  expect(found.state.shared.username).toBe('kim')
  const byName = signed.replace(handle, Buffer.from('kim').toString('base64url'))
  expect(outcomeOf((await visit({ config, shared: {}, answers: fromBrowser(byName) }).run).action)).toBe(
    'failure',
  )
})

test.each([
  [5, true, 'successSignCountMismatch'],
  [4, true, 'successSignCountMismatch'],
  [6, true, 'success'],
  [0, true, 'successSignCountMismatch'],
  [5, false, 'success'],
])(
  'a counter of %d after 5, detection %s, takes the outcome %s',
  async (signCount, detectSignCountMismatch, outcome) => {
    const given = { config: { detectSignCountMismatch }, answers: fromBrowser(signed), signCount }
    expect(outcomeOf((await visit(given).run).action)).toBe(outcome)
  },
)

test('a device without a counter has no mismatch', async () => {
  const given = {
    config: { detectSignCountMismatch: true },
    registeredDevices: [{ ...stored, signCount: 0 }],
    answers: fromBrowser(signed),
    signCount: 0,
  }
  expect(outcomeOf((await visit(given).run).action)).toBe('success')
})

test.each([
  ['an invalid signature', { answers: fromBrowser(signed), refusal: 'the signature is not valid' }],
  ['another person’s passkey', { answers: fromBrowser('{}::1::2::other') }],
  [
    'a response without a request',
    { answers: fromBrowser(signed), shared: { username: 'kim', 'web-authn-challenge': null } },
  ],
  [
    'a passkey that names another person as its owner',
    {
      answers: fromBrowser(signed),
      ports: {
        identities: {
          ...onlyKim,
          find: async (name: string) => (name === kim._id ? { ...kim, _id: 'other-id' } : onlyKim.find(name)),
        },
      },
    },
  ],
  ['an untouched input', { answers: fromBrowser('webAuthnOutcome') }],
  ['an unknown person', { shared: { username: 'nobody' } }],
])('takes the outcome failure for %s', async (_what, given) => {
  const { action } = await visit(given).run
  expect(outcomeOf(action)).toBe('failure')
  expect(action).not.toHaveProperty('identified')
})

test('takes the outcome noDevice without a passkey', async () => {
  expect(outcomeOf((await visit({ registeredDevices: [] }).run).action)).toBe('noDevice')
  const late = {
    config: { requiresResidentKey: true },
    registeredDevices: [],
    shared: {},
    answers: fromBrowser(signed),
  }
  expect(outcomeOf((await visit(late).run).action)).toBe('noDevice')
})

test.each([
  ['unsupported', 'unsupported'],
  ['ERROR::NotAllowedError:No', 'error'],
])('takes %s to the outcome %s', async (sent, outcome) => {
  expect(outcomeOf((await visit({ answers: fromBrowser(sent) }).run).action)).toBe(outcome)
})

test('accepts a recovery code in place of the device if allowed', async () => {
  const answers = [...fromBrowser('webAuthnOutcome'), answer('ConfirmationCallback', 0)]
  const allowed = await visit({ config: { isRecoveryCodeAllowed: true }, answers }).run
  expect(outcomeOf(allowed.action)).toBe('recoveryCode')
  expect(outcomeOf((await visit({ answers }).run).action)).toBe('failure')
})

test('rejects extensions that are no object', async () => {
  const { action } = await visit({ shared: { username: 'kim', webAuthnExtensions: 'all' } }).run
  expect(action).toEqual({ kind: 'error', message: 'Extensions must be a map' })
})

test('sends a script that calls the browser', async () => {
  const [question] = callbacksOf((await visit({ config: { asScript: true } }).run).action)
  expect(question?.output).toMatchObject({ messageType: '4' })
  expect(question?.output.message).toContain('navigator.credentials.get')
})

test('rejects a valid signature unchecked after too many wrong attempts', async () => {
  const { run, saved, asked } = visit({ answers: fromBrowser(signed), ports: { attempts: noAttemptChecked } })
  const { action, log } = await run
  expect(outcomeOf(action)).toBe('failure')
  expect(asked).toEqual([])
  expect(saved.webauthn).toMatchObject([{ signCount: 5 }])
  expect(log).toEqual([{ level: 'warn', message: 'Too many wrong attempts: no more are checked for now' }])
})

/** Runs version 2.0 without a known username. */
function visitV2(config: JsonObject, sent?: string, shared: JsonObject = {}) {
  const { devices } = devicesInMemory({ webauthn: [stored] })
  const { passkeys } = passkeyFake(undefined, undefined)
  return runNode(webauthnAuthenticationV2, {
    config: { requiresResidentKey: true, ...config },
    shared: { ...(sent === undefined ? {} : challenge), ...shared },
    answers: sent === undefined ? [] : [answer('HiddenValueCallback', sent)],
    ports: { devices, passkeys, identities: onlyKim },
  })
}

test.each([
  [{}, { manualButtonEnabled: false }],
  [{ conditionalManualButton: true }, { manualButtonEnabled: false }],
  [{ mediation: 'CONDITIONAL' }, { mediation: 'conditional', manualButtonEnabled: false }],
  [
    { mediation: 'conditional', conditionalManualButton: true },
    { mediation: 'conditional', manualButtonEnabled: true },
  ],
])('sends data in version 2.0, with the mediation of %j', async (config, expected) => {
  const [question] = callbacksOf((await visitV2(config)).action)
  expect(question?.type).toBe('MetadataCallback')
  expect(question?.output.data).toMatchObject({ ...expected, _allowCredentials: [] })
  expect(JSON.stringify(question?.output.data).includes('"mediation"')).toBe('mediation' in expected)
})

test.each(['', 'false', 'webAuthnOutcome'])(
  'asks again in version 2.0 for the unused value %j',
  async (sent) => {
    const { action, state, log } = await visitV2({ mediation: 'CONDITIONAL' }, sent)
    expect(action.kind).toBe('send')
    expect(state.shared.username).toBeUndefined()
    expect(log).toEqual([])
  },
)

test('identifies the person in version 2.0 only by the passkey, whatever was typed', async () => {
  const { action, state } = await visitV2({ mediation: 'CONDITIONAL' }, signed, { username: 'sam' })
  expect(outcomeOf(action)).toBe('success')
  expect(action).toMatchObject({ identified: { kind: 'user', name: 'kim' } })
  expect(state.shared.username).toBe('kim')
  expect(state.shared['web-authn-challenge']).toBeUndefined()
})

test('rejects an unknown mediation and the setting of version 1.0', () => {
  const { config } = webauthnAuthenticationV2
  expect(config.safeParse({ mediation: 'SOMETIMES' }).success).toBe(false)
  expect(Object.keys(config.parse({}))).not.toContain('asScript')
})
