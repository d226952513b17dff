import { expect, test } from 'vitest'
import { type Connection, feedProblems } from './feed.ts'

const whole: Connection[] = [
  { after: undefined, ids: [0, 1] },
  { after: 1, ids: [] },
  { after: 1, ids: [2, 3] },
]

test('a feed that goes on where it broke off is in order', () => {
  expect(feedProblems(whole, 3)).toEqual([])
})

test('a feed that nobody could open tells nothing wrong', () => {
  expect(feedProblems([], 3)).toEqual([])
})

test.each<[string, Connection[], string]>([
  ['leaves one out', [{ after: undefined, ids: [0, 2, 3] }], '2 came after 0'],
  ['tells one twice', [...whole, { after: 3, ids: [3] }], '3 came after 3'],
  [
    'goes back after it broke off',
    [
      { after: undefined, ids: [0, 1, 2] },
      { after: 2, ids: [1, 2, 3] },
    ],
    '1 came after 2',
  ],
  ['ends before its end', whole.slice(0, 2), 'ended with 1, and there is 3'],
])('a feed is found that %s', (_case, connections, seen) => {
  expect(feedProblems(connections, 3)).toContainEqual({
    rule: 'a feed has a gap or tells something twice',
    seen,
  })
})
