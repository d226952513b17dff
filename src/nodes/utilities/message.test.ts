import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { message } from './message.ts'

const pressing = (index: number) => [answer('TextOutputCallback'), answer('ConfirmationCallback', index)]

test('shows the text and two buttons, the second preselected', async () => {
  const { action, state } = await runNode(message)
  expect(callbacksOf(action)).toEqual([
    { type: 'TextOutputCallback', output: { message: 'Default message', messageType: '0' } },
    {
      type: 'ConfirmationCallback',
      output: { prompt: '', messageType: 0, options: ['Yes', 'No'], optionType: -1, defaultOption: 1 },
    },
  ])
  expect(state.shared).toEqual({})
})

test('uses the client’s locale, else English', async () => {
  const { action } = await runNode(message, {
    config: {
      message: { en: 'Go on?', de: 'Weiter?' },
      messageYes: { en: 'Sure', de: 'Ja' },
      messageNo: { en: 'Never' },
    },
    request: { locales: ['de-AT'] },
  })
  const [text, buttons] = callbacksOf(action)
  expect(text?.output.message).toBe('Weiter?')
  expect(buttons?.output.options).toEqual(['Ja', 'Never'])
})

test.each([
  [0, 'true'],
  [1, 'false'],
  [7, 'false'],
])('button %d takes the outcome %s', async (index, outcome) => {
  const { action, state } = await runNode(message, { answers: pressing(index) })
  expect(outcomeOf(action)).toBe(outcome)
  expect(state.shared).toEqual({})
})

test('stores the chosen button, and null before an answer', async () => {
  const config = { stateField: 'consent' }
  const first = await runNode(message, { config, shared: { consent: 0 } })
  expect(first.state.shared).toEqual({ consent: null })
  const second = await runNode(message, { config, shared: first.state.shared, answers: pressing(1) })
  expect(second.state.shared).toEqual({ consent: 1 })
})
