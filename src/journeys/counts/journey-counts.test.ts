import { expect, test } from 'vitest'
import { OperationError } from '../../base/errors.ts'
import type { ConnectionCount } from './count-store.ts'
import { JourneyCounts, slotMs } from './journey-counts.ts'

const visit = {
  entry: { journey: 'Login', nodeId: 'check', result: 'outcome', duration: 0 },
  taken: [{ journey: 'Login', nodeId: 'check', outcome: 'true' }],
} as const

const step = { realm: '/alpha', revision: 'r', startOf: undefined, visits: [visit], waitedMs: 0, now: 5 }

function counted() {
  const saved: ConnectionCount[][] = []
  let isAway = false
  const counts = new JourneyCounts({
    async add(rows) {
      if (isAway) throw new OperationError('the database is away')
      saved.push(structuredClone([...rows]))
    },
  })
  return {
    saved,
    counts,
    away(is: boolean) {
      isAway = is
    },
  }
}

test('saves the sum of the steps of a slot, and nothing twice', async () => {
  const { saved, counts } = counted()
  counts.add(step)
  counts.add({ ...step, now: 3 })
  counts.add({ ...step, now: slotMs })
  await counts.settle()
  await counts.settle()
  expect(saved.map((rows) => rows.map(({ slot, count, firstAt }) => [slot, count, firstAt]))).toEqual([
    [
      [0, 2, 3],
      [slotMs, 1, slotMs],
    ],
  ])
})

test('counts an outcome that leads nowhere as an error', async () => {
  const { saved, counts } = counted()
  counts.add({ ...step, visits: [{ ...visit, taken: [{ ...visit.taken[0], isLost: true }] }] })
  await counts.settle()
  expect(saved.flat()).toMatchObject([
    { journey: 'Login', nodeId: 'check', outcome: '', isError: true, count: 1 },
  ])
  expect(saved.flat()[0]).not.toHaveProperty('isLost')
})

test('keeps counts that could not be saved', async () => {
  const { saved, counts, away } = counted()
  counts.add(step)
  away(true)
  await expect(counts.settle()).rejects.toThrow(OperationError)
  counts.add(step)
  away(false)
  await counts.settle()
  expect(saved.flat().map(({ count }) => count)).toEqual([2])
})

test('only the node that waited took the time of the client', async () => {
  const { saved, counts } = counted()
  const next = { ...visit, taken: [{ ...visit.taken[0], nodeId: 'next' }] }
  counts.add({ ...step, visits: [visit, next], waitedMs: 60_000 })
  await counts.settle()
  const [first = 0, second = 0] = saved.flat().map(({ durationClass }) => durationClass)
  expect([first > 40, second]).toEqual([true, 0])
})
