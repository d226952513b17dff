import { expect, test } from 'vitest'
import { UnansweredJourneys } from './unanswered-journeys.ts'

const now = 1_700_000_000_000
const later = now + 60_000

test('refuses a source that exceeds its share with 429, and no other source', () => {
  const journeys = new UnansweredJourneys(20)
  journeys.add('a', '192.0.2.1', later, now)
  journeys.add('b', '192.0.2.1', later, now)
  expect(() => journeys.add('c', '192.0.2.1', later, now)).toThrow('from this address were started')
  journeys.add('c', '192.0.2.2', later, now)
})

test('is busy when all sources together reach the maximum', () => {
  const journeys = new UnansweredJourneys(2)
  journeys.add('a', '192.0.2.1', later, now)
  journeys.add('b', '192.0.2.2', later, now)
  expect(() => journeys.add('c', '192.0.2.3', later, now)).toThrow('too many journeys wait')
})

test('frees a place once when a journey is answered', () => {
  const journeys = new UnansweredJourneys(2)
  journeys.add('a', '192.0.2.1', later, now)
  journeys.remove('a')
  journeys.remove('a')
  journeys.remove('unknown')
  journeys.add('b', '192.0.2.1', later, now)
  expect(() => journeys.add('c', '192.0.2.1', later, now)).toThrow('from this address')
})

test('frees the place of an expired journey', () => {
  const journeys = new UnansweredJourneys(1)
  journeys.add('a', '192.0.2.1', later, now)
  expect(() => journeys.add('b', '192.0.2.1', later, now + 1000)).toThrow('too many journeys')
  journeys.add('b', '192.0.2.1', later + 60_000, later)
})
