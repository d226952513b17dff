import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionCount } from '../../journeys/counts/count-store.ts'
import type { Stores } from '../stores.ts'
import type { OpenStores } from './examples.ts'

const realm = '/alpha'
const hour = 3_600_000
const slot = 1000 * hour

const count = (change: Partial<ConnectionCount> = {}): ConnectionCount => ({
  realm,
  journey: 'Login',
  revision: 'r1',
  nodeId: 'check',
  outcome: 'true',
  isError: false,
  slot,
  durationClass: 20,
  count: 1,
  firstAt: slot + 5,
  ...change,
})

/** The tests for counts of connections. */
export function countStoreContract(open: OpenStores): void {
  describe('counts of connections', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    const read = (since = slot, journey = 'Login') => stores.counts.read(realm, journey, since)
    const sum = (change: Partial<ConnectionCount> = {}) => {
      const { realm: _realm, journey: _journey, slot: _slot, ...rest } = count(change)
      return rest
    }

    test('adds the same counts from several sides at once, in any order', async () => {
      const some = Array.from({ length: 60 }, (_, index) => count({ nodeId: `node ${index}` }))
      const sides = Array.from({ length: 12 }, (_, side) => (side % 2 === 0 ? some : some.toReversed()))
      await Promise.all(sides.map((counts) => stores.counts.add(counts)))
      expect((await read()).map((one) => one.count)).toEqual(some.map(() => sides.length))
    })

    test('adds up, and keeps the earliest time', async () => {
      await stores.counts.add([count({ count: 2 }), count({ firstAt: slot + 3 })])
      await stores.counts.add([count({ count: 4, firstAt: slot + 9 })])
      expect(await read()).toEqual([sum({ count: 7, firstAt: slot + 3 })])
    })

    test('adds concurrent counts exactly', async () => {
      await Promise.all(Array.from({ length: 20 }, () => stores.counts.add([count()])))
      expect(await read()).toEqual([sum({ count: 20 })])
    })

    test.each<Partial<ConnectionCount>>([
      { revision: 'r2' },
      { nodeId: 'ask' },
      { outcome: 'false' },
      { isError: true, outcome: '' },
      { durationClass: -1 },
    ])('keeps counts apart that differ by %j', async (change) => {
      await stores.counts.add([count(), count(change)])
      expect(await read()).toHaveLength(2)
      expect(await read()).toContainEqual(sum(change))
    })

    test('reads one journey of one realm since a time', async () => {
      await stores.counts.add([
        count(),
        count({ slot: slot - 1 }),
        count({ journey: 'Other' }),
        count({ realm: '/beta' }),
      ])
      expect(await read()).toEqual([sum()])
      expect(await read(slot - 1)).toEqual([sum({ count: 2 })])
    })

    test('merges old slots into hours without changing a sum, also if it runs again', async () => {
      const parts = [0, 10, 20, 60].map((minutes) => count({ slot: slot + minutes * 60_000 }))
      await stores.counts.add(parts)
      for (let time = 0; time < 2; time++) {
        await stores.counts.mergeIntoHours(slot + 50 * 60_000)
        expect(await read()).toEqual([sum({ count: 4 })])
      }
      expect(await read(slot + 1)).toEqual([sum({ count: 1 })])
      await stores.counts.add([count({ slot: slot + 30 * 60_000 })])
      await stores.counts.mergeIntoHours(slot + 2 * hour)
      expect(await read()).toEqual([sum({ count: 5 })])
    })

    test('deletes old slots', async () => {
      await stores.counts.add([count(), count({ slot: slot - hour })])
      await stores.counts.deleteBefore(slot)
      expect(await read(0)).toEqual([sum()])
    })
  })
}
