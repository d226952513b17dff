import { expect, test } from 'vitest'
import { onePerson } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { Device, DevicePort } from '../ports/ports.ts'
import type { PushPort, PushResult } from '../ports/push-port.ts'
import { newPushDevice } from './push-device.ts'
import { pushResultVerifier } from './push-result-verifier.ts'

const device = { ...newPushDevice('d-1', 'a2V5', 'Larkfield', 0), deviceMechanismUID: 'm-1' }
const approved: PushResult = {
  kind: 'approved',
  isMatched: true,
  claims: { a: 1 },
  communicationId: undefined,
}
const shared = {
  username: 'alex',
  pushMessageId: 'id',
  pushMechanismUid: 'm-1',
  pushNumberChallengeKey: '42',
}

async function verify(result: PushResult, given: { shared?: object; devices?: Device[] } = {}) {
  const saved: unknown[] = []
  const devices: Partial<DevicePort> = {
    registered: async () => given.devices ?? [device],
    save: async (_id, _kind, all) => void saved.push(all),
  }
  const push: Partial<PushPort> = { take: async () => result }
  const ports = { ...onePerson().ports, devices: devices as DevicePort, push: push as PushPort }
  const ran = await runNode(pushResultVerifier, { shared: { ...shared, ...given.shared }, ports })
  return { ...ran, saved }
}

test('goes on with an approval, and remembers when the device was used', async () => {
  const { action, state, saved } = await verify(approved)
  expect(action).toMatchObject({
    outcome: 'TRUE',
    isUnproven: false,
    sessionProperties: { NodeType: 'AuthenticatorPush|' },
  })
  expect(state.shared).toEqual({ username: 'alex', pushContent: { a: 1 }, NodeType: 'AuthenticatorPush|' })
  expect(saved).toEqual([[{ ...device, lastAccessDate: 1_700_000_000_000 }]])
})

test('an approval without a number proves nothing', async () => {
  expect((await verify({ ...approved, isMatched: false })).action).toMatchObject({
    outcome: 'TRUE',
    isUnproven: true,
  })
})

test.each([
  ['denied', 'FALSE'],
  ['expired', 'EXPIRED'],
] as const)('ends the notification that was %s', async (kind, expected) => {
  const { action, state } = await verify({ kind })
  expect(outcomeOf(action)).toBe(expected)
  expect(state.shared).toEqual({ username: 'alex' })
})

test('waits without a change of state', async () => {
  const { action, state } = await verify({ kind: 'waiting' })
  expect(outcomeOf(action)).toBe('WAITING')
  expect(state.shared).toEqual(shared)
})

test('refuses the approval of a device that was removed', async () => {
  const { action, log } = await verify(approved, { devices: [{ ...device, deviceMechanismUID: 'm-2' }] })
  expect(outcomeOf(action)).toBe('FALSE')
  expect(log).toEqual([{ level: 'warn', message: 'the device that approved is no longer registered' }])
})

test.each([
  [{ pushMessageId: null }, 'Unable to find push message ID'],
  [{ username: null }, 'Expected username to be set.'],
  [{ username: 'nobody' }, 'Failed to get the identity object'],
])('fails with state %j', async (changed, message) => {
  expect((await verify(approved, { shared: changed })).action).toEqual({ kind: 'error', message })
})
