import { expect, test } from 'vitest'
import { PendingEdits } from './pending-edits.ts'

test('a text that the editor wrote comes back as an echo, once', () => {
  const echoes = new PendingEdits()
  echoes.add('a')
  expect(echoes.acknowledge('a')).toBe(true)
  expect(echoes.acknowledge('a')).toBe(false)
})

test('an older text is an echo while a newer one is on its way', () => {
  const echoes = new PendingEdits()
  for (const text of ['a', 'ab', 'abc']) echoes.add(text)
  expect(echoes.acknowledge('a')).toBe(true)
  expect(echoes.acknowledge('abc')).toBe(true)
})

test('a page that leaves texts out is not waited for', () => {
  const echoes = new PendingEdits()
  for (const text of ['a', 'ab', 'abc']) echoes.add(text)
  expect(echoes.acknowledge('abc')).toBe(true)
  expect(echoes.acknowledge('ab')).toBe(false)
})

test('a text from elsewhere is none, and nothing is waited for after it', () => {
  const echoes = new PendingEdits()
  echoes.add('a')
  expect(echoes.acknowledge('another')).toBe(false)
  expect(echoes.acknowledge('a')).toBe(false)
})
