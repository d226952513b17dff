import { expect, test } from 'vitest'
import { deviceKeyFake, signed } from '../../../test/support/device-key-fakes.ts'
import { inactiveKim } from '../../../test/support/device-profile-fakes.ts'
import { answer, callbacksOf, noAttemptChecked, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { devicesInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Device, IdentityPort, Ports } from '../ports/ports.ts'
import { deviceSigningVerifier as node } from './device-signing-verifier.ts'

const phone = { uuid: '1', deviceName: 'Phone', recoveryCodes: [], deviceId: 'phone', key: { kid: 'one' } }
const challenge = { 'DeviceSigningVerifierNode.CHALLENGE': 'Y2hhbGxlbmdl' }

function visit(given: {
  jws?: string
  clientError?: string
  shared?: JsonObject
  config?: JsonObject
  registeredDevices?: Device[]
  identities?: IdentityPort
  ports?: Partial<Ports>
}) {
  const { devices, saved } = devicesInMemory({ binding: given.registeredDevices ?? [phone] })
  const { jws = '', clientError = '' } = given
  const isFirst = jws === '' && clientError === ''
  const run = runNode(node, {
    config: { applicationIds: ['com.example.bank'], captureFailure: true, ...given.config },
    shared: { ...(isFirst ? {} : challenge), ...given.shared },
    answers: isFirst ? [] : [answer('DeviceSigningVerifierCallback', undefined, { jws, clientError })],
    ports: { devices, identities: given.identities ?? onlyKim, deviceKeys: deviceKeyFake, ...given.ports },
  })
  return { run, saved }
}
const kim = { username: 'kim' }

test('asks the app to sign a random challenge', async () => {
  const { action, state } = await visit({ shared: kim }).run
  expect(callbacksOf(action)[0]?.output).toMatchObject({
    userId: 'kim-id',
    challenge: 'Y2hhbGxlbmdl',
    timeout: 60,
  })
  expect(state.shared).toEqual({ ...kim, ...challenge })
  expect(callbacksOf((await visit({}).run).action)[0]?.output.userId).toBe('')
})

test('asks the app to sign the text under a state key', async () => {
  const config = { challenge: false, sharedStateAttribute: 'order' }
  const asked = await visit({ config, shared: { order: 'Pay 5' } }).run
  expect(callbacksOf(asked.action)[0]?.output.challenge).toBe('Pay 5')
  const jws = signed({ challenge: 'Pay 5' })
  expect(outcomeOf((await visit({ config, jws, shared: { order: 'Pay 5' } }).run).action)).toBe('success')
  expect((await visit({ config }).run).action).toEqual({
    kind: 'error',
    message: 'order missing from shared state',
  })
})

test('identifies the person by a valid signature', async () => {
  const { run, saved } = visit({ jws: signed({}) })
  const { action, state } = await run
  expect(outcomeOf(action)).toBe('success')
  expect(action).toMatchObject({ identified: { kind: 'user', name: 'kim' } })
  expect(state.shared).toEqual({ username: 'kim', NodeType: 'Binding|' })
  expect(state.transient).toEqual({ 'DeviceSigningVerifierNode.JWT': signed({}) })
  expect(saved.binding).toMatchObject([{ lastAccessDate: 1_700_000_000_000 }])
})

test.each([
  ['INVALID_SIGNATURE', { jws: signed({ isForged: true }) }],
  ['INVALID_CLAIM', { jws: signed({ isOld: true }) }],
  ['INVALID_CLAIM', { jws: signed({ challenge: 'another' }) }],
  ['INVALID_SUBJECT', { jws: signed({ sub: 'other-id' }), shared: kim }],
  ['INVALID_SUBJECT', { jws: '{"kid":"one"}' }],
  ['INVALID_USER', { jws: signed({ sub: 'kim' }) }],
  ['INVALID_USER', { jws: signed({ sub: 'gone' }) }],
  ['INVALID_USER', { shared: { username: 'gone' } }],
  ['NOT_ACTIVE_USER', { shared: kim, identities: inactiveKim }],
  ['NOT_ACTIVE_USER', { jws: signed({}), shared: kim, identities: inactiveKim }],
])('takes the outcome failure or ends the journey for %s', async (reason, given) => {
  const captured = await visit(given).run
  expect(outcomeOf(captured.action)).toBe('failure')
  expect(captured.state.shared['DeviceSigningVerifierNode.FAILURE']).toBe(reason)
  const { action } = await visit({ ...given, config: { captureFailure: false } }).run
  expect(action.kind).toBe('error')
})

test('says that no app may respond if Application Ids is empty, as in exports of older versions', async () => {
  const { action } = await visit({
    jws: signed({ isOld: true }),
    config: { applicationIds: [], captureFailure: false },
  }).run
  expect(action).toMatchObject({ message: 'Application Ids names no app, so every app is refused' })
})

test('has outcomes for a person without devices and for an unknown key', async () => {
  expect(outcomeOf((await visit({ shared: kim, registeredDevices: [] }).run).action)).toBe(
    'noDeviceRegistered',
  )
  expect(outcomeOf((await visit({ jws: signed({}), registeredDevices: [] }).run).action)).toBe(
    'noDeviceRegistered',
  )
  expect(outcomeOf((await visit({ jws: signed({ kid: 'two' }) }).run).action)).toBe('keyNotFound')
})

test('lets the app choose outcomes for client errors only', async () => {
  expect(outcomeOf((await visit({ clientError: 'ClientNotRegistered' }).run).action)).toBe(
    'ClientNotRegistered',
  )
  expect((await visit({ clientError: 'success' }).run).action).toMatchObject({ kind: 'error' })
})

test('rejects a valid signature unchecked after too many wrong attempts', async () => {
  const config = { captureFailure: true }
  const { run, saved } = visit({ config, jws: signed({}), ports: { attempts: noAttemptChecked } })
  const { action } = await run
  expect(outcomeOf(action)).toBe('failure')
  expect(saved.binding).not.toMatchObject([{ lastAccessDate: 1_700_000_000_000 }])
})
