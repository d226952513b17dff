import { expect, test } from 'vitest'
import type { Delivery } from '../../../api/webhook-deliveries.ts'
import { lastResponse, testResultText, timeUntil } from './delivery-labels.ts'
import { allEvents, eventLabel, eventsSummary, inDisplayOrder } from './event-labels.ts'

test('every event has a word of its own', () => {
  expect(new Set(allEvents.map(eventLabel)).size).toBe(allEvents.length)
})

test.each<[string, readonly string[], string]>([
  ['all', allEvents.toReversed(), 'Everything that becomes of a check'],
  ['some', ['used', 'approved'], 'Approved, Result used'],
  ['many', allEvents.slice(0, 13), 'Begun, Link sent, Caller confirmed and 10 more'],
  ['one of a later server', ['approved', 'renamed'], 'Approved, renamed'],
])('events are told on one line: %s', (_case, events, words) => {
  expect(eventsSummary(events)).toBe(words)
})

test('the same choice is the same list', () => {
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
  [{}, undefined, /on its way/],
  [{ state: 'delivered', tries: 1, lastStatus: 204 }, 'HTTP 204', /delivered: the answer was HTTP 204/],
  [{ tries: 1, lastStatus: 500 }, 'HTTP 500', /not taken: the answer was HTTP 500\. It is tried again/],
  [{ tries: 2 }, 'No answer', /not taken: there was no answer/],
  [{ state: 'failed', tries: 1, lastStatus: 410 }, 'HTTP 410', /HTTP 410 says/],
  [{ state: 'failed', tries: 20, lastStatus: 500 }, 'HTTP 500', /given up: the answer was HTTP 500/],
  [{ state: 'failed', tries: 20 }, 'No answer', /given up: there was no answer/],
  [{ state: 'failed', tries: 1 }, 'Not called', /Nobody was called/],
])('how a delivery went is told: %o', (part, answer, words) => {
  expect(lastResponse({ ...delivery, ...part })).toBe(answer)
  expect(testResultText({ ...delivery, ...part })).toMatch(words)
})

test.each([
  [0, 'now'],
  [4_200, 'in 5 s'],
  [120_000, 'in 2 min'],
  [7_200_000, 'in 2 h'],
])('what comes in %i ms is %s', (ms, words) => {
  expect(timeUntil(1_000 + ms, 1_000)).toBe(words)
})
