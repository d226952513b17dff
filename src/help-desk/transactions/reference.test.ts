import { expect, test } from 'vitest'
import { newReference, readReference } from './reference.ts'

test.each([
  ['as it is shown', '7QK4M2XR'],
  ['as people type it', ' 7qk4-m2xr '],
  ['with isolates, as a page in Arabic shows it', '\u20687QK4M2XR\u2069'],
  ['with a mark of the writing direction', '\u200e7QK4 M2XR'],
])('a reference is read %s', (_how, text) => {
  expect(readReference(text)).toBe('7QK4M2XR')
})

test('a new reference reads as itself', () => {
  const reference = newReference()
  expect(readReference(reference)).toBe(reference)
})
