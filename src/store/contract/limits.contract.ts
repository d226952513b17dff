import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Stores } from '../stores.ts'
import {
  exampleCommit,
  exampleJourneySession,
  exampleTransaction,
  type OpenStores,
  start,
} from './examples.ts'

const limit = { key: '/alpha agent dana', max: 3, windowMs: 1000 }

export function limitStoreContract(open: OpenStores): void {
  describe('windows of limits', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    const take = (now = start, by?: number) => stores.limits.take(limit, now, by)
    const read = (now = start) => stores.limits.read(limit.key, now)

    test('starts a window with the first count and does not move it', async () => {
      expect(await read()).toBeUndefined()
      expect(await take()).toEqual({ count: 1, endsAt: start + 1000 })
      expect(await take(start + 400)).toEqual({ count: 2, endsAt: start + 1000 })
      expect(await read(start + 400)).toEqual({ count: 2, endsAt: start + 1000 })
    })

    test('counts nothing more in a full window and starts the next one at zero', async () => {
      await take(start, 3)
      expect(await take(start + 999)).toBeUndefined()
      expect(await read(start + 999)).toEqual({ count: 3, endsAt: start + 1000 })
      expect(await read(start + 1000)).toBeUndefined()
      expect(await take(start + 1000)).toEqual({ count: 1, endsAt: start + 2000 })
    })

    test('counts several at once while there is room for one', async () => {
      await take(start, 2)
      expect(await take(start, 40)).toEqual({ count: 42, endsAt: start + 1000 })
      expect(await take(start, 1)).toBeUndefined()
    })

    test('never exceeds the limit with concurrent counts', async () => {
      const taken = await Promise.all(Array.from({ length: 20 }, () => take()))
      expect(taken.filter((window) => window !== undefined)).toHaveLength(3)
    })

    test('gives one count back, in a full window too, and never below zero', async () => {
      await take(start, 3)
      await stores.limits.giveBack(limit.key, start)
      expect(await read()).toMatchObject({ count: 2 })
      expect(await take()).toMatchObject({ count: 3 })
      for (let times = 0; times < 5; times++) await stores.limits.giveBack(limit.key, start)
      expect(await read()).toMatchObject({ count: 0 })
    })

    test('keeps one window for each key', async () => {
      await take(start, 3)
      expect(await stores.limits.take({ ...limit, key: '/alpha agent lou' }, start)).toMatchObject({
        count: 1,
      })
    })

    test('deletes ended windows', async () => {
      await take()
      await stores.limits.take({ ...limit, key: 'later', windowMs: 5000 }, start)
      expect(await stores.limits.deleteEnded(start + 1000)).toBe(1)
      expect(await stores.limits.read('later', start + 1000)).toMatchObject({ count: 1 })
    })

    test('ends a window with a lock that long after it became full', async () => {
      const locking = { ...limit, lockMs: 5000 }
      const count = (now: number, by?: number) => stores.limits.take(locking, now, by)
      await count(start)
      expect(await count(start + 200)).toEqual({ count: 2, endsAt: start + 1000 })
      expect(await count(start + 400)).toEqual({ count: 3, endsAt: start + 5400 })
      expect(await count(start + 5399)).toBeUndefined()
      expect(await count(start + 5400)).toEqual({ count: 1, endsAt: start + 6400 })
      await stores.limits.remove([limit.key])
      expect(await count(start, 3)).toEqual({ count: 3, endsAt: start + 5000 })
    })

    test('removes windows by key and by prefix', async () => {
      for (const key of ['of a 1', 'of a 2', 'of ab 1', 'of a']) {
        await stores.limits.take({ ...limit, key }, start)
      }
      const left = async () => {
        const keys = ['of a 1', 'of a 2', 'of ab 1', 'of a']
        const windows = await Promise.all(keys.map((key) => stores.limits.read(key, start)))
        return keys.filter((_, place) => windows[place] !== undefined)
      }
      await stores.limits.remove(['of a 1'])
      expect(await left()).toEqual(['of a 2', 'of ab 1', 'of a'])
      await stores.limits.removeBelow('of a ')
      expect(await left()).toEqual(['of ab 1', 'of a'])
    })

    describe('that a step counts in', () => {
      const commit = (number: number) => {
        const session = exampleJourneySession({ idHash: `session-${number}` })
        const transaction = exampleTransaction({ idHash: `transaction-${number}` })
        const limits = [{ ...limit, key: 'other', max: 100 }, limit]
        return exampleCommit(session, { transactions: [{ kind: 'create', transaction }], limits })
      }

      test('count with the step, and refuse the whole step if one is full', async () => {
        const committed = await Promise.all(
          [1, 2, 3, 4, 5].map((number) => stores.steps.commit(commit(number))),
        )
        expect(committed.toSorted()).toEqual(['committed', 'committed', 'committed', 'limit', 'limit'])
        expect(await stores.limits.read('other', start)).toMatchObject({ count: 3 })
        for (const [place, outcome] of committed.entries()) {
          const transaction = await stores.transactions.read(`transaction-${place + 1}`)
          expect(transaction !== undefined).toBe(outcome === 'committed')
        }
      })
    })
  })
}
