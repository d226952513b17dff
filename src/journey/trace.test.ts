import { expect, it } from 'vitest'
import { appendTrace, maxTraceEntries, type TraceEntry, traceEntrySchema } from './trace.ts'

const entry = (at: number): TraceEntry => ({
  at,
  journey: 'Login',
  nodeId: 'n',
  nodeType: 'MessageNode',
  displayName: 'Message',
  result: 'callbacks',
  duration: 0.25,
  keysRead: ['username'],
  keysWritten: [],
})

it('a trace keeps the order of the runs', () => {
  const trace = appendTrace(appendTrace([], entry(1)), entry(2))
  expect(trace.map(({ at }) => at)).toEqual([1, 2])
})

it('a trace forgets the oldest runs once it is full', () => {
  let trace: TraceEntry[] = []
  for (let at = 1; at <= maxTraceEntries + 2; at++) trace = appendTrace(trace, entry(at))
  expect(trace).toHaveLength(maxTraceEntries)
  expect([trace[0]?.at, trace.at(-1)?.at]).toEqual([3, maxTraceEntries + 2])
})

it('appending leaves the trace before as it was', () => {
  const before = [entry(1)]
  appendTrace(before, entry(2))
  expect(before).toEqual([entry(1)])
})

it('a stored trace has no place for values', () => {
  const stored = { ...entry(1), values: { password: 'secret' }, shared: {} }
  expect(traceEntrySchema.parse(stored)).toEqual(entry(1))
})
