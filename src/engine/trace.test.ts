import { expect, it } from 'vitest'
import { type TraceEntry, traceEntrySchema } from './trace.ts'

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

it('drops values from a stored trace', () => {
  const stored = { ...entry(1), values: { password: 'secret' }, shared: {} }
  expect(traceEntrySchema.parse(stored)).toEqual(entry(1))
})
