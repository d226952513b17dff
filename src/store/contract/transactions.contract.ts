import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Stores } from '../stores.ts'
import { exampleTransaction, type OpenStores, start } from './examples.ts'

const now = start + 1000

/** What every `TransactionStore` keeps to. */
export function transactionStoreContract(open: OpenStores): void {
  describe('transactions', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    async function opened(change: Parameters<typeof exampleTransaction>[0] = {}) {
      const transaction = exampleTransaction(change)
      await stores.transactions.apply([{ kind: 'create', transaction }])
      return transaction
    }
    const complete = (idHash: string, name = 'demo') =>
      stores.transactions.apply([{ kind: 'complete', idHash, now, sessionProperties: { name } }])
    const change = (kind: 'start' | 'deny' | 'cancel', idHash: string) =>
      stores.transactions.apply([{ kind, idHash, now }])

    test('a transaction is read as it was opened', async () => {
      const full = await opened({ trackingId: 'call-7', allowRetry: false })
      const bare = await opened({
        subject: undefined,
        openedBy: { journeySession: undefined, session: 'token' },
      })
      expect(await stores.transactions.read(full.idHash)).toEqual(full)
      expect(await stores.transactions.read(bare.idHash)).toEqual(bare)
      expect(await stores.transactions.read('another')).toBeUndefined()
    })

    test('an expired one is still answered: readers decide', async () => {
      const { idHash } = await opened({ expiresAt: start - 1 })
      expect(await stores.transactions.read(idHash)).toBeDefined()
    })

    test('notifications merge key by key and are all kept in order', async () => {
      const { idHash } = await opened()
      expect(await stores.transactions.notify(idHash, 'a', { x: 1, y: { deep: 1 } }, now)).toBe(1)
      expect(await stores.transactions.notify(idHash, 'b', { y: 2 }, now + 1)).toBe(2)
      expect((await stores.transactions.read(idHash))?.notificationData).toEqual({ x: 1, y: 2 })
      const events = [
        { kind: 'notification', sequence: 1, at: now, data: { x: 1, y: { deep: 1 } } },
        { kind: 'notification', sequence: 2, at: now + 1, data: { y: 2 } },
      ]
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual(events)
      expect(await stores.transactions.eventsAfter(idHash, 1)).toEqual(events.slice(1))
    })

    test('fifty notifications at once get the numbers 1 to 50', async () => {
      const { idHash } = await opened()
      const numbers = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          stores.transactions.notify(idHash, `${i}`, { [`k${i}`]: i }, now),
        ),
      )
      const expected = Array.from({ length: 50 }, (_, i) => i + 1)
      expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual(expected)
      const events = await stores.transactions.eventsAfter(idHash, 0)
      expect(events.map(({ sequence }) => sequence)).toEqual(expected)
      const held = await stores.transactions.read(idHash)
      expect(Object.keys(held?.notificationData ?? {})).toHaveLength(50)
    })

    test('a notification sent twice is saved once, at the same time or after the end', async () => {
      const { idHash } = await opened()
      const send = () => stores.transactions.notify(idHash, 'same', { x: 1 }, now)
      expect(await Promise.all([send(), send(), send()])).toEqual([1, 1, 1])
      await complete(idHash)
      expect(await send()).toBe(1)
      expect(await stores.transactions.eventsAfter(idHash, 0)).toHaveLength(2)
    })

    test('what is unknown, expired, cancelled or completed takes no notification', async () => {
      const expired = await opened({ expiresAt: now })
      const cancelled = await opened()
      const completed = await opened()
      await change('cancel', cancelled.idHash)
      await complete(completed.idHash)
      for (const idHash of ['another', expired.idHash, cancelled.idHash, completed.idHash]) {
        expect(await stores.transactions.notify(idHash, 'late', { x: 1 }, now)).toBeUndefined()
      }
    })

    test('of two who complete, exactly one wins', async () => {
      const { idHash } = await opened()
      expect(await Promise.all([complete(idHash, 'first'), complete(idHash, 'second')])).toEqual([
        true,
        false,
      ])
      expect(await stores.transactions.read(idHash)).toMatchObject({
        state: 'COMPLETED',
        result: 'APPROVED',
        sessionProperties: { name: 'first' },
        sequence: 1,
      })
    })

    test('what expired or was cancelled cannot be completed', async () => {
      const expired = await opened({ expiresAt: now })
      const cancelled = await opened()
      await change('cancel', cancelled.idHash)
      expect(await complete(expired.idHash)).toBe(false)
      expect(await complete(cancelled.idHash)).toBe(false)
    })

    test('every state change is an event, numbered among the notifications', async () => {
      const { idHash } = await opened()
      await change('start', idHash)
      await stores.transactions.notify(idHash, 'a', { x: 1 }, now)
      await complete(idHash)
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual([
        { kind: 'state', sequence: 1, at: now, state: 'IN_PROGRESS', result: 'UNKNOWN' },
        { kind: 'notification', sequence: 2, at: now, data: { x: 1 } },
        { kind: 'state', sequence: 3, at: now, state: 'COMPLETED', result: 'APPROVED' },
      ])
    })

    test('a change that comes too late changes nothing and is no event', async () => {
      const { idHash } = await opened()
      await change('start', idHash)
      await change('start', idHash)
      await change('deny', idHash)
      const denied = await stores.transactions.read(idHash)
      expect(denied).toMatchObject({ state: 'COMPLETED', result: 'DENIED', sequence: 2 })
      for (const kind of ['start', 'deny', 'cancel'] as const) expect(await change(kind, idHash)).toBe(true)
      expect(await complete(idHash)).toBe(false)
      expect(await stores.transactions.read(idHash)).toEqual(denied)
      expect(await stores.transactions.eventsAfter(idHash, 0)).toHaveLength(2)
    })

    test('a cancelled one stays cancelled', async () => {
      const { idHash } = await opened()
      for (const kind of ['cancel', 'cancel', 'start', 'deny'] as const) await change(kind, idHash)
      expect(await stores.transactions.read(idHash)).toMatchObject({
        isCancelled: true,
        state: 'CREATED',
        result: 'UNKNOWN',
        sequence: 1,
      })
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual([
        { kind: 'cancelled', sequence: 1, at: now },
      ])
    })

    test('changes are applied together or not at all', async () => {
      const late = await opened({ expiresAt: now })
      const other = exampleTransaction()
      const isApplied = await stores.transactions.apply([
        { kind: 'create', transaction: other },
        { kind: 'complete', idHash: late.idHash, now, sessionProperties: {} },
      ])
      expect(isApplied).toBe(false)
      expect(await stores.transactions.read(other.idHash)).toBeUndefined()
    })

    test('a transaction is forgotten with its events, after it expired', async () => {
      const old = await opened({ expiresAt: start + 5000 })
      const young = await opened()
      for (const { idHash } of [old, young]) await stores.transactions.notify(idHash, 'a', { x: 1 }, now)
      expect(await stores.transactions.forget(start + 5001)).toBe(1)
      expect(await stores.transactions.read(old.idHash)).toBeUndefined()
      expect(await stores.transactions.eventsAfter(old.idHash, 0)).toEqual([])
      expect(await stores.transactions.eventsAfter(young.idHash, 0)).toHaveLength(1)
    })
  })
}
