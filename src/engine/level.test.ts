import { expect, test } from 'vitest'
import { levelOf } from './level.ts'
import type { Method } from './methods.ts'

test.each<[readonly Method[], number]>([
  [[], 0],
  [['code'], 0],
  [['kba', 'cookie', 'code'], 0],
  [['pwd'], 1],
  [['pwd', 'code'], 1],
  [['pwd', 'fed'], 1],
  [['fed'], 1],
  [['otp'], 1],
  [['otp', 'hwk', 'rc'], 1],
  [['pwd', 'otp'], 2],
  [['pwd', 'rc'], 2],
  [['hwk', 'pwd'], 2],
  [['pop'], 3],
  [['pwd', 'pop'], 3],
])('%j gives level %d', (methods, level) => {
  expect(levelOf(methods)).toBe(level)
})
