import type { Logger } from 'pino'
import { writtenEntry } from './audit-entry.ts'
import { indexOf } from './audit-search.ts'
import type {
  Appended,
  AuditStore,
  ChainState,
  CommitChain,
  IndexedRow,
  SavedEntry,
  WaitingEntry,
} from './audit-store.ts'
import { type AuditRow, type Link, nextRow } from './chain.ts'
import type { ChainTrust } from './chain-trust.ts'
import { ChainTurn } from './chain-turn.ts'
import type { SignedEnd } from './signed-ends.ts'

type Parts = {
  store: AuditStore
  now(): number
  log: Logger
  /** Signs the end. Without it, the stored signature stays. */
  trust?: ChainTrust | undefined
  /** Called with newly chained rows. Must not throw or block. */
  onChained?: (rows: readonly AuditRow[]) => void
}

/** Entries saved within this time are chained together. */
const gatherMs = 50

/** With 50, an entry took five times as much CPU. A unit of this size takes about 10 ms. */
const batchSize = 500

/** Work that takes longer died with its server. Its entry is chained with an unknown result. */
const openForMs = 120_000

/** Logged once per server run. */
export const tampered =
  'the audit chain does not match its signature: run `sidegate audit verify`; new events are saved without a signature'

/** Maximum number of lost races with another server, as at the end of a turn, after which a round gives up until the next one. */
const maxRefused = 10

/** Interval of looking for entries of crashed servers, and the pause after a failed write. */
const pollIntervalMs = 30_000

/** The same with several writers, where the server that has the turn looks for the entries of the others. */
const sharedPollIntervalMs = 1000

/**
 * Chains entries in order: in the commit that saves them if the database has a single writer, otherwise in rounds of the
 * server that has the turn, one batch at a time. Rounds also chain entries whose work died with its server.
 */
export class ChainWriter implements CommitChain {
  readonly #parts: Parts
  readonly #turn: ChainTurn
  #waiting = 0
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #isClosed = false
  #isDue = false
  #isWarned = false
  #chainsAtCommit = false
  #hasFailed = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.#turn = new ChainTurn(parts)
  }

  /** The number of unchained entries that this server knows of. */
  get waiting(): number {
    return this.#waiting
  }

  /** With a single writer, entries from before the restart are chained when the promise resolves. */
  async start(): Promise<void> {
    const { store } = this.#parts
    this.#chainsAtCommit = store.chainAtCommit(this)
    this.#waiting = await store.countWaiting()
    if (this.#chainsAtCommit) await this.drained()
    this.#schedule(this.#chainsAtCommit ? pollIntervalMs : 0)
  }

  wake(count: number): void {
    if (this.#chainsAtCommit) return
    this.#waiting += count
    if (!this.#isDue && this.#turn.isOurs) this.#schedule(gatherMs)
  }

  /** Resolves when the entries that wait now are chained, or another server has the turn. */
  async drained(): Promise<void> {
    this.#running = this.#running.then(() => this.#round())
    await this.#running
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.drained()
    if (!this.#chainsAtCommit) await this.#turn.end().catch((error: unknown) => this.#logFailure(error))
    this.#parts.store.chainAtCommit(undefined)
  }

  append(state: ChainState, entries: readonly SavedEntry[]): Appended {
    const rows = rowsAfter(state.head, entries)
    const { trust } = this.#parts
    const last = rows.at(-1)?.row ?? state.head
    return { rows, endSignature: trust && this.#signed(trust, trust.signedHead(state), last) }
  }

  saved(rows: readonly AuditRow[]): void {
    this.#parts.onChained?.(rows)
  }

  failed(error: unknown, count: number): void {
    this.#hasFailed = true
    this.#waiting += count
    this.#logFailure(error)
  }

  #schedule(milliseconds: number): void {
    if (this.#isClosed) return
    clearTimeout(this.#timer)
    this.#isDue = milliseconds <= gatherMs
    this.#timer = setTimeout(() => void this.drained().then(() => this.#next()), milliseconds).unref()
  }

  #next(): void {
    this.#schedule(this.#isDue ? gatherMs : this.#chainsAtCommit ? pollIntervalMs : sharedPollIntervalMs)
  }

  async #round(): Promise<void> {
    const isPoll = !this.#isDue
    this.#isDue = false
    this.#hasFailed = false
    try {
      for (let refused = 0; refused < maxRefused && !this.#hasFailed && (await this.#mayChain()); ) {
        const batch = await this.#parts.store.waiting(this.#parts.now() - openForMs, batchSize)
        if (batch.length > 0 && !(await this.#chain(batch))) {
          refused++
          continue
        }
        this.#waiting = Math.max(0, this.#waiting - batch.length)
        if (batch.length < batchSize) break
      }
      // Other servers save entries, too, and open ones stay.
      if (isPoll) this.#waiting = await this.#parts.store.countWaiting()
    } catch (error) {
      this.#logFailure(error)
    }
  }

  /** At its end, a server chains what it has left, because it may be the last one. */
  async #mayChain(): Promise<boolean> {
    return this.#chainsAtCommit || this.#isClosed || this.#turn.take()
  }

  /** @returns false if another server appended rows first. */
  async #chain(batch: readonly WaitingEntry[]): Promise<boolean> {
    const { store, trust, onChained } = this.#parts
    if (this.#chainsAtCommit) return store.chainAgain(batch)
    const state = await store.state()
    const chained = rowsAfter(state.head, batch)
    const last = chained.at(-1)?.row ?? state.head
    const signature = trust && this.#signed(trust, await trust.endOf(state), last)
    const isChained = await store.chain(state.head, chained, signature)
    if (isChained) onChained?.(chained.map(({ row }) => row))
    return isChained
  }

  /** A tampered chain continues without a signature, so that the tampering stays visible. */
  #signed(trust: ChainTrust, end: SignedEnd | undefined, head: Link): string | undefined {
    if (end !== undefined) return trust.signed(end, head)
    if (!this.#isWarned) this.#parts.log.error(tampered)
    this.#isWarned = true
    return undefined
  }

  #logFailure(error: unknown): void {
    this.#parts.log.error({ err: error }, 'chaining audit events failed, will retry')
  }
}

/** Adds the row that each entry gets in the chain after `head`. */
function rowsAfter<Saved extends SavedEntry>(head: Link, entries: readonly Saved[]): (Saved & IndexedRow)[] {
  let last = head
  return entries.map((saved) => {
    const entry = writtenEntry(saved.content)
    const row = nextRow(last, saved.content, entry)
    last = row
    return { ...saved, row, index: indexOf(entry) }
  })
}
