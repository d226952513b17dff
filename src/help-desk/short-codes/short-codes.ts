import type { Limit } from '../../limits/limit.ts'
import type { Limits } from '../../limits/limits.ts'
import { limitsOfNetworks } from '../../limits/source.ts'
import { type KeySource, macsOf } from '../../secrets/macs.ts'
import type { Sealer } from '../../secrets/seal.ts'
import type { Transaction } from '../transactions/transaction.ts'
import type { Transactions } from '../transactions/transactions.ts'
import { drawShortCode, type ShortCode, type ShortCodeChannel } from './short-code.ts'
import type { ShortCodeStore } from './short-code-store.ts'

type Parts = {
  store: ShortCodeStore
  transactions: Pick<Transactions, 'changed'>
  /** Keys of the MACs under which codes are stored. */
  keys: KeySource
  /** Seals links, with a key of its own. */
  sealer: Sealer
  limits: Pick<Limits, 'takeAll' | 'giveBackAll'>
  now(): number
}

/** The clients that are blocked after too many wrong codes. */
export type BlockedGuesses = 'address' | 'everyone'

/**
 * The answer to a typed code. `unknown`: also if it was used, replaced or has expired, or its transaction has ended. `blocks`: the
 * limits that this wrong code used up.
 */
export type Redeemed =
  | { kind: 'redeemed'; link: string; idHash: string }
  | { kind: 'unknown'; blocks: readonly BlockedGuesses[] }
  | { kind: 'blocked'; who: BlockedGuesses; waitMs: number }

const guessWindowMs = 10 * 60_000

/** Wrong codes from one address, and from all addresses. SECURITY.md weighs the numbers. */
export const wrongShortCodes = { perAddress: 10, inTotal: 1000 }

/** Draws of a code that no other check has. A second one is needed about once in ten million codes. */
const maxDraws = 3

/** The rules of short codes over their store. */
export class ShortCodes {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Makes a code for an open transaction and replaces the earlier one. @returns undefined if the transaction has ended. */
  async issue(
    { idHash }: Pick<Transaction, 'idHash'>,
    channel: ShortCodeChannel,
    link: string,
  ): Promise<string | undefined> {
    const { store, keys, sealer, now } = this.#parts
    const sealed = sealer.seal(link)
    for (let draws = 0; draws < maxDraws; draws++) {
      const code = drawShortCode()
      const [mac] = macsOf(keys(), code)
      if (await store.issue({ idHash, channel, mac, link: sealed }, now())) return code
    }
    return undefined
  }

  /**
   * Exchanges a code for its link, once. The attempt counts before it is checked, so that concurrent ones can't exceed the limits,
   * and a right code is given back.
   */
  async redeem(code: string, address: string): Promise<Redeemed> {
    const { limits, sealer, transactions } = this.#parts
    const counted = guessLimits(address)
    const taken = await limits.takeAll(counted)
    if (taken.kind === 'full') return { kind: 'blocked', who: guessersOf(taken.limit), waitMs: taken.waitMs }
    const found = await this.#use(code)
    if (found === undefined) return { kind: 'unknown', blocks: [...new Set(taken.usedUp.map(guessersOf))] }
    await limits.giveBackAll(counted)
    transactions.changed(found.idHash)
    return { kind: 'redeemed', link: sealer.open(found.link), idHash: found.idHash }
  }

  /** Reads and tries to write for every code, so that the duration doesn't tell which codes exist. */
  async #use(code: string): Promise<ShortCode | undefined> {
    const { store, keys, now } = this.#parts
    const macs = macsOf(keys(), code)
    const found = (await Promise.all(macs.map((mac) => store.find(mac)))).find((each) => each !== undefined)
    const { idHash = '', channel = 'spoken' } = found ?? {}
    const isUsed = await store.redeem({ idHash, channel, mac: found?.mac ?? macs[0] }, now())
    return isUsed ? found : undefined
  }
}

const guessKey = 'wrong short codes'

/** One party with a whole network must not pause the codes of everybody, so networks are limited, too. */
function guessLimits(address: string): Limit[] {
  const { perAddress, inTotal } = wrongShortCodes
  const limit = { key: guessKey, windowMs: guessWindowMs }
  // rule H21: otherwise one address can guess short codes without limit, or many addresses can guess short codes without limit
  return [...limitsOfNetworks({ ...limit, max: perAddress }, address), { ...limit, max: inTotal }]
}

function guessersOf({ key }: Limit): BlockedGuesses {
  return key === guessKey ? 'everyone' : 'address'
}
