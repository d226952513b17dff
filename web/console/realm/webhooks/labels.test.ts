import { expect, test } from 'vitest'
import type { Delivery } from '../../../api/webhook-deliveries.ts'
import { lastResponse, testResultText, timeUntil } from './delivery-labels.ts'
import { allEvents, eventLabel, eventsSummary, inDisplayOrder } from './event-labels.ts'

test('gives every event its own label', () => {
  expect(new Set(allEvents.map(eventLabel)).size).toBe(allEvents.length)
})

test.each<[string, readonly string[], string]>([
  ['all', allEvents.toReversed(), 'All events'],
  ['some', ['used', 'approved'], 'Approved, Result used'],
  ['many', allEvents.slice(0, 13), 'Started, Link sent, Caller confirmed and 10 more'],
  ['an unknown event', ['approved', 'renamed'], 'Approved, renamed'],
])('summarises events on one line: %s', (_case, events, summary) => {
  expect(eventsSummary(events)).toBe(summary)
})

test('sorts equal selections into equal lists', () => {
  expect(inDisplayOrder(['used', 'renamed', 'approved', 'renamed'])).toEqual(['approved', 'used', 'renamed'])
})

const delivery: Delivery = {
  _id: 'one',
  receiver: 'tickets',
  event: 'test',
  reference: null,
  at: 0,
  state: 'waiting',
  tries: 0,
  lastStatus: null,
  lastTriedAt: null,
  nextTryAt: 0,
}

test.each<[Partial<Delivery>, string | undefined, RegExp]>([
  [{}, undefined, /Sending/],
  [{ state: 'delivered', tries: 1, lastStatus: 204 }, 'HTTP 204', /delivered \(HTTP 204\)/],
  [{ tries: 1, lastStatus: 500 }, 'HTTP 500', /not accepted \(HTTP 500\)\. It will be retried/],
  [{ tries: 2 }, 'No response', /not accepted \(no response\)/],
  [{ state: 'failed', tries: 1, lastStatus: 410 }, 'HTTP 410', /HTTP 410 means/],
  [{ state: 'failed', tries: 20, lastStatus: 500 }, 'HTTP 500', /failed \(HTTP 500\)/],
  [{ state: 'failed', tries: 20 }, 'No response', /failed \(no response\)/],
  [{ state: 'failed', tries: 1 }, 'Not called', /No request was sent/],
])('describes a delivery: %o', (part, response, text) => {
  expect(lastResponse({ ...delivery, ...part })).toBe(response)
  expect(testResultText({ ...delivery, ...part })).toMatch(text)
})

test.each([
  [0, 'now'],
  [4_200, 'in 5 s'],
  [120_000, 'in 2 min'],
  [7_200_000, 'in 2 h'],
])('formats %i ms as %s', (ms, text) => {
  expect(timeUntil(1_000 + ms, 1_000)).toBe(text)
})
