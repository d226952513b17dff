import { afterEach, beforeEach, expect, test } from 'vitest'
import { openNewStores } from '../../test/support/new-database.ts'
import type { Stores } from '../store/stores.ts'
import { SharedCounts } from './shared-counts.ts'

const key = '/alpha requests from 192.0.2.7'

let stores: Stores
let now: number
beforeEach(async () => {
  stores = await openNewStores()
  now = 1000
})
afterEach(() => stores.close())

const server = () => new SharedCounts(stores.limits, () => now)
const counted = (counts: SharedCounts, times = 1) => {
  let last = 0
  for (let done = 0; done < times; done++) last = counts.count(key, 60_000).count
  return last
}

test('starts a window with the first event and ends it', () => {
  const counts = server()
  expect(counts.count(key, 60_000)).toEqual({ count: 1, endsInMs: 60_000 })
  now = 60_999
  expect(counted(counts)).toBe(2)
  now = 61_000
  expect(counts.count(key, 60_000)).toEqual({ count: 1, endsInMs: 60_000 })
})

test('shares counts between servers', async () => {
  const [one, other] = [server(), server()]
  counted(one, 30)
  now += 10
  counted(other, 5)
  await one.settle()
  await other.settle()
  expect(counted(other)).toBe(36)
  await other.settle()
  expect(counted(one)).toBe(31)
  await one.settle()
  expect(counted(one)).toBe(38)
  // The shared window starts with the first shared count.
  expect(one.count(key, 60_000)).toEqual({ count: 39, endsInMs: 60_000 })
})

test('restores shared counts after a restart', async () => {
  const before = server()
  counted(before, 30)
  await before.settle()
  const after = server()
  counted(after)
  await after.settle()
  expect(counted(after)).toBe(32)
})

test('neither loses nor repeats events during an exchange', async () => {
  const counts = server()
  counted(counts, 3)
  const settled = counts.settle()
  counted(counts, 2)
  await settled
  expect(counted(counts)).toBe(6)
  await counts.settle()
  expect(await stores.limits.read(key, now)).toMatchObject({ count: 6 })
})

test('sends failed counts the next time', async () => {
  let isAway = true
  const take: Stores['limits']['take'] = async (...given) => {
    if (isAway) throw new Error('away')
    return stores.limits.take(...given)
  }
  const counts = new SharedCounts({ take }, () => now)
  counted(counts, 3)
  await expect(counts.settle()).rejects.toThrow('away')
  isAway = false
  await counts.settle()
  expect(await stores.limits.read(key, now)).toMatchObject({ count: 3 })
})

test('drops the oldest window when memory is full', () => {
  const counts = server()
  counted(counts, 7)
  for (let source = 0; source < 50_000; source++) counts.count(`source ${source}`, 60_000)
  expect(counted(counts)).toBe(1)
})
