import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { debug, shownState } from './debug.ts'

const shared = { username: '</script>alex', 'backchannel-transaction': 'tx-1' }
const transient = { password: 's3cret' }

test('sends two scripts and a text', async () => {
  const { action } = await runNode(debug, { shared })
  const output = callbacksOf(action).map(({ type, output }) => [type, output.messageType])
  expect(output).toEqual([
    ['TextOutputCallback', '4'],
    ['TextOutputCallback', '4'],
    ['TextOutputCallback', '0'],
  ])
  expect(callbacksOf(action)[1]?.output.message).toContain('window.sidegateDebug.show(')
  expect(callbacksOf(action)[2]?.output.message).toBe('Debug Step')
})

test('only continues with the popup disabled', async () => {
  const { action } = await runNode(debug, { config: { popupEnabled: false }, shared })
  expect(callbacksOf(action)[1]?.output.message).toBe('window.sidegateDebug.goOn();')
})

test('continues on any answer', async () => {
  const { action } = await runNode(debug, { answers: [answer('TextOutputCallback')] })
  expect(outcomeOf(action)).toBe('outcome')
})

test('logs state without secrets', async () => {
  const { log, action } = await runNode(debug, { shared, transient })
  expect(log).toHaveLength(1)
  expect(log[0]).toMatchObject({ level: 'debug', message: expect.stringContaining('alex') })
  for (const text of [log[0]?.message, JSON.stringify(action)]) {
    expect(text).not.toContain('s3cret')
    expect(text).not.toContain('tx-1')
  }
})

test('lists private keys and masks secrets in shared objects', () => {
  const state = { shared: { a: { password: 'x', b: [1] } }, secure: { otp: '1' }, transient }
  expect(shownState(state)).toEqual({
    shared: { a: { password: '***', b: [1] } },
    secure: { otp: '***' },
    transient: { password: '***' },
  })
})
