import { expect, test } from 'vitest'
import { PendingEdits } from './pending-edits.ts'

test('acknowledges a text of the editor once', () => {
  const echoes = new PendingEdits()
  echoes.add('a')
  expect(echoes.acknowledge('a')).toBe(true)
  expect(echoes.acknowledge('a')).toBe(false)
})

test('acknowledges an older text while a newer one is pending', () => {
  const echoes = new PendingEdits()
  for (const text of ['a', 'ab', 'abc']) echoes.add(text)
  expect(echoes.acknowledge('a')).toBe(true)
  expect(echoes.acknowledge('abc')).toBe(true)
})

test('drops older texts that the page skipped', () => {
  const echoes = new PendingEdits()
  for (const text of ['a', 'ab', 'abc']) echoes.add(text)
  expect(echoes.acknowledge('abc')).toBe(true)
  expect(echoes.acknowledge('ab')).toBe(false)
})

test('rejects a text from elsewhere and drops all pending texts', () => {
  const echoes = new PendingEdits()
  echoes.add('a')
  expect(echoes.acknowledge('another')).toBe(false)
  expect(echoes.acknowledge('a')).toBe(false)
})
