import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { deviceProfileCollector as node } from './device-profile-collector.ts'

const sent = (value: unknown) => [
  answer('DeviceProfileCallback', typeof value === 'string' ? value : JSON.stringify(value)),
]

test.each([[[]], [sent('')]])('asks the device', async (answers) => {
  const config = { deviceLocation: true, message: { en: 'One moment' } }
  const { action } = await runNode(node, { config, answers })
  expect(callbacksOf(action)).toEqual([
    { type: 'DeviceProfileCallback', output: { metadata: true, location: true, message: 'One moment' } },
  ])
})

test('stores the profile in state', async () => {
  const profile = { identifier: 'device-1', metadata: { browser: {} } }
  const { action, state } = await runNode(node, { answers: sent(profile) })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ 'forgeRock.device.profile': profile })
})

test.each([
  [{ metadata: {} }, 'Device Identifier is not captured'],
  ['no JSON', 'Device Identifier is not captured'],
  [{ identifier: 'x'.repeat(1024) }, 'Captured data exceed maximum accepted size'],
  [{ identifier: 'ä'.repeat(512) }, 'Captured data exceed maximum accepted size'],
])('rejects %j', async (value, message) => {
  const { action, state } = await runNode(node, { config: { maximumSize: '1' }, answers: sent(value) })
  expect(action).toEqual({ kind: 'error', message })
  expect(state.shared).toEqual({})
})
