import { expect, test } from 'vitest'
import { deviceKeyFake, signed } from '../../../test/support/device-key-fakes.ts'
import { inactiveKim } from '../../../test/support/device-profile-fakes.ts'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { devicesInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import type { JsonObject } from '../../base/json.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import { deviceBinding as node } from './device-binding.ts'

const existing = { uuid: '1', deviceName: 'Old', recoveryCodes: [], deviceId: 'old', key: { kid: 'old' } }
const secrets = { digits: () => '1', hex: () => 'uuid-new', isSame: () => false }

function visit(sent: JsonObject | undefined, config: JsonObject = {}, identities = onlyKim) {
  const { devices, saved } = devicesInMemory({ binding: [existing] })
  const asked = { username: 'kim', 'DeviceBindingNode.CHALLENGE': 'Y2hhbGxlbmdl' }
  const run = runNode(node, {
    config: { applicationIds: ['com.example.bank'], ...config },
    shared: sent === undefined ? { username: 'kim' } : asked,
    answers: sent === undefined ? [] : [answer('DeviceBindingCallback', undefined, sent)],
    ports: { devices, identities, deviceKeys: deviceKeyFake, secrets },
  })
  return { run, saved }
}
const bound = (said: Parameters<typeof signed>[0] = {}, more: JsonObject = {}) => ({
  jws: signed({ key: { kty: 'EC' }, ...said }),
  deviceId: 'phone',
  deviceName: 'Phone',
  ...more,
})

test('asks the app for a key in the person’s language', async () => {
  const { action, state } = await visit(undefined, { authenticationType: 'NONE', title: { en: 'Bind it' } })
    .run
  expect(callbacksOf(action)[0]?.output).toMatchObject({
    userId: 'kim-id',
    username: 'kim',
    authenticationType: 'NONE',
    challenge: 'Y2hhbGxlbmdl',
    title: 'Bind it',
  })
  expect(state.shared['DeviceBindingNode.CHALLENGE']).toBe('Y2hhbGxlbmdl')
})

test('stores the key beside others', async () => {
  const { run, saved } = visit(bound({}, { deviceName: '' }))
  const { action, state } = await run
  expect(outcomeOf(action)).toBe('success')
  expect(saved.binding).toMatchObject([
    existing,
    { uuid: 'uuid-new', deviceName: 'New Device', deviceId: 'phone', key: { kid: 'one', kty: 'EC' } },
  ])
  expect(state.shared).toEqual({ username: 'kim', NodeType: 'Binding|' })
})

test('can leave the device for a storage node', async () => {
  const { run, saved } = visit(bound(), { postponeDeviceProfileStorage: true })
  expect((await run).state.transient['DeviceBinding.DEVICE']).toMatch(/^sealed:/)
  expect(saved.binding).toEqual([existing])
})

test.each([
  ['another challenge', { challenge: 'another' }],
  ['an invalid signature', { isForged: true }],
  ['another person', { sub: 'other-id' }],
  ['no key', { key: undefined }],
  ['a key without an id', { kid: '' }],
])('takes the outcome failure for %s', async (_what, said) => {
  const { key, ...others } = { key: { kty: 'EC' }, ...said }
  const jws = signed(key === undefined ? others : { key, ...others })
  const { run, saved } = visit({ jws, deviceId: 'phone' })
  expect(outcomeOf((await run).action)).toBe('failure')
  expect(saved.binding).toEqual([existing])
})

test('says that no app may respond if Application Ids is empty, as in exports of older versions', async () => {
  const { log } = await visit(bound({ isOld: true }), { applicationIds: [] }).run
  expect(log).toEqual([
    {
      level: 'warn',
      message: 'Device Binding failed: Application Ids names no app, so every app is refused',
    },
  ])
  const other = await visit(bound({ isOld: true })).run
  expect(other.log).toEqual([{ level: 'warn', message: 'Device Binding failed: a claim is wrong' }])
})

test('lets the app choose outcomes for client errors only', async () => {
  expect(outcomeOf((await visit({ clientError: 'Abort' }).run).action)).toBe('Abort')
  for (const clientError of ['Other', 'success']) {
    const config = { clientErrorOutcomes: ['Abort', 'success'] }
    expect((await visit({ clientError }, config).run).action).toMatchObject({ kind: 'error' })
  }
})

test('enforces the maximum number of devices', async () => {
  expect(outcomeOf((await visit(undefined, { maxSavedDevices: 1 }).run).action)).toBe('exceedDeviceLimit')
  const around = { typeNamed: () => undefined, child: () => undefined }
  const offered = outcomesOf(node, node.config.parse({ maxSavedDevices: 1 }), around)
  expect(offered.map(({ id }) => id)).toEqual([
    'success',
    'failure',
    'exceedDeviceLimit',
    'Unsupported',
    'Abort',
    'Timeout',
  ])
})

test('rejects unsupported settings and inactive people', async () => {
  expect((await visit(undefined, { attestation: true }).run).action).toEqual({
    kind: 'error',
    message: 'Android Key Attestation is not supported',
  })
  expect((await visit(undefined, {}, inactiveKim).run).action).toMatchObject({ kind: 'error' })
})
