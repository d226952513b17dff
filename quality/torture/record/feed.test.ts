import { expect, test } from 'vitest'
import { type Connection, feedProblems } from './feed.ts'

const whole: Connection[] = [
  { after: undefined, ids: [0, 1] },
  { after: 1, ids: [] },
  { after: 1, ids: [2, 3] },
]

test('accepts a feed that resumes where it broke off', () => {
  expect(feedProblems(whole, 3)).toEqual([])
})

test('accepts a feed that could not be opened', () => {
  expect(feedProblems([], 3)).toEqual([])
})

test.each<[string, Connection[], string]>([
  ['skips an event', [{ after: undefined, ids: [0, 2, 3] }], '2 came after 0'],
  ['repeats an event', [...whole, { after: 3, ids: [3] }], '3 came after 3'],
  [
    'goes back after a reconnect',
    [
      { after: undefined, ids: [0, 1, 2] },
      { after: 2, ids: [1, 2, 3] },
    ],
    '1 came after 2',
  ],
  ['ends too early', whole.slice(0, 2), 'ended with 1 instead of 3'],
])('finds a feed that %s', (_case, connections, seen) => {
  expect(feedProblems(connections, 3)).toContainEqual({
    rule: 'a feed has a gap or a repetition',
    seen,
  })
})
