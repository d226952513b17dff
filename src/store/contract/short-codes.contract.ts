import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Stores } from '../stores.ts'
import {
  exampleCommit,
  exampleJourneySession,
  exampleTransaction,
  type OpenStores,
  start,
} from './examples.ts'

const now = start + 1000

export function shortCodeStoreContract(open: OpenStores): void {
  describe('short codes', () => {
    let stores: Stores
    let idHash: string
    let expiresAt: number
    beforeEach(async () => {
      stores = await open()
      ;({ idHash, expiresAt } = await opened())
    })
    afterEach(() => stores.close())

    async function opened(change: Parameters<typeof exampleTransaction>[0] = {}) {
      const transaction = exampleTransaction(change)
      const commit = exampleCommit(exampleJourneySession(), {
        transactions: [{ kind: 'create', transaction }],
      })
      expect(await stores.steps.commit(commit)).toBe('committed')
      return transaction
    }

    const spoken = (mac: string, of = idHash) =>
      ({ idHash: of, channel: 'spoken', mac, link: `sealed ${mac}` }) as const
    const issue = (mac: string, at = now) => stores.shortCodes.issue(spoken(mac), at)
    const redeem = (mac: string, at = now, of = idHash) => stores.shortCodes.redeem(spoken(mac, of), at)
    const events = () => stores.transactions.eventsAfter(idHash, 0)

    test('returns a code as issued, with the expiry of its transaction, and after its use', async () => {
      expect(await issue('a')).toBe(true)
      const issued = { ...spoken('a'), realm: '/alpha', expiresAt }
      expect(await stores.shortCodes.find('a')).toEqual(issued)
      expect(await stores.shortCodes.find('b')).toBeUndefined()
      expect(await redeem('a')).toBe(true)
      expect(await stores.shortCodes.find('a')).toEqual({ ...issued, usedAt: now })
    })

    test('records the use of a code in its transaction', async () => {
      await issue('a')
      await redeem('a')
      expect(await events()).toEqual([{ kind: 'shortCodeUsed', channel: 'spoken', sequence: 1, at: now }])
    })

    test('lets one of many concurrent attempts use a code', async () => {
      await issue('a')
      const used = await Promise.all(Array.from({ length: 10 }, () => redeem('a')))
      expect(used.filter((isUsed) => isUsed)).toHaveLength(1)
      expect(await redeem('a')).toBe(false)
      expect(await events()).toHaveLength(1)
    })

    test('replaces the code of one channel and keeps that of the other', async () => {
      await issue('a')
      const message = { ...spoken('m'), channel: 'message' } as const
      expect(await stores.shortCodes.issue(message, now)).toBe(true)
      expect(await issue('b')).toBe(true)
      expect(await redeem('a')).toBe(false)
      expect(await redeem('b')).toBe(true)
      expect(await stores.shortCodes.redeem(message, now)).toBe(true)
      expect(await events()).toMatchObject([{ channel: 'spoken' }, { channel: 'message' }])
    })

    test('replaces a used code by a fresh one', async () => {
      await issue('a')
      await redeem('a')
      expect(await issue('b')).toBe(true)
      expect(await redeem('b')).toBe(true)
    })

    test('gives a code to one transaction only, and leaves the earlier code of the other as it is', async () => {
      const other = await opened({ idHash: 'another', reference: 'OTHER234' })
      await issue('a')
      await stores.shortCodes.issue(spoken('o', other.idHash), now)
      expect(await stores.shortCodes.issue(spoken('a', other.idHash), now)).toBe(false)
      expect(await redeem('o', now, other.idHash)).toBe(true)
      expect(await redeem('a')).toBe(true)
    })

    test('does not use the code of one transaction for another', async () => {
      const other = await opened({ idHash: 'another', reference: 'OTHER234' })
      await issue('a')
      expect(await redeem('a', now, other.idHash)).toBe(false)
    })

    test.each([
      ['cancelled', () => stores.transactions.cancel(idHash, now)],
      [
        'completed',
        () =>
          stores.transactions.apply([
            { kind: 'complete', idHash, now, sessionProperties: {}, reportedAfter: now },
          ]),
      ],
      ['rejected', () => stores.transactions.reject(idHash, false, now)],
    ])('neither issues nor uses codes of a %s transaction', async (_name, end) => {
      await issue('a')
      await end()
      const before = (await events()).length
      expect(await redeem('a')).toBe(false)
      expect(await issue('b')).toBe(false)
      expect(await events()).toHaveLength(before)
      expect((await stores.shortCodes.find('a'))?.usedAt).toBeUndefined()
    })

    test('neither issues nor uses codes of an expired transaction', async () => {
      await issue('a')
      expect(await redeem('a', expiresAt)).toBe(false)
      expect(await issue('b', expiresAt)).toBe(false)
      expect(await redeem('a', expiresAt - 1)).toBe(true)
    })

    test('issues nothing for an unknown transaction', async () => {
      expect(await stores.shortCodes.issue(spoken('a', 'unknown'), now)).toBe(false)
    })

    test('deletes expired codes', async () => {
      await issue('a')
      expect(await stores.shortCodes.deleteExpired(expiresAt)).toBe(0)
      expect(await stores.shortCodes.deleteExpired(expiresAt + 1)).toBe(1)
      expect(await stores.shortCodes.find('a')).toBeUndefined()
    })
  })
}
