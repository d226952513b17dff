import { expect, test } from 'vitest'
import { UnansweredJourneys } from './unanswered-journeys.ts'

const now = 1_700_000_000_000
const later = now + 60_000

test('refuses one journey too many of a source with 429, and other sources go on', () => {
  const journeys = new UnansweredJourneys(20)
  journeys.add('a', '192.0.2.1', later, now)
  journeys.add('b', '192.0.2.1', later, now)
  expect(() => journeys.add('c', '192.0.2.1', later, now)).toThrow('from this address were started')
  journeys.add('c', '192.0.2.2', later, now)
})

test('refuses one journey too many of all sources as busy', () => {
  const journeys = new UnansweredJourneys(2)
  journeys.add('a', '192.0.2.1', later, now)
  journeys.add('b', '192.0.2.2', later, now)
  expect(() => journeys.add('c', '192.0.2.3', later, now)).toThrow('too many journeys wait')
})

test('a journey that was answered makes room, once', () => {
  const journeys = new UnansweredJourneys(2)
  journeys.add('a', '192.0.2.1', later, now)
  journeys.remove('a')
  journeys.remove('a')
  journeys.remove('unknown')
  journeys.add('b', '192.0.2.1', later, now)
  expect(() => journeys.add('c', '192.0.2.1', later, now)).toThrow('from this address')
})

test('a journey whose time is over makes room', () => {
  const journeys = new UnansweredJourneys(1)
  journeys.add('a', '192.0.2.1', later, now)
  expect(() => journeys.add('b', '192.0.2.1', later, now + 1000)).toThrow('too many journeys')
  journeys.add('b', '192.0.2.1', later + 60_000, later)
})
