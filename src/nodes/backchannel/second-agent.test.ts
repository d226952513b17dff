import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { ApprovalPort, ApprovalStatus, AskedApproval } from '../ports/help-desk-ports.ts'
import { secondAgent } from './second-agent.ts'

const asked = { 'node-1.approval': 'a1' }
const noor = { id: 'noor-id', displayName: 'Noor Night' }

type Fake = Partial<Omit<ApprovalStatus, 'state'>> & {
  state?: ApprovalStatus['state'] | 'broken' | 'unknown'
}

function fakeOf(fake: Fake = {}, unavailable?: string) {
  const requests: AskedApproval[] = []
  const cancelled: string[] = []
  const { state = 'waiting', ...more } = fake
  const approvals: ApprovalPort = {
    ask: async (request) => {
      requests.push(request)
      if (state === 'broken') throw new Error('no database')
      return unavailable === undefined
        ? { kind: 'asked', id: 'a1', expiresAt: 5 }
        : { kind: 'unavailable', reason: unavailable }
    },
    status: async () => {
      if (state === 'broken') throw new Error('no database')
      if (state === 'unknown') return undefined
      return { expiresAt: 5, answeredBy: undefined, declineReason: undefined, ...more, state }
    },
    cancel: (id) => void cancelled.push(id),
  }
  return { requests, cancelled, ports: { approvals } }
}

const pressing = (index: number) => [
  answer('PollingWaitCallback'),
  answer('MetadataCallback'),
  answer('ConfirmationCallback', index),
]

test('asks with the purpose of the check and waits', async () => {
  const { requests, ports } = fakeOf()
  const shared = { username: 'ada', action: ['Reset the password'], reason: 'New phone' }
  const { action, state } = await runNode(secondAgent, { ports, shared, config: { secondsToWait: 60 } })
  const rest = { ticket: null, vouchFor: null, vouchForId: null }
  const data = { action: ['Reset the password'], reason: 'New phone', ...rest }
  expect(requests).toEqual([{ subject: 'ada', data, seconds: 60, onlyIfNeeded: false }])
  const [wait, metadata, buttons] = callbacksOf(action)
  expect(wait?.output).toEqual({ waitTime: '3000', message: 'Waiting for a second agent to approve...' })
  expect(metadata?.output.data).toEqual({ stage: 'SecondAgentApproval', _id: 'a1', expiresAt: 5 })
  expect(buttons?.output.options).toEqual(['Stop waiting'])
  expect(action).toMatchObject({ stage: 'SecondAgentApproval', volatileKeys: [] })
  expect(state.shared).toEqual({ ...shared, ...asked })
})

test('takes the purpose from one object, and its texts from the settings', async () => {
  const { requests, ports } = fakeOf()
  const shared = { who: 'ada', 'backchannel:data': { action: 'Unlock' } }
  const config = {
    usernameKey: 'who',
    dataKey: 'backchannel:data',
    waitingMessage: { en: 'Ask around' },
    exitMessage: { en: 'Enough' },
  }
  const { action } = await runNode(secondAgent, { ports, shared, config })
  expect(requests).toMatchObject([{ subject: 'ada', data: { action: 'Unlock' }, seconds: 180 }])
  const [wait, , buttons] = callbacksOf(action)
  expect([wait?.output.message, buttons?.output.options]).toEqual(['Ask around', ['Enough']])
})

test('asks without a purpose if the object is missing', async () => {
  const { requests, ports } = fakeOf()
  await runNode(secondAgent, { ports, shared: { username: 'ada' }, config: { dataKey: 'nothing' } })
  expect(requests).toMatchObject([{ data: {} }])
})

test('goes on waiting, and asks once', async () => {
  const { requests, ports } = fakeOf()
  const { action, state } = await runNode(secondAgent, { ports, shared: asked, answers: pressing(100) })
  expect(callbacksOf(action)).toHaveLength(3)
  expect(requests).toEqual([])
  expect(state.shared).toEqual(asked)
})

test.each([
  [
    { state: 'approved', answeredBy: noor },
    'approved',
    { secondAgent: 'noor-id', secondAgentName: 'Noor Night' },
  ],
  [
    { state: 'declined', answeredBy: noor, declineReason: 'Call them back' },
    'declined',
    { secondAgent: 'noor-id', secondAgentName: 'Noor Night', declineReason: 'Call them back' },
  ],
  [{ state: 'expired' }, 'expired', {}],
  [{ state: 'cancelled' }, 'expired', {}],
  [{ state: 'unknown' }, 'expired', {}],
] as const)('leaves with the answer %j', async (status, outcome, written) => {
  const { ports } = fakeOf(status)
  const { action, state } = await runNode(secondAgent, { ports, shared: asked, answers: pressing(100) })
  expect(outcomeOf(action)).toBe(outcome)
  expect(state.shared).toEqual(written)
})

test('withdraws the request if the agent stops waiting', async () => {
  const { cancelled, ports } = fakeOf()
  const { action, state } = await runNode(secondAgent, { ports, shared: asked, answers: pressing(0) })
  expect(outcomeOf(action)).toBe('exited')
  expect(cancelled).toEqual(['a1'])
  expect(state.shared).toEqual({})
})

test('has no exit unless it is set', async () => {
  const { cancelled, ports } = fakeOf()
  const config = { exitable: false }
  const { action } = await runNode(secondAgent, { ports, config, shared: asked, answers: pressing(0) })
  expect(callbacksOf(action).map(({ type }) => type)).toEqual(['PollingWaitCallback', 'MetadataCallback'])
  expect(cancelled).toEqual([])
})

test('asks nobody if the action can do without, and that is set', async () => {
  const ask = async () => ({ kind: 'notNeeded' }) as const
  const ports = { approvals: { ...fakeOf().ports.approvals, ask } }
  const { action, state } = await runNode(secondAgent, { ports, config: { onlyIfNeeded: true } })
  expect(outcomeOf(action)).toBe('notNeeded')
  expect(state.shared).toEqual({})
})

test('is unavailable if nobody can be asked', async () => {
  const { action, log } = await runNode(secondAgent, fakeOf({}, 'there is no other agent'))
  expect(outcomeOf(action)).toBe('unavailable')
  expect(log).toEqual([{ level: 'warn', message: 'No second agent can be asked.' }])
})

test.each([{}, asked])('is unavailable if the database fails, with state %j', async (shared) => {
  const { action, state, log } = await runNode(secondAgent, { ...fakeOf({ state: 'broken' }), shared })
  expect(outcomeOf(action)).toBe('unavailable')
  expect(state.shared).toEqual({})
  expect(log).toEqual([{ level: 'error', message: 'The approval could not be requested or read.' }])
})
