import { createSecretKey, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openNewStores } from '../../../test/support/new-database.ts'
import { Limits } from '../../limits/limits.ts'
import { macsOf } from '../../secrets/macs.ts'
import { createSealer } from '../../secrets/seal.ts'
import { exampleTransaction } from '../../store/contract/examples.ts'
import type { Stores } from '../../store/stores.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { drawShortCode } from './short-code.ts'
import { ShortCodes, wrongShortCodes } from './short-codes.ts'

const link = 'https://sso.example.com/am/XUI/?realm=/alpha&authIndexValue=secret'
const newKey = () => createSecretKey(randomBytes(32))

let stores: Stores
let now: number
let keys = [newKey()]
let transaction: Transaction
let shortCodes: ShortCodes
const changed: string[] = []

beforeEach(async () => {
  stores = await openNewStores()
  keys = [newKey()]
  changed.length = 0
  transaction = exampleTransaction()
  now = transaction.createdAt + 1000
  await stores.transactions.apply([{ kind: 'create', transaction }])
  shortCodes = new ShortCodes({
    store: stores.shortCodes,
    transactions: { changed: (idHash) => changed.push(idHash) },
    keys: () => keys,
    sealer: createSealer(randomBytes(32)),
    limits: new Limits(stores.limits, () => now),
    now: () => now,
  })
})
afterEach(() => stores.close())

const issued = async () => (await shortCodes.issue(transaction, 'spoken', link)) ?? ''
const redeem = (code: string, address = '192.0.2.1') => shortCodes.redeem(code, address)

/** A code that is not in use, as guesses almost always are. */
const wrong = 'CCCCCCCC'

describe('a short code', () => {
  test('stands for the link, once, and wakes the readers of the transaction', async () => {
    const code = await issued()
    expect(await redeem(code)).toEqual({ kind: 'redeemed', link, idHash: transaction.idHash })
    expect(changed).toEqual([transaction.idHash])
    expect(await redeem(code)).toEqual({ kind: 'unknown', blocks: [] })
  })

  test('and its link can’t be read in the database', async () => {
    const code = await issued()
    const stored = await stores.shortCodes.find(macsOf(keys, code)[0])
    expect(stored).toBeDefined()
    expect(JSON.stringify(stored)).not.toContain(code)
    expect(JSON.stringify(stored)).not.toContain('secret')
    expect(await stores.shortCodes.find(code)).toBeUndefined()
  })

  test('works with a key of an earlier generation', async () => {
    const code = await issued()
    keys = [newKey(), ...keys]
    expect(await redeem(code)).toMatchObject({ kind: 'redeemed' })
    const newer = await issued()
    keys = [keys[0] ?? newKey()]
    expect(await redeem(newer)).toMatchObject({ kind: 'redeemed' })
  })

  test('does not exist after the end of its transaction', async () => {
    await stores.transactions.cancel(transaction.idHash, now)
    expect(await shortCodes.issue(transaction, 'spoken', link)).toBeUndefined()
  })

  test('has eight letters of eighteen, all of which occur', () => {
    const codes = Array.from({ length: 400 }, drawShortCode)
    expect(codes.every((code) => /^[CDFGHJKMNPQRTVWXYZ]{8}$/.test(code))).toBe(true)
    expect(new Set(codes.join('')).size).toBe(18)
  })
})

describe('wrong codes', () => {
  const host = (place: number) => `198.18.${place}.1`

  async function fillUp() {
    const kinds: unknown[] = []
    for (let place = 0; place < wrongShortCodes.inTotal / wrongShortCodes.perAddress; place++) {
      for (let times = 0; times < wrongShortCodes.perAddress; times++) {
        kinds.push(await redeem(wrong, host(place)))
      }
    }
    return kinds
  }

  test('block their address for ten minutes, the whole network for IPv6', async () => {
    const from = '2001:db8:1:2::1'
    for (let times = 1; times < wrongShortCodes.perAddress; times++) {
      expect(await redeem(wrong, from)).toEqual({ kind: 'unknown', blocks: [] })
    }
    expect(await redeem(wrong, from)).toEqual({ kind: 'unknown', blocks: ['address'] })
    const code = await issued()
    expect(await redeem(code, '2001:db8:1:2::ffff')).toMatchObject({ kind: 'blocked', who: 'address' })
    now += 10 * 60_000
    expect(await redeem(await reissued(), from)).toMatchObject({ kind: 'redeemed' })
  })

  test('from all parts of a /48 block the /48, and nobody else', async () => {
    const code = await issued()
    for (let network = 0; network < 120; network++) {
      for (let times = 0; times < wrongShortCodes.perAddress; times++) {
        await redeem(wrong, `2001:db8:1:${(network * 256).toString(16)}::1`)
      }
    }
    expect(await redeem(code, '2001:db8:1:ffff::1')).toMatchObject({ kind: 'blocked', who: 'address' })
    expect(await redeem(code, '198.51.100.1')).toMatchObject({ kind: 'redeemed' })
  })

  test('from all addresses together block everyone, with one alarm, and no longer than ten minutes', async () => {
    const answers = await fillUp()
    expect(answers.filter((answer) => JSON.stringify(answer).includes('everyone'))).toEqual([
      { kind: 'unknown', blocks: ['address', 'everyone'] },
    ])
    const code = await issued()
    const victim = '203.0.113.9'
    for (let times = 0; times < 20; times++) {
      expect(await redeem(code, victim)).toMatchObject({ kind: 'blocked', who: 'everyone' })
    }
    now += 10 * 60_000
    // Attempts during the block didn't count for the address.
    expect(await redeem(await reissued(), victim)).toMatchObject({ kind: 'redeemed' })
  })

  test('count before they are checked, so that concurrent ones don’t exceed the limit', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => redeem(wrong)))
    expect(answers.filter(({ kind }) => kind === 'unknown')).toHaveLength(wrongShortCodes.perAddress)
  })

  test('are not counted for right codes', async () => {
    for (let times = 0; times < 2 * wrongShortCodes.perAddress; times++) {
      expect(await redeem(await issued())).toMatchObject({ kind: 'redeemed' })
    }
  })

  /** A code of a new transaction, because the other has expired. */
  async function reissued(): Promise<string> {
    const later = exampleTransaction({
      idHash: 'later',
      reference: 'LATER234',
      createdAt: now,
      expiresAt: now + 60_000,
    })
    await stores.transactions.apply([{ kind: 'create', transaction: later }])
    return (await shortCodes.issue(later, 'spoken', link)) ?? ''
  }
})
