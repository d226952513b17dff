import { expect, test } from 'vitest'
import type { TraceEntry } from '../engine/trace.ts'
import { entriesIn, maxTraceEntries, withEntries } from './trace-lines.ts'

function entry(number: number, displayName = 'Page'): TraceEntry {
  return {
    at: 1_795_000_000_000 + number,
    request: number,
    journey: 'Login',
    nodeId: `node-${number}`,
    nodeType: 'PageNode',
    displayName,
    result: 'callbacks',
    duration: 0.5,
    keysRead: ['username'],
    keysWritten: [],
  }
}

const entries = (count: number, first = 1) =>
  Array.from({ length: count }, (_, index) => entry(first + index))

test('appends the entries of a step', () => {
  const lines = withEntries(withEntries('', entries(2)), entries(1, 3))
  expect(entriesIn(lines)).toEqual(entries(3))
})

test('keeps every member', () => {
  const full: TraceEntry[] = [
    { ...entry(1), result: 'outcome', outcome: 'true', keysWritten: ['a', 'b'] },
    { ...entry(2), result: 'error', reason: 'it broke' },
  ]
  expect(entriesIn(withEntries('', full))).toEqual(full)
})

test('reads the lines of version 0.1', () => {
  const { request: _request, ...first } = entry(1)
  expect(entriesIn(`${JSON.stringify(first)}\n${JSON.stringify(entry(2))}\n`)).toEqual([first, entry(2)])
})

test('appends nothing for a step without nodes', () => {
  const lines = withEntries('', entries(2))
  expect(withEntries(lines, [])).toBe(lines)
  expect(entriesIn(withEntries('', []))).toEqual([])
})

test('keeps a name with a line break in one line', () => {
  const named = [entry(1, 'one\ntwo\r\u2028three'), entry(2)]
  expect(entriesIn(withEntries('', named))).toEqual(named)
})

test.each([maxTraceEntries - 1, maxTraceEntries])('keeps %d entries', (count) => {
  expect(entriesIn(withEntries('', entries(count)))).toEqual(entries(count))
})

test('drops the oldest entries, whether they come one by one or all at once', () => {
  const count = maxTraceEntries + 7
  const oneByOne = entries(count).reduce((lines, each) => withEntries(lines, [each]), '')
  expect(entriesIn(oneByOne)).toEqual(entries(maxTraceEntries, 8))
  expect(withEntries('', entries(count))).toBe(oneByOne)
})
