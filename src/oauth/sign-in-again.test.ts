import { expect, test } from 'vitest'
import type { Session } from '../sessions/session.ts'
import { signInMarks } from './sign-in-again.ts'

const start = 1_700_000_000_000
let now = start
const marks = signInMarks(
  () => [new Uint8Array(32)],
  () => now,
)
// What else a session has is of no matter here.
const session = (handle: string, createdAt: number) => ({ handle, createdAt }) as Session

test('another session that was made since shows that somebody signed in', () => {
  now = start
  const mark = marks.make('web', session('old', start - 1000))
  expect(marks.isFresh(mark, 'web', session('new', start + 1))).toBe(true)
  expect(marks.isFresh(mark, 'web', session('old', start + 1))).toBe(false)
  expect(marks.isFresh(mark, 'web', session('new', start - 1))).toBe(false)
  expect(marks.isFresh(mark, 'other', session('new', start + 1))).toBe(false)
})

test('a mark ends after a day, and cannot be made up', () => {
  now = start
  const mark = marks.make('web', undefined)
  const later = session('new', start + 1)
  now = start + 24 * 3_600_000
  expect(marks.isFresh(mark, 'web', later)).toBe(true)
  now++
  expect(marks.isFresh(mark, 'web', later)).toBe(false)
  now = start
  const [at, held, signature] = mark.split('.')
  for (const text of [
    undefined,
    '',
    'x',
    `1.${held}.${signature}`,
    `${at}.x.${signature}`,
    `${at}.${held}.`,
  ]) {
    expect(marks.isFresh(text, 'web', later)).toBe(false)
  }
  const others = signInMarks(
    () => [new Uint8Array(32).fill(1)],
    () => now,
  )
  expect(others.isFresh(mark, 'web', later)).toBe(false)
})
