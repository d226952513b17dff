import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { BackchannelPort } from '../ports/help-desk-ports.ts'
import { backchannelNotification } from './backchannel-notification.ts'

const config = { dataKey: 'transaction:notify' }
const shared = { 'transaction:notify': { journeyStatus: 'User has entered their credentials' }, other: 1 }
const context = { transaction: 'tx-1' }

function recordingBackchannel() {
  const sent: [string, JsonObject][] = []
  const backchannel: Pick<BackchannelPort, 'notify'> = {
    notify: async (id, data) => void sent.push([id, data]),
  }
  return { sent, ports: { backchannel: backchannel as BackchannelPort } }
}

test('sends the object under the key to the journey’s transaction', async () => {
  const { sent, ports } = recordingBackchannel()
  const { action, state, log } = await runNode(backchannelNotification, { config, shared, context, ports })
  expect(action).toEqual({ kind: 'goTo', outcome: 'success' })
  expect(sent).toEqual([['tx-1', { journeyStatus: 'User has entered their credentials' }]])
  expect(state).toEqual({ shared, secure: {}, transient: {} })
  expect(log).toEqual([])
})

test('merges an object stored in several parts of state', async () => {
  const { sent, ports } = recordingBackchannel()
  const transient = { 'transaction:notify': { attempt: 2 } }
  await runNode(backchannelNotification, { config, shared, transient, context, ports })
  expect(sent).toEqual([['tx-1', { journeyStatus: 'User has entered their credentials', attempt: 2 }]])
})

test('takes the outcome error with a warning without a transaction', async () => {
  const { sent, ports } = recordingBackchannel()
  const { action, state, log } = await runNode(backchannelNotification, { config, shared, ports })
  expect(outcomeOf(action)).toBe('error')
  expect(log).toEqual([{ level: 'warn', message: 'Transaction ID not found in context' }])
  expect(sent).toEqual([])
  expect(state.shared).toEqual(shared)
})

test.each<[string, JsonObject]>([
  ['nothing', {}],
  ['text', { 'transaction:notify': 'done' }],
  ['a list', { 'transaction:notify': [{ journeyStatus: 'done' }] }],
  ['null', { 'transaction:notify': null }],
  ['a path that only looks like the key', { transaction: { notify: { journeyStatus: 'done' } } }],
])('takes the outcome error with a warning for %s under the key', async (_case, found) => {
  const { sent, ports } = recordingBackchannel()
  const { action, state, log } = await runNode(backchannelNotification, {
    config,
    shared: found,
    context,
    ports,
  })
  expect(outcomeOf(action)).toBe('error')
  expect(log).toEqual([
    {
      level: 'warn',
      message:
        'Data in state at transaction:notify data key was not found or incorrect type, not updating transaction.',
    },
  ])
  expect(sent).toEqual([])
  expect(state.shared).toEqual(found)
})

test('takes the outcome error if the transaction cannot be updated', async () => {
  const backchannel: Pick<BackchannelPort, 'notify'> = {
    notify: () => Promise.reject(new Error('the transaction is gone')),
  }
  const { action, state, log } = await runNode(backchannelNotification, {
    config,
    shared,
    context,
    ports: { backchannel: backchannel as BackchannelPort },
  })
  expect(outcomeOf(action)).toBe('error')
  expect(log).toEqual([{ level: 'error', message: 'Failed to update backchannel transaction' }])
  expect(state.shared).toEqual(shared)
})

test('requires the data key', () => {
  expect(backchannelNotification.config.safeParse({}).success).toBe(false)
})
