import { expect, test } from 'vitest'
import { isSettled } from './delivery.ts'

const hour = 3_600_000

test.each([
  ['an address without a known change', undefined, 24, true],
  ['one changed a moment ago', 0, 24, false],
  ['one changed just within the time', -24 * hour + 1, 24, false],
  ['one changed as long ago as the realm asks for', -24 * hour, 24, true],
  ['any address, where the realm asks for no time', 0, 0, true],
])('%s', (_case, changedAgo, quietHours, may) => {
  const now = 1_800_000_000_000
  expect(isSettled(changedAgo === undefined ? undefined : now + changedAgo, quietHours, now)).toBe(may)
})
