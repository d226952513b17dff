import { expect, test } from 'vitest'
import { fileNameOf, findPosition } from './script-position.ts'

test.each([
  ['    at f (My Script:4:10)\n    at <eval> (My Script:9:1)\n', { file: 'My Script', line: 4, column: 10 }],
  ['    at put (bindings/node-state:9:1)\n    at <eval> (a:b:7:2)', { file: 'a:b', line: 7, column: 2 }],
  ['    at My Script:2:5', { file: 'My Script', line: 2, column: 5 }],
  ['    at forEach (native)', undefined],
  [undefined, undefined],
])('%j', (stack, position) => {
  expect(findPosition(stack, new Set(['My Script', 'a:b']))).toEqual(position)
})

test('finds the position behind a file name with parentheses or line breaks', () => {
  expect(fileNameOf('a (b)\nc')).toBe('a _b__c')
})
