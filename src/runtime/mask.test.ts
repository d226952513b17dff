import { expect, test } from 'vitest'
import { Mask, maskedText } from './mask.ts'

test.each([
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln',
  'Authorization: Bearer abc',
  'f3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c',
  'https://id.example.com/am/XUI/?realm=/alpha&authIndexType=transaction&authIndexValue=3f2a',
  'see https://id.example.com/reset?code=1234 now',
])('masks %s because of its form', (text) => {
  expect(new Mask().text(text)).toBe(maskedText)
  expect(new Mask().value(text)).toBeUndefined()
})

test.each([
  'Elena Marsh',
  '8f2c4a10-1111-4222-8333-444455556666',
  'https://app.example.com/home',
  'https://app.example.com/list?page=2',
  'User has entered their credentials',
])('does not mask %s', (text) => {
  expect(new Mask().text(text)).toBe(text)
})

test('masks secrets as whole values, inside other texts, as numbers and at any depth', () => {
  const mask = new Mask()
  mask.hide({ password: 'Tr0ub4dor', list: ['abc', 9876] })
  expect(mask.text('it was Tr0ub4dor!')).toBe(maskedText)
  expect(mask.value('abc')).toBeUndefined()
  expect(mask.value('abcdef')).toBe('abcdef')
  expect(mask.value(9876)).toBeUndefined()
  expect(mask.value({ a: ['x', 'Tr0ub4dor'], b: { code: 7, ok: true } })).toEqual({
    a: ['x', maskedText],
    b: { code: maskedText, ok: true },
  })
  expect(mask.holdsHidden({ a: [{ b: 'my Tr0ub4dor' }] })).toBe(true)
  expect(mask.holdsHidden({ a: 'fine' })).toBe(false)
})

test.each([
  [
    'Node type designer-f3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c is unknown',
    `Node type ${maskedText} is unknown`,
  ],
  ['refused: Bearer abc', maskedText],
  ['it was correct horse', maskedText],
  ['it was Tr0ub4dor!', maskedText],
  ['no person has this name', 'no person has this name'],
])('in the sentence “%s”, masks long words alone and everything else with a secret', (text, shown) => {
  const mask = new Mask()
  mask.hide(['Tr0ub4dor', 'correct horse'])
  expect(mask.sentence(text)).toBe(shown)
})

test('does not mask very short values', () => {
  const mask = new Mask()
  mask.hide(['en', 1, true, ''])
  expect([mask.value('en'), mask.value(1), mask.value(true)]).toEqual(['en', 1, true])
})
