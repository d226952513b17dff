import { beforeEach, describe, expect, it } from 'vitest'
import { noteServerTime, serverOffset } from './server-clock.ts'

const now = Date.UTC(2026, 10, 28, 12, 0, 0)
const dateHeader = (at: number) => new Date(at).toUTCString()

describe('the server’s clock', () => {
  beforeEach(() => noteServerTime(dateHeader(now), now))

  it('is this computer’s clock while both agree', () => {
    for (const difference of [-1_400, 0, 1_400]) {
      noteServerTime(dateHeader(now + difference), now)
      expect(serverOffset()).toBe(0)
    }
  })

  it.each([-3_600_000, -60_000, 60_000, 86_400_000])('differs by %i ms, and does not jump', (difference) => {
    noteServerTime(dateHeader(now + difference), now)
    const first = serverOffset()
    expect(Math.abs(first - difference)).toBeLessThanOrEqual(1_000)
    noteServerTime(dateHeader(now + difference + 10_900), now + 10_000)
    expect(serverOffset()).toBe(first)
  })

  it('follows a clock that is set right', () => {
    noteServerTime(dateHeader(now), now - 600_000)
    noteServerTime(dateHeader(now + 5_000), now + 5_000)
    expect(serverOffset()).toBe(0)
  })

  it('ignores responses without a time', () => {
    for (const date of [null, '', 'yesterday']) noteServerTime(date, now - 600_000)
    expect(serverOffset()).toBe(0)
  })
})
