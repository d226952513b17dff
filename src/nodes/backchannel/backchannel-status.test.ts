import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { BackchannelPort, BackchannelStatus } from '../ports/help-desk-ports.ts'
import { backchannelStatus } from './backchannel-status.ts'

const shared = { 'backchannel-transaction': 'tx-1' }
const recording = { recordTransactionData: true, transactionDataKey: 'transaction:data' }
const sent = { journeyStatus: 'User has entered their credentials' }

function transactionIn(
  state: BackchannelStatus['state'],
  result: BackchannelStatus['result'] = 'UNKNOWN',
  notificationData?: BackchannelStatus['notificationData'],
) {
  return { state, result, notificationData, sessionProperties: { AMCtxId: 'a-1' } }
}

function holding(status: BackchannelStatus | undefined) {
  const asked: string[] = []
  const backchannel: Pick<BackchannelPort, 'status'> = {
    status: async (id) => {
      asked.push(id)
      return status
    },
  }
  return { asked, ports: { backchannel: backchannel as BackchannelPort } }
}

test.each([
  ['pending', transactionIn('CREATED')],
  ['inprogress', transactionIn('IN_PROGRESS')],
  ['success', transactionIn('COMPLETED', 'APPROVED')],
  ['failure', transactionIn('COMPLETED', 'DENIED')],
  ['unknown', undefined],
] as const)('the outcome is %s', async (outcome, status) => {
  const { asked, ports } = holding(status)
  const { action, log } = await runNode(backchannelStatus, { shared, ports })
  expect(action).toEqual({ kind: 'goTo', outcome })
  expect(asked).toEqual(['tx-1'])
  expect(log).toEqual([])
})

const failed = [{ level: 'error', message: 'Error checking back channel transaction status.' }]

test.each([
  ['no transaction id', {}],
  ['a blank transaction id', { 'backchannel-transaction': '' }],
  ['a transaction id that is no text', { 'backchannel-transaction': { id: 'tx-1' } }],
])('takes the outcome error for %s in state', async (_case, state) => {
  const { asked, ports } = holding(transactionIn('CREATED'))
  const { action, log } = await runNode(backchannelStatus, { shared: state, ports })
  expect(outcomeOf(action)).toBe('error')
  expect(asked).toEqual([])
  expect(log).toEqual(failed)
})

test('takes the outcome error if the store fails', async () => {
  const backchannel: Pick<BackchannelPort, 'status'> = { status: () => Promise.reject(new Error('away')) }
  const { action, log } = await runNode(backchannelStatus, {
    shared,
    ports: { backchannel: backchannel as BackchannelPort },
  })
  expect(outcomeOf(action)).toBe('error')
  expect(log).toEqual(failed)
})

test('takes the outcome error for a complete transaction without a result', async () => {
  const { ports } = holding(transactionIn('COMPLETED', 'UNKNOWN', sent))
  const { action, state } = await runNode(backchannelStatus, { config: recording, shared, ports })
  expect(outcomeOf(action)).toBe('error')
  expect(state.shared).toEqual(shared)
})

test('stores session properties of a success in transient state', async () => {
  const { ports } = holding(transactionIn('COMPLETED', 'APPROVED'))
  const { state } = await runNode(backchannelStatus, { shared, ports })
  expect(state.transient).toEqual({ 'backchannel-sessionProperties': { AMCtxId: 'a-1' } })
  expect(state.shared).toEqual(shared)
})

test.each([
  ['if disabled', { recordData: false }, transactionIn('COMPLETED', 'APPROVED')],
  ['of a journey in progress', {}, transactionIn('IN_PROGRESS')],
  ['of a failure', {}, transactionIn('COMPLETED', 'DENIED')],
])('does not store session properties %s', async (_case, config, status) => {
  const { state } = await runNode(backchannelStatus, { config, shared, ports: holding(status).ports })
  expect(state.transient).toEqual({})
})

test.each([
  transactionIn('CREATED', 'UNKNOWN', sent),
  transactionIn('IN_PROGRESS', 'UNKNOWN', sent),
  transactionIn('COMPLETED', 'APPROVED', sent),
  transactionIn('COMPLETED', 'DENIED', sent),
])('stores data under the key in state $state $result', async (status) => {
  const { ports } = holding(status)
  const { state } = await runNode(backchannelStatus, { config: recording, shared, ports })
  expect(state.shared).toEqual({ ...shared, 'transaction:data': sent })
})

test.each([{}, { transactionDataKey: '' }, { transactionDataKey: ' ' }])(
  'uses the default key without a key of its own: %j',
  async (config) => {
    const { ports } = holding(transactionIn('IN_PROGRESS', 'UNKNOWN', sent))
    const { state } = await runNode(backchannelStatus, {
      config: { ...config, recordTransactionData: true },
      shared,
      ports,
    })
    expect(state.shared).toEqual({ ...shared, 'backchannel-transactionData': sent })
  },
)

test('writes nothing before the first notification', async () => {
  const { ports } = holding(transactionIn('IN_PROGRESS'))
  const { state } = await runNode(backchannelStatus, { config: recording, shared, ports })
  expect(state.shared).toEqual(shared)
})

test('removes data of an earlier transaction before the first notification', async () => {
  const { ports } = holding(transactionIn('CREATED'))
  const { state } = await runNode(backchannelStatus, {
    config: recording,
    shared: { ...shared, 'transaction:data': { journeyStatus: 'of another caller' } },
    ports,
  })
  expect(state.shared).toEqual(shared)
})

test('stores no data unless enabled', async () => {
  const { ports } = holding(transactionIn('IN_PROGRESS', 'UNKNOWN', sent))
  const { state } = await runNode(backchannelStatus, {
    config: { transactionDataKey: 'transaction:data' },
    shared,
    ports,
  })
  expect(state.shared).toEqual(shared)
})
