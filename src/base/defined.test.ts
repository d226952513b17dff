import { expect, test } from 'vitest'
import { defined } from './defined.ts'

test('drops undefined members and keeps null, false, zero and empty text', () => {
  const members = { a: undefined, b: null, c: false, d: 0, e: '' }
  expect(defined(members)).toStrictEqual({ b: null, c: false, d: 0, e: '' })
})

test('keeps a member called __proto__ as an own member', () => {
  const copy = defined(JSON.parse('{"__proto__":1}'))
  expect(Object.keys(copy)).toEqual(['__proto__'])
})
