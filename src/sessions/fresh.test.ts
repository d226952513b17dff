import { expect, test } from 'vitest'
import { isFresh } from './fresh.ts'

const minute = 60_000

test.each([
  [0, {}, true],
  [10, {}, true],
  [10.1, {}, false],
  [0, { amr: 'pwd otp mfa' }, true],
  [0, { amr: 'cookie' }, false],
  [0, { amr: 'cookie pwd' }, true],
])('a sign-in %d minutes ago with %j is fresh for ten: %s', (age, properties, expected) => {
  expect(isFresh({ createdAt: 100 * minute, properties }, 10, (100 + age) * minute)).toBe(expected)
})
