import { createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Session } from '../sessions/session.ts'
import { signInMarks } from './sign-in-again.ts'

const start = 1_700_000_000_000
let now = start
const marks = signInMarks(
  () => [createSecretKey(new Uint8Array(32))],
  () => now,
)
// The other members of a session are irrelevant here.
const session = (handle: string, createdAt: number) => ({ handle, createdAt }) as Session

test('a new session that was created after the mark proves a sign-in', () => {
  now = start
  const mark = marks.make('web', session('old', start - 1000))
  expect(marks.isFresh(mark, 'web', session('new', start + 1))).toBe(true)
  expect(marks.isFresh(mark, 'web', session('old', start + 1))).toBe(false)
  expect(marks.isFresh(mark, 'web', session('new', start - 1))).toBe(false)
  expect(marks.isFresh(mark, 'other', session('new', start + 1))).toBe(false)
})

test('a mark expires after a day and cannot be forged', () => {
  now = start
  const mark = marks.make('web', undefined)
  const later = session('new', start + 1)
  now = start + 24 * 3_600_000
  expect(marks.isFresh(mark, 'web', later)).toBe(true)
  now++
  expect(marks.isFresh(mark, 'web', later)).toBe(false)
  now = start
  const [at, sessionDigest, signature] = mark.split('.')
  for (const text of [
    undefined,
    '',
    'x',
    `1.${sessionDigest}.${signature}`,
    `${at}.x.${signature}`,
    `${at}.${sessionDigest}.`,
  ]) {
    expect(marks.isFresh(text, 'web', later)).toBe(false)
  }
  const others = signInMarks(
    () => [createSecretKey(new Uint8Array(32).fill(1))],
    () => now,
  )
  expect(others.isFresh(mark, 'web', later)).toBe(false)
})
