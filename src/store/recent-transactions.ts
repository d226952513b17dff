import type { Awaitable } from '../base/work.ts'
import type { Transaction } from '../help-desk/transactions/transaction.ts'
import type { Database, UnitResult } from './database.ts'
import type { Query, Statement } from './query.ts'
import { textOfQuery } from './text-of-query.ts'

/** Maximum length of the texts in memory, in UTF-16 units. */
const maxLength = 8_000_000

/** Added for each transaction, for its other members. */
const baseLength = 1000

/** Stands for every transaction. No hash is empty. */
const all = ''

/** The members that journeys put into their state, where nodes may change them, are kept as JSON. */
type Kept = { transaction: Transaction; data: string; notificationData: string | undefined }

/**
 * The transactions that were read last, so that polls of an unchanged one read no row. Only for a database of one process,
 * and only if all units go through `watched`: a transaction is not in memory while a unit that changes it is on its way, so
 * that nobody reads an older state than the database has.
 */
export class RecentTransactions {
  readonly #kept = new Map<string, Kept>()
  /** Number of units on their way that change a transaction, or `all`. */
  readonly #changing = new Map<string, number>()
  #length = 0

  /** The same database. Its units remove what they change from memory. */
  watched(database: Database): Database {
    return {
      ...database,
      write: (unit) => {
        const changed = changedBy(unit)
        return changed.size === 0 ? database.write(unit) : this.#write(database, unit, changed)
      },
    }
  }

  /**
   * @param load reads the stored transaction.
   * @returns an object for this caller alone, who may change it.
   */
  read(idHash: string, load: () => Awaitable<Transaction | undefined>): Awaitable<Transaction | undefined> {
    const kept = this.#kept.get(idHash)
    if (kept !== undefined) return copyOf(kept)
    const loaded = load()
    // A unit can be saved while a promise is pending, so only an immediate answer is sure to be the newest.
    if (loaded === undefined || loaded instanceof Promise) return loaded
    const isChanging = this.#changing.has(idHash) || this.#changing.has(all)
    // rule H15: otherwise memory keeps a state that was read while a change was on its way
    return isChanging ? loaded : copyOf(this.#keep(loaded))
  }

  async #write<Guard extends string>(
    database: Database,
    unit: readonly Statement<Guard>[],
    changed: ReadonlySet<string>,
  ): Promise<UnitResult<Guard>> {
    for (const idHash of changed) this.#begin(idHash)
    try {
      return await database.write(unit)
    } finally {
      for (const idHash of changed) this.#end(idHash)
    }
  }

  #begin(idHash: string): void {
    this.#changing.set(idHash, (this.#changing.get(idHash) ?? 0) + 1)
    // rule H15: otherwise memory has a state of a transaction that storage has no longer
    for (const changed of idHash === all ? this.#kept.keys() : [idHash]) this.#drop(changed)
  }

  #end(idHash: string): void {
    const left = (this.#changing.get(idHash) ?? 1) - 1
    if (left > 0) this.#changing.set(idHash, left)
    else this.#changing.delete(idHash)
  }

  #keep(transaction: Transaction): Kept {
    const { idHash, data, notificationData } = transaction
    const kept = {
      transaction: { ...transaction, data: {} },
      data: JSON.stringify(data),
      notificationData: notificationData && JSON.stringify(notificationData),
    }
    this.#kept.set(idHash, kept)
    this.#length += lengthOf(kept)
    for (const oldest of this.#kept.keys()) {
      if (this.#length <= maxLength) break
      this.#drop(oldest)
    }
    return kept
  }

  #drop(idHash: string): void {
    const kept = this.#kept.get(idHash)
    if (kept === undefined) return
    this.#kept.delete(idHash)
    this.#length -= lengthOf(kept)
  }
}

function lengthOf({ data, notificationData = '' }: Kept): number {
  return baseLength + data.length + notificationData.length
}

const known = new WeakMap<Query, boolean>()

/** The hashes of the transactions that a unit changes; `all` for a statement that doesn't name one. */
function changedBy(unit: readonly Statement<string>[]): ReadonlySet<string> {
  const changed = new Set<string>()
  for (const statement of unit) {
    if (!writesTransactions(statement)) continue
    const { idHash } = statement.values
    changed.add(typeof idHash === 'string' ? idHash : all)
  }
  return changed
}

function writesTransactions(statement: Statement<string>): boolean {
  const { query } = statement
  let isWrite = known.get(query)
  if (isWrite === undefined) {
    isWrite = /\b(?:into|update|delete from) "transactions"/.test(textOfQuery(statement))
    known.set(query, isWrite)
  }
  return isWrite
}

function copyOf({ transaction, data, notificationData }: Kept): Transaction {
  return {
    ...transaction,
    data: JSON.parse(data),
    ...(notificationData !== undefined && { notificationData: JSON.parse(notificationData) }),
    sessionProperties: { ...transaction.sessionProperties },
  }
}
