import { expect, test } from 'vitest'
import { type StepAnswer, stepProblems } from './step.ts'

const yes = { request: 'yes', answer: 'page 2' }

test.each<[string, StepAnswer[]]>([
  ['nobody has taken', []],
  ['one request has taken', [yes]],
  ['was taken once, the same answer going to the same request', [yes, yes]],
  ['one of two requests has taken', [yes, { request: 'no', answer: undefined }]],
])('there is nothing wrong with a step that %s', (_case, answers) => {
  expect(stepProblems(answers)).toEqual([])
})

test.each<[string, StepAnswer[], string]>([
  ['two requests have taken', [yes, { request: 'no', answer: 'page 3' }], 'a step was answered twice'],
  ['has two answers', [yes, { request: 'yes', answer: 'page 3' }], 'a step was answered twice'],
  ['nobody could take', [{ request: 'yes', answer: undefined }], 'an acknowledged step is lost'],
])('a step is found that %s', (_case, answers, rule) => {
  expect(stepProblems(answers)).toEqual([{ rule, seen: expect.any(String) }])
})
