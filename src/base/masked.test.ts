import { expect, test } from 'vitest'
import { maskedMail, maskedName, maskedNumber } from './masked.ts'

test.each([
  ['Elena Marsh', 'E••• M•••'],
  ['  Maximiliana   Freifrau von  Hohenstein', 'M••• F••• v••• H•••'],
  ['نور الحداد', 'ن••• ا•••'],
  ['alex', 'a•••'],
  ['', ''],
])('of the name %j people see %j', (name, masked) => {
  expect(maskedName(name)).toBe(masked)
})

test('hides the length of a name', () => {
  expect(maskedName('Al Li')).toBe(maskedName('Alexandra Liebermann'))
})

test.each([
  ['elena.marsh@larkfield.example', 'e•••h@larkfield.example'],
  ['bob@example.com', 'b•••@example.com'],
  ['a@example.com', 'a•••@example.com'],
  ['"odd@name"@example.com', '"•••"@example.com'],
  ['no-address', 'n•••s'],
  ['', '•••'],
])('of the address %j people see %j', (address, masked) => {
  expect(maskedMail(address)).toBe(masked)
})

test.each([
  ['+1 555 0100', '•••• 00'],
  ['+49 (0)30 1234-42', '•••• 42'],
  ['0199', '••••'],
  ['none', '••••'],
])('of the number %j people see %j', (number, masked) => {
  expect(maskedNumber(number)).toBe(masked)
})
