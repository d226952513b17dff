import { expect, test } from 'vitest'
import { type StepAnswer, stepProblems } from './step.ts'

const yes = { request: 'yes', answer: 'page 2' }

test.each<[string, StepAnswer[]]>([
  ['no request has taken', []],
  ['one request has taken', [yes]],
  ['was taken once, with the same answer for the same request', [yes, yes]],
  ['one of two requests has taken', [yes, { request: 'no', answer: undefined }]],
])('accepts a step that %s', (_case, answers) => {
  expect(stepProblems(answers)).toEqual([])
})

test.each<[string, StepAnswer[], string]>([
  ['two requests have taken', [yes, { request: 'no', answer: 'page 3' }], 'a step was answered twice'],
  ['has two answers', [yes, { request: 'yes', answer: 'page 3' }], 'a step was answered twice'],
  ['no request could take', [{ request: 'yes', answer: undefined }], 'an acknowledged step is lost'],
])('finds a step that %s', (_case, answers, rule) => {
  expect(stepProblems(answers)).toEqual([{ rule, seen: expect.any(String) }])
})
