import { expect, test } from 'vitest'
import { Echoes } from './pending-edits.ts'

test('a text that the editor wrote comes back as an echo, once', () => {
  const echoes = new Echoes()
  echoes.expect('a')
  expect(echoes.take('a')).toBe(true)
  expect(echoes.take('a')).toBe(false)
})

test('an older text is an echo while a newer one is on its way', () => {
  const echoes = new Echoes()
  for (const text of ['a', 'ab', 'abc']) echoes.expect(text)
  expect(echoes.take('a')).toBe(true)
  expect(echoes.take('abc')).toBe(true)
})

test('a page that leaves texts out is not waited for', () => {
  const echoes = new Echoes()
  for (const text of ['a', 'ab', 'abc']) echoes.expect(text)
  expect(echoes.take('abc')).toBe(true)
  expect(echoes.take('ab')).toBe(false)
})

test('a text from elsewhere is none, and nothing is waited for after it', () => {
  const echoes = new Echoes()
  echoes.expect('a')
  expect(echoes.take('another')).toBe(false)
  expect(echoes.take('a')).toBe(false)
})
