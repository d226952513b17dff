import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FeedRounds } from './feed-rounds.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('visits each feed once in thirty seconds', () => {
  const rounds = new FeedRounds()
  const visits = Array.from({ length: 1000 }, () => 0)
  for (const number of visits.keys()) {
    rounds.add({
      visit: () => {
        visits[number] = (visits[number] ?? 0) + 1
      },
    })
  }
  vi.advanceTimersByTime(30_000)
  expect(new Set(visits)).toEqual(new Set([1]))
  vi.advanceTimersByTime(60_000)
  expect(new Set(visits)).toEqual(new Set([3]))
})

test('spreads feeds that were opened at the same moment over the whole round', () => {
  const rounds = new FeedRounds()
  let visits = 0
  for (let feed = 0; feed < 3000; feed++) rounds.add({ visit: () => visits++ })
  for (let tick = 1; tick <= 300; tick++) {
    vi.advanceTimersByTime(100)
    expect(visits).toBe(tick * 10)
  }
})

test('visits neither removed feeds nor, once all are removed, anything', () => {
  const rounds = new FeedRounds()
  const feeds = [{ visit: vi.fn() }, { visit: vi.fn() }]
  const stops = feeds.map((feed) => rounds.add(feed))
  rounds.remove(feeds[0] as (typeof feeds)[0], stops[0] ?? 0)
  vi.advanceTimersByTime(30_000)
  expect(feeds.map(({ visit }) => visit.mock.calls.length)).toEqual([0, 1])
  rounds.remove(feeds[1] as (typeof feeds)[0], stops[1] ?? 0)
  expect(vi.getTimerCount()).toBe(0)
})
