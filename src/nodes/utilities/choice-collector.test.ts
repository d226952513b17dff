import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import { choiceCollector } from './choice-collector.ts'

const config = { choices: ['Mail', 'Phone'], defaultChoice: 'Phone', prompt: 'How?' }

test('the first visit asks, with the default choice set', async () => {
  const { action } = await runNode(choiceCollector, { config })
  expect(callbacksOf(action)).toEqual([
    {
      type: 'ChoiceCallback',
      output: { prompt: 'How?', choices: ['Mail', 'Phone'], defaultChoice: 1 },
      input: { '': 1 },
    },
  ])
})

test('a default that is no choice stands for the first', async () => {
  const { action } = await runNode(choiceCollector, { config: { ...config, defaultChoice: 'Fax' } })
  expect(callbacksOf(action)[0]?.output.defaultChoice).toBe(0)
})

test.each([
  [0, 'Mail'],
  [1, 'Phone'],
])('choice %d leaves by %s', async (index, outcome) => {
  const { action } = await runNode(choiceCollector, { config, answers: [answer('ChoiceCallback', index)] })
  expect(outcomeOf(action)).toBe(outcome)
})

test('an answer that is no choice asks again', async () => {
  const { action } = await runNode(choiceCollector, { config, answers: [answer('ChoiceCallback', 2)] })
  expect(callbacksOf(action)).toHaveLength(1)
})

test('a single choice is taken without asking', async () => {
  const { action } = await runNode(choiceCollector, { config: { ...config, choices: ['Mail'] } })
  expect(outcomeOf(action)).toBe('Mail')
})

test('without choices the journey cannot go on', async () => {
  const { action } = await runNode(choiceCollector, { config: { ...config, choices: [] } })
  expect(action).toEqual({ kind: 'error', message: 'Choice Collector has no choices' })
})

test('every choice is an outcome', () => {
  const around = { typeNamed: () => undefined, child: () => undefined }
  expect(outcomesOf(choiceCollector, config, around)).toEqual([
    { id: 'Mail', displayName: 'Mail' },
    { id: 'Phone', displayName: 'Phone' },
  ])
})

test('without a prompt and a default choice, as old exports are, the first choice is set', async () => {
  const { action } = await runNode(choiceCollector, { config: { choices: ['Mail', 'Phone'] } })
  expect(callbacksOf(action)).toMatchObject([
    { type: 'ChoiceCallback', output: { prompt: '', choices: ['Mail', 'Phone'], defaultChoice: 0 } },
  ])
})
