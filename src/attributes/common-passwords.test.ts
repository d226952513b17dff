import { expect, test } from 'vitest'
import { isCommonPassword, isWeakAlone, wordsAbout } from './common-passwords.ts'

const about = [...wordsAbout({ userName: 'alex.lee', mail: 'alex@larkfield.example' }), 'Larkfield Health']

test.each([
  ['a listed password', 'password'],
  ['a listed password in capitals', 'PassWord'],
  ['a listed password in full-width letters', 'ｐａｓｓｗｏｒｄ'],
  ['a long listed password', 'mailcreated5240'],
  ['a listed password, repeated', 'dragondragondragon'],
  ['one character, repeated', 'zzzzzzzzzzzzzzzz'],
  ['little more than the username', 'alex.lee-2026!!'],
  ['little more than the organisation', 'LarkfieldHealth26'],
  ['words of the email address and the organisation', 'Alex@Larkfield.health'],
])('rejects %s: %s', (_case, password) => {
  expect(isCommonPassword(password, about)).toBe(true)
})

test.each([
  ['a sentence', 'correct horse battery staple'],
  ['a sentence with a word of the organisation', 'the lark at larkfield sings early'],
  ['random characters', 'k3nVq8-ssWp0'],
  ['the password of a sample', 'Alex-Pass-2026'],
  ['few characters, which only the minimum length rejects', 'k3nVq'],
])('allows %s: %s', (_case, password) => {
  expect(isCommonPassword(password, about)).toBe(false)
})

test.each([
  ['Admin-Pass-2026', false],
  ['Admin-Pass-202', true],
  ['amadmin-sidegate-1', true],
])('%s alone is weak: %s', (password, isWeak) => {
  expect(isWeakAlone(password)).toBe(isWeak)
})
