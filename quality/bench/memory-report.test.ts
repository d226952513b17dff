import { expect, test } from 'vitest'
import type { MemorySample } from './memory-growth.ts'
import { memoryReport, slopeOf } from './memory-report.ts'

const none = { journeySessions: 0, transactions: 0, transactionEvents: 0, auditRows: 1 }
const most = { journeySessions: 15_000, transactions: 5000, transactionEvents: 15_000, auditRows: 25_000 }

/** Grows fast at first, then by two kilobytes per thousand steps. */
const samples: MemorySample[] = Array.from({ length: 20 }, (_, index) => {
  const steps = (index + 1) * 50_000
  const resident = index < 4 ? 1e6 * index : 200e6 + 2 * steps
  return { steps, resident, heap: 40e6, outside: 5e6, file: 90e6, rows: none, most }
})

test('excludes the warm-up from the slope', () => {
  expect(slopeOf(samples, 'resident')).toBeCloseTo(2000, 3)
})

test('returns slope 0 for a constant', () => {
  expect(slopeOf(samples, 'heap')).toBe(0)
})

test('reports the slopes and a row for each sample', () => {
  const report = memoryReport(samples, { startedAt: Date.now(), loadBefore: 0 })
  expect(report).toContain('| resident memory | 2000 bytes |')
  expect(report).toContain('| 1,000,000 | 192.6 MB | 38.1 MB | 85.8 MB | 60,000 | 1 |')
  expect(report.split('\n').filter((each) => /^\| [\d,]+ \|/.test(each))).toHaveLength(20)
})
