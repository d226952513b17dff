import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { pushWait } from './push-wait.ts'

const now = 1_700_000_000_000

test('shows a message and a button, and remembers when the wait ends', async () => {
  const { action, state } = await runNode(pushWait)
  const [waiting, exit] = callbacksOf(action)
  expect(waiting).toMatchObject({
    type: 'PollingWaitCallback',
    output: { waitTime: '5000', message: 'Waiting for response...' },
  })
  expect(exit).toMatchObject({ type: 'ConfirmationCallback', output: { options: ['Cancel'] } })
  expect(state.shared).toEqual({ 'node-1.end_time': now + 5000 })
})

test('shows the number to choose, also for clients that don’t read the message', async () => {
  const config = { challengeMessage: { en: 'Choose {{challenge}}, {{time}} s' }, secondsToWait: 3 }
  const { action } = await runNode(pushWait, { config, shared: { pushNumberChallengeKey: '42' } })
  const [waiting, number] = callbacksOf(action)
  expect(waiting).toMatchObject({ output: { message: 'Choose 42, 3 s' } })
  expect(number).toMatchObject({
    type: 'HiddenValueCallback',
    output: { value: '42', id: 'pushChallengeNumber' },
  })
})

test.each([
  ['the time is over', { shared: { 'node-1.end_time': now - 1 } }, 'DONE'],
  [
    'the response was held',
    { shared: { 'node-1.end_time': now + 1 }, context: { isWaitOver: true } },
    'DONE',
  ],
  [
    'the person stops',
    { shared: { 'node-1.end_time': now + 1 }, answers: [answer('ConfirmationCallback', 0)] },
    'EXITED',
  ],
])('goes on once %s', async (_case, given, expected) => {
  const { action, state } = await runNode(pushWait, given)
  expect(outcomeOf(action)).toBe(expected)
  expect(state.shared).toEqual({})
})

test('goes on waiting before the end', async () => {
  const given = { shared: { 'node-1.end_time': now + 1 }, answers: [answer('ConfirmationCallback', 100)] }
  expect(callbacksOf((await runNode(pushWait, given)).action)).toHaveLength(2)
})
