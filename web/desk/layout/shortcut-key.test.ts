import { expect, it } from 'vitest'
import { shortcutKey } from './shortcut-key.ts'

it.each([
  ['a Latin letter', 'n', 'KeyN', false, 'n'],
  ['a Latin letter in another place', 'n', 'KeyL', false, 'n'],
  ['an Arabic letter', 'ى', 'KeyN', false, 'n'],
  ['an Arabic digit', '٣', 'Digit3', false, '3'],
  ['the top row of a French keyboard', 'é', 'Digit2', false, '2'],
  ['a French digit with Shift', '2', 'Digit2', true, '2'],
  ['an English sign with Shift', '!', 'Digit1', true, '!'],
  ['a question mark', '?', 'Slash', true, '?'],
  ['an Arabic question mark', '؟', 'Slash', true, '?'],
  ['a letter that is no shortcut', 'ش', 'KeyA', false, 'ش'],
])('%s is a shortcut by its letter or its place', (_name, key, code, shiftKey, shortcut) => {
  expect(shortcutKey({ key, code, shiftKey })).toBe(shortcut)
})
