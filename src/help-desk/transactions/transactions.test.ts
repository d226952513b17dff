import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openNewStores } from '../../../test/support/new-database.ts'
import { digest } from '../../secrets/digest.ts'
import { createSealer } from '../../secrets/seal.ts'
import { exampleCommit, exampleJourneySession } from '../../store/contract/examples.ts'
import { Verifications } from '../checks/verifications.ts'
import { createLiveFeed } from './live-feed.ts'
import { unknownOpener } from './transaction.ts'
import { newTransaction, Transactions } from './transactions.ts'

const opening = {
  realm: '/alpha',
  journey: 'VerifyCaller',
  subject: undefined,
  data: {},
  allowRetry: true,
  trackingId: undefined,
  lifeSeconds: 180,
  openedBy: unknownOpener,
}

test('gives every transaction a random UUID', () => {
  const ids = Array.from({ length: 200 }, () => newTransaction(opening, 0).id)
  // Version 4 has 122 random bits. Source: RFC 9562.
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids.flatMap((id) => [id.slice(0, 8), id.slice(24)])).size).toBe(400)
})

test('stores the hash of the id and not the id', () => {
  const { id, transaction } = newTransaction(opening, 0)
  expect(transaction.idHash).toBe(digest(id))
  expect(JSON.stringify(transaction)).not.toContain(id)
})

describe('alarms count', () => {
  const now = 1_800_000_000_000
  const dana = { id: 'id of dana', name: 'dana' }
  const alex = { id: 'alex', name: 'alex', kind: 'user' as const }
  const requirement = { level: 0, secondAgent: false, delayMinutes: 0, because: [] } as const
  const openedBy = { ...unknownOpener, agent: dana, isHelpDesk: true }

  /** A new check in a real store, and what alarms have been told. */
  async function opened() {
    const stores = await openNewStores()
    const told: string[] = []
    const alarms = { noticed: (_idHash: string, kind: string) => void told.push(kind) }
    const transactions = new Transactions(
      stores.transactions,
      createLiveFeed(),
      () => now,
      () => undefined,
      alarms,
    )
    const sealer = createSealer(randomBytes(32))
    const limits = { wait: async () => 0 }
    const store = stores.verifications
    const verifications = new Verifications({ store, transactions, sealer, limits, alarms, now: () => now })
    const { transaction } = newTransaction({ ...opening, openedBy, subject: alex }, now)
    const verification = verifications.begin(transaction, requirement) ?? expect.fail('it is no check')
    const commit = exampleCommit(exampleJourneySession(), {
      transactions: [{ kind: 'create', transaction }],
      verifications: [{ kind: 'open', verification, now }],
    })
    expect(await stores.steps.commit(commit)).toBe('committed')
    return { stores, told, transactions, verifications, idHash: transaction.idHash }
  }

  test.each([
    [{ kind: 'deny' }, ['failures']],
    [{ kind: 'signInFailed', reason: null }, ['failures']],
    [{ kind: 'wrongPerson', isFinal: true }, ['denials']],
    [{ kind: 'wrongPerson', isFinal: false }, ['denials']],
    [{ kind: 'start' }, []],
    [{ kind: 'complete', sessionProperties: {}, reportedAfter: now }, []],
  ] as const)('%o', async (change, expected) => {
    const { stores, told, transactions, idHash } = await opened()
    try {
      expect(await transactions.apply([{ ...change, idHash, now }])).toBe(true)
      expect(told).toEqual(expected)
    } finally {
      await stores.close()
    }
  })

  test('a check that the last wrong code ended', async () => {
    const { stores, told, verifications, idHash } = await opened()
    try {
      for (const [key, triesLeft] of [
        ['1', 2],
        ['2', 1],
      ] as const) {
        expect(await verifications.typeCode(idHash, key, 'wrong')).toEqual({ kind: 'wrong', triesLeft })
      }
      expect(told).toEqual([])
      await verifications.typeCode(idHash, '3', 'wrong')
      expect(told).toEqual(['failures'])
    } finally {
      await stores.close()
    }
  })
})
