import { expect, test } from 'vitest'
import { SharedCounts } from '../limits/shared-counts.ts'
import type { AuditEvent } from './audit-trail.ts'
import { keptEvents, routineEntries } from './routine-entries.ts'

const { most, windowMs } = routineEntries
const started: AuditEvent = { eventName: 'AM-TREE-LOGIN-STARTED' }
const failed: AuditEvent = { eventName: 'AM-TREE-LOGIN-COMPLETED', result: 'FAILED' }
const succeeded: AuditEvent = { eventName: 'AM-TREE-LOGIN-COMPLETED', result: 'SUCCESSFUL' }
const wrongPerson: AuditEvent = { eventName: 'SIDEGATE-TRANSACTION-WRONG-PERSON', result: 'FAILED' }
const here = { realm: '/alpha', ip: '192.0.2.1', namesPerson: false }

let now = 0
const countsOf = () => new SharedCounts({ take: async () => undefined }, () => now)

function flooded() {
  now = 0
  const counts = countsOf()
  const kept = Array.from({ length: most }, () => keptEvents([failed], here, counts)).flat()
  expect(kept).toHaveLength(most)
  return counts
}

test('leaves out starts and failures of an address that has left too many, and says so once', () => {
  const counts = flooded()
  const [notice, ...others] = keptEvents([failed, started, failed], here, counts)
  expect(notice).toMatchObject({ eventName: 'SIDEGATE-AUDIT-ENTRIES-LEFT-OUT' })
  expect(others).toEqual([])
})

test('keeps everything else', () => {
  const counts = flooded()
  keptEvents([failed], here, counts)
  const events = [started, succeeded, wrongPerson]
  expect(keptEvents(events, here, counts)).toEqual([succeeded, wrongPerson])
})

test.each([
  ['that name an existing person', { namesPerson: true }],
  ['from another address', { ip: '192.0.2.2' }],
  ['in another realm', { realm: '/beta' }],
])('keeps failures %s', (_what, other) => {
  const counts = flooded()
  keptEvents([failed], here, counts)
  expect(keptEvents([failed], { ...here, ...other }, counts)).toEqual([failed])
})

test('keeps failures again in the next window', () => {
  const counts = flooded()
  now = windowMs
  expect(keptEvents([failed], here, counts)).toEqual([failed])
})
