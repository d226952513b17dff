import { expect, test } from 'vitest'
import type { Json } from '../../base/json.ts'
import { plainText } from './plain-text.ts'
import { noPurpose, purposeOf } from './purpose.ts'

test('reads the purpose from the root of the data only', () => {
  const data = { action: 'Reset the password', reason: 'New phone', ticket: 'INC-1', username: 'alex' }
  expect(purposeOf(data)).toEqual({ action: 'Reset the password', reason: 'New phone', ticket: 'INC-1' })
  expect(purposeOf({ objectAttributes: { action: 'inside' } })).toEqual(noPurpose)
})

test.each<[string, Json | undefined, string | undefined]>([
  ['a list with one text', ['Unlock'], 'Unlock'],
  ['an empty list', [], undefined],
  ['a list with two texts', ['Unlock', 'Reset'], undefined],
  ['an empty text', '', undefined],
  ['white space', ' \n\t ', undefined],
  ['nothing but control characters', '\u0000\u202e', undefined],
  ['a number', 7, undefined],
  ['an object', { text: 'Unlock' }, undefined],
  ['null', null, undefined],
  ['nothing', undefined, undefined],
])('%s is read as %j', (_case, value, action) => {
  expect(purposeOf(value === undefined ? {} : { action: value }).action).toBe(action)
})

test.each([
  ['line ends become spaces', 'one\r\ntwo\u2028three\u2029four', 'one two three four'],
  ['white space is one space, and none at the ends', '  one \t two  ', 'one two'],
  ['bidirectional characters are taken out', 'Reset \u202etxet\u202c\u2066x\u2069\u200f', 'Reset txetx'],
  ['control characters are taken out', 'Re\u0000se\u001bt\u007f', 'Reset'],
  ['invisible characters are taken out', 'Re\u200bset\ufeff\u00ad', 'Reset'],
  ['half a character is taken out', 'Reset\ud83d', 'Reset'],
  ['other scripts and emoji stay', 'パスワード 🔑 كلمة', 'パスワード 🔑 كلمة'],
  ['markup stays what it is: text', '<b>Reset</b> & more', '<b>Reset</b> & more'],
])('%s', (_case, text, plain) => {
  expect(plainText(text, 100)).toBe(plain)
})

test('cuts long texts between characters', () => {
  expect(plainText('🔑'.repeat(9), 4)).toBe('🔑'.repeat(4))
  expect(plainText('one two', 4)).toBe('one')
  const { action, reason, ticket } = purposeOf({
    action: 'a'.repeat(500),
    reason: 'r'.repeat(500),
    ticket: 't'.repeat(500),
  })
  expect([action, reason, ticket].map((text) => text?.length)).toEqual([120, 200, 64])
})
