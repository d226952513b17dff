import { expect, test } from 'vitest'
import { isBindingMessage } from './binding-message.ts'

test.each([
  'W4SCT',
  "Allow ExampleBank to transfer £50 from your 'Main' to your 'Savings'? (EB-0246326)",
  'Überweisung über 1.000 €: “Löhne” – März…',
  'a'.repeat(100),
])('accepts %s', (text) => {
  expect(isBindingMessage(text)).toBe(true)
})

test.each([
  ['an emoji', 'Pay 👍🏿 now'],
  ['Chinese characters', '1234 品川'],
  ['450 characters', 'a'.repeat(450)],
  ['one character too many', 'a'.repeat(101)],
  ['nothing', ''],
  ['blanks around', ' 1234 '],
  ['two lines', 'Pay 1\nPay 1000'],
  ['a change of direction', 'Pay 1\u202e0001'],
  ['a blank of no width', 'Pay\u200b1'],
  ['a letter that looks like another', 'P\u0430y 1'],
  ['control characters', 'Pay\u00001'],
])('rejects %s', (_name, text) => {
  expect(isBindingMessage(text)).toBe(false)
})
