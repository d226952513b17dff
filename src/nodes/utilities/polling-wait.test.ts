import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import { pollingWait } from './polling-wait.ts'

const start = 1_700_000_000_000
const answers = [answer('PollingWaitCallback')]
const sent = { 'node-1.end_time': start + 8000, 'node-1.spam_count': 0 }

/** The node when the client returns its page, which was sent at the start. */
function comingBack(
  at: number,
  more: { config?: JsonObject; spamCount?: number; isWaitOver?: boolean } = {},
) {
  return runNode(pollingWait, {
    config: more.config ?? {},
    shared: { ...sent, 'node-1.spam_count': more.spamCount ?? 0, other: 1 },
    answers,
    context: { now: at, isWaitOver: more.isWaitOver ?? false },
  })
}

test('sends the page and sets the end', async () => {
  const { action, state } = await runNode(pollingWait)
  expect(callbacksOf(action)).toEqual([
    { type: 'PollingWaitCallback', output: { waitTime: '8000', message: 'Waiting for response...' } },
  ])
  expect(state.shared).toEqual(sent)
})

test('sends the page again on an early return, with the same end and the whole duration', async () => {
  const { action, state } = await comingBack(start + 5000)
  expect(callbacksOf(action)[0]?.output.waitTime).toBe('8000')
  expect(state.shared).toEqual({ ...sent, 'node-1.spam_count': 1, other: 1 })
})

test('does not end exactly at the end', async () => {
  expect(callbacksOf((await comingBack(start + 8000)).action)).toHaveLength(1)
})

test('continues after the end and removes its keys', async () => {
  const { action, state } = await comingBack(start + 8001)
  expect(outcomeOf(action)).toBe('DONE')
  expect(state.shared).toEqual({ other: 1 })
})

test('continues early once the wait is over', async () => {
  const { action, state } = await comingBack(start + 1, { isWaitOver: true })
  expect(outcomeOf(action)).toBe('DONE')
  expect(state.shared).toEqual({ other: 1 })
})

test('sends the page first even if the wait is already over', async () => {
  const { action } = await runNode(pollingWait, { context: { isWaitOver: true } })
  expect(callbacksOf(action)).toHaveLength(1)
})

test('sends the page once for a wait of zero seconds', async () => {
  const { action } = await runNode(pollingWait, { config: { secondsToWait: 0 } })
  expect(callbacksOf(action)[0]?.output.waitTime).toBe('0')
})

test('ignores the state of other nodes', async () => {
  const { action } = await runNode(pollingWait, {
    shared: { 'node-2.end_time': start - 1, end_time: start - 1 },
  })
  expect(callbacksOf(action)).toHaveLength(1)
})

test('treats the fifth early return as spam with a tolerance of three', async () => {
  const config = { spamDetectionEnabled: true, spamDetectionTolerance: 3 }
  let shared: JsonObject = sent
  for (let round = 1; round <= 4; round++) {
    const { action, state } = await runNode(pollingWait, { config, shared, answers })
    expect(callbacksOf(action)).toHaveLength(1)
    shared = state.shared
  }
  const { action, state } = await runNode(pollingWait, { config, shared, answers })
  expect(outcomeOf(action)).toBe('SPAM')
  expect(state.shared).toEqual({})
})

test('detects spam even if the wait is over', async () => {
  const config = { spamDetectionEnabled: true }
  expect(outcomeOf((await comingBack(start + 9000, { config, spamCount: 4 })).action)).toBe('SPAM')
  const over = await comingBack(start + 1, { config, spamCount: 4, isWaitOver: true })
  expect(outcomeOf(over.action)).toBe('SPAM')
})

test('counts early returns without acting on them if spam detection is disabled', async () => {
  const { action, state } = await comingBack(start + 1, { spamCount: 40 })
  expect(callbacksOf(action)).toHaveLength(1)
  expect(state.shared['node-1.spam_count']).toBe(41)
})

const exitable = { exitable: true }

test('presets the exit button to unpressed', async () => {
  const { action } = await runNode(pollingWait, { config: exitable })
  expect(callbacksOf(action)[1]).toEqual({
    type: 'ConfirmationCallback',
    output: { prompt: '', messageType: 0, options: ['Cancel'], optionType: -1, defaultOption: 0 },
    input: { '': 100 },
  })
})

test('takes the outcome EXITED before it checks spam and time', async () => {
  const { action, state } = await runNode(pollingWait, {
    config: { ...exitable, spamDetectionEnabled: true },
    shared: { 'node-1.end_time': start - 1, 'node-1.spam_count': 9 },
    answers: [...answers, answer('ConfirmationCallback', 0)],
    context: { isWaitOver: true },
  })
  expect(outcomeOf(action)).toBe('EXITED')
  expect(state.shared).toEqual({})
})

test.each([100, 1])('treats a posted %d as unpressed', async (value) => {
  const { action } = await runNode(pollingWait, {
    config: exitable,
    shared: sent,
    answers: [...answers, answer('ConfirmationCallback', value)],
  })
  expect(callbacksOf(action)).toHaveLength(2)
})

test('ignores an exit without an exit button', async () => {
  const { action } = await runNode(pollingWait, {
    shared: sent,
    answers: [...answers, answer('ConfirmationCallback', 0)],
  })
  expect(callbacksOf(action)).toHaveLength(1)
})

test('uses the client’s locale and inserts the seconds', async () => {
  const { action } = await runNode(pollingWait, {
    config: {
      ...exitable,
      secondsToWait: 3,
      waitingMessage: { en: 'Wait', fr: 'Encore {{time}} secondes, {{time}} !' },
      exitMessage: { en: 'Stop', fr: 'Quitter' },
    },
    request: { locales: ['fr-FR', 'en'] },
  })
  const [wait, exit] = callbacksOf(action)
  expect(wait?.output).toEqual({ waitTime: '3000', message: 'Encore 3 secondes, 3 !' })
  expect(exit?.output.options).toEqual(['Quitter'])
})

test('uses its own text, not another language, for an unknown locale', async () => {
  const { action } = await runNode(pollingWait, {
    config: { waitingMessage: { fr: 'Attendez' } },
    request: { locales: ['de'] },
  })
  expect(callbacksOf(action)[0]?.output.message).toBe('Waiting for response...')
})

test.each([
  [{}, ['DONE']],
  [{ exitable: true }, ['DONE', 'EXITED']],
  [{ spamDetectionEnabled: true }, ['DONE', 'SPAM']],
  [{ exitable: true, spamDetectionEnabled: true }, ['DONE', 'EXITED', 'SPAM']],
])('%j offers the outcomes %j', (config, ids) => {
  const around = { typeNamed: () => undefined, child: () => undefined }
  const offered = outcomesOf(pollingWait, pollingWait.config.parse(config), around)
  expect(offered.map(({ id }) => id)).toEqual(ids)
})
