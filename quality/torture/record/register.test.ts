import { expect, test } from 'vitest'
import { type Change, registerProblems } from './register.ts'

const before = { revision: '1', value: 'a' }
const saved: Change = { from: '1', value: 'b', outcome: { saved: '2' } }
const lost: Change = { from: '1', value: 'c', outcome: 'unknown' }

const problems = (changes: Change[], value: string, revision = '2') =>
  registerProblems('a journey', { before, changes, now: { revision, value } })

test.each<[string, Change[], string]>([
  ['no request changed', [], 'a'],
  ['was changed', [saved], 'b'],
  ['one of two requests changed', [saved, { from: '1', value: 'c', outcome: 'refused' }], 'b'],
  ['an unanswered request did not change', [lost], 'a'],
  ['an unanswered request changed', [lost], 'c'],
  ['two requests changed in turn', [saved, { from: '2', value: 'd', outcome: { saved: '3' } }], 'd'],
])('accepts a resource that %s', (_case, changes, value) => {
  expect(problems(changes, value)).toEqual([])
})

test.each<[string, Change[], string]>([
  ['that lost an acknowledged change', [saved], 'a'],
  ['that a late request overwrote', [saved, lost], 'c'],
  ['that contains a rejected change', [{ from: '1', value: 'c', outcome: 'refused' }], 'c'],
  [
    'that two requests saved over the same revision',
    [saved, { ...saved, value: 'e', outcome: { saved: '3' } }],
    'e',
  ],
])('finds a resource %s', (_case, changes, value) => {
  const rule = 'an acknowledged change is lost'
  expect(problems(changes, value)).toContainEqual({ rule, seen: expect.any(String) })
})
