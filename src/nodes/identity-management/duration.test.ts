import { expect, test } from 'vitest'
import { durationOf } from './duration.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

test.each([
  ['10080', 7 * day],
  ['10080 minutes', 7 * day],
  ['7 days', 7 * day],
  ['1 week', 7 * day],
  [' 2 Weeks ', 14 * day],
  ['1 day, 2 hours and 3 minutes', day + 2 * hour + 3 * minute],
  ['1 day, and 2 hours', day + 2 * hour],
  ['1 d 2 h', day + 2 * hour],
  ['5min', 5 * minute],
  ['30 sec', 30_000],
  ['250 ms', 250],
  ['zero', 0],
  ['0', 0],
  ['unlimited', Number.POSITIVE_INFINITY],
  ['none', Number.POSITIVE_INFINITY],
])('reads %j as %d milliseconds', (text, milliseconds) => {
  expect(durationOf(text)).toBe(milliseconds)
})

test.each(['', 'soon', '1 fortnight', '-5 minutes', '1.5 days', 'days', '1 day and', '1 day 2', 'and'])(
  'rejects %j',
  (text) => {
    expect(durationOf(text)).toBeUndefined()
  },
)
