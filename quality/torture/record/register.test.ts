import { expect, test } from 'vitest'
import { type Change, registerProblems } from './register.ts'

const before = { revision: '1', value: 'a' }
const saved: Change = { from: '1', value: 'b', outcome: { saved: '2' } }
const lost: Change = { from: '1', value: 'c', outcome: 'unknown' }

const problems = (changes: Change[], value: string, revision = '2') =>
  registerProblems('a journey', { before, changes, now: { revision, value } })

test.each<[string, Change[], string]>([
  ['nobody changed', [], 'a'],
  ['was changed', [saved], 'b'],
  ['was changed by one of two', [saved, { from: '1', value: 'c', outcome: 'refused' }], 'b'],
  ['was not changed by a request without an answer', [lost], 'a'],
  ['was changed by a request without an answer', [lost], 'c'],
  ['was changed twice', [saved, { from: '2', value: 'd', outcome: { saved: '3' } }], 'd'],
])('there is nothing wrong with what %s', (_case, changes, value) => {
  expect(problems(changes, value)).toEqual([])
})

test.each<[string, Change[], string]>([
  ['the acknowledged change of which is gone', [saved], 'a'],
  ['that a late request wrote over', [saved, lost], 'c'],
  ['that a refused change is in', [{ from: '1', value: 'c', outcome: 'refused' }], 'c'],
  ['that two saved over the same revision', [saved, { ...saved, value: 'e', outcome: { saved: '3' } }], 'e'],
])('something is found %s', (_case, changes, value) => {
  const rule = 'an acknowledged change is lost'
  expect(problems(changes, value)).toContainEqual({ rule, seen: expect.any(String) })
})
