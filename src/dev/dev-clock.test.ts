import { expect, onTestFinished, test } from 'vitest'
import { DevClock } from './dev-clock.ts'

test('runs timers when time is skipped, each in its turn, and keeps the time that was skipped', () => {
  const clock = new DevClock()
  onTestFinished(() => clock.stop())
  const ran: string[] = []
  clock.after(60_000, () => ran.push('once'))
  clock.every(120_000, () => ran.push('again'))
  const cancel = clock.after(60_000, () => ran.push('cancelled'))
  cancel()
  const before = clock.now()
  clock.pass(30_000)
  expect(ran).toEqual([])
  clock.pass(300_000)
  expect(ran).toEqual(['once', 'again', 'again'])
  expect(clock.aheadMs).toBe(330_000)
  expect(clock.now()).toBeGreaterThanOrEqual(before + 330_000)
})
