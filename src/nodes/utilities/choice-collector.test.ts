import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import { choiceCollector } from './choice-collector.ts'

const config = { choices: ['Mail', 'Phone'], defaultChoice: 'Phone', prompt: 'How?' }

test('asks with the default choice preselected', async () => {
  const { action } = await runNode(choiceCollector, { config })
  expect(callbacksOf(action)).toEqual([
    {
      type: 'ChoiceCallback',
      output: { prompt: 'How?', choices: ['Mail', 'Phone'], defaultChoice: 1 },
      input: { '': 1 },
    },
  ])
})

test('preselects the first choice for an unknown default', async () => {
  const { action } = await runNode(choiceCollector, { config: { ...config, defaultChoice: 'Fax' } })
  expect(callbacksOf(action)[0]?.output.defaultChoice).toBe(0)
})

test.each([
  [0, 'Mail'],
  [1, 'Phone'],
])('choice %d takes the outcome %s', async (index, outcome) => {
  const { action } = await runNode(choiceCollector, { config, answers: [answer('ChoiceCallback', index)] })
  expect(outcomeOf(action)).toBe(outcome)
})

test('asks again for an invalid answer', async () => {
  const { action } = await runNode(choiceCollector, { config, answers: [answer('ChoiceCallback', 2)] })
  expect(callbacksOf(action)).toHaveLength(1)
})

test('takes a single choice without asking', async () => {
  const { action } = await runNode(choiceCollector, { config: { ...config, choices: ['Mail'] } })
  expect(outcomeOf(action)).toBe('Mail')
})

test('fails without choices', async () => {
  const { action } = await runNode(choiceCollector, { config: { ...config, choices: [] } })
  expect(action).toEqual({ kind: 'error', message: 'Choice Collector has no choices' })
})

test('offers every choice as an outcome', () => {
  const around = { typeNamed: () => undefined, child: () => undefined }
  expect(outcomesOf(choiceCollector, config, around)).toEqual([
    { id: 'Mail', displayName: 'Mail' },
    { id: 'Phone', displayName: 'Phone' },
  ])
})

test('preselects the first choice without a prompt and a default, as in old exports', async () => {
  const { action } = await runNode(choiceCollector, { config: { choices: ['Mail', 'Phone'] } })
  expect(callbacksOf(action)).toMatchObject([
    { type: 'ChoiceCallback', output: { prompt: '', choices: ['Mail', 'Phone'], defaultChoice: 0 } },
  ])
})
