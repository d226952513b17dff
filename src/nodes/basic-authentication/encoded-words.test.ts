import { expect, test } from 'vitest'
import { decodeEncodedWords } from './encoded-words.ts'

test.each([
  ['plain text', 'alex', 'alex'],
  ['base64', '=?UTF-8?B?w6lsw6luYQ==?=', 'éléna'],
  ['quoted-printable', '=?utf-8?q?=C3=A9l_=C3=A9na?=', 'él éna'],
  ['another charset', '=?ISO-8859-1?Q?Andr=E9?=', 'André'],
  ['a charset with a language', '=?UTF-8*fr?Q?=C3=A9?=', 'é'],
  ['two words, whose separator is dropped', '=?UTF-8?Q?al?= =?UTF-8?Q?ex?=', 'alex'],
  ['text around a word', 'Dr. =?UTF-8?Q?=C3=89?= Dupont', 'Dr. É Dupont'],
  ['an empty word', '=?UTF-8?Q??=', ''],
  ['an unknown charset, left alone', '=?klingon?Q?abc?=', '=?klingon?Q?abc?='],
  ['broken bytes, left alone', '=?UTF-8?Q?=FF?=', '=?UTF-8?Q?=FF?='],
  ['a word without its end, left alone', '=?UTF-8?Q?abc', '=?UTF-8?Q?abc'],
])('decodes %s: %s', (_, encoded, text) => {
  expect(decodeEncodedWords(encoded)).toBe(text)
})
