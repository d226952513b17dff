import type { Logger } from 'pino'
import { readEntry } from './audit-entry.ts'
import { indexOf } from './audit-search.ts'
import type { AuditStore, ChainedRow, ChainState, WaitingEntry } from './audit-store.ts'
import { type AuditRow, type Link, nextRow } from './chain.ts'
import type { ChainTrust } from './chain-trust.ts'

type Parts = {
  store: AuditStore
  now(): number
  log: Logger
  /** Signs the end. Without it, the stored signature stays. */
  trust?: ChainTrust | undefined
  /** Called with newly chained rows. */
  onChained?: (rows: readonly AuditRow[]) => void
}

/** Entries saved within this time are chained together. */
const gatherMs = 50

/** Small, so that other units don't have to wait long. */
const batchSize = 50

/** Work that takes longer died with its server. Its entry is chained with an unknown result. */
const openForMs = 120_000

/** Logged once per server run. */
export const tampered =
  'the audit chain does not match its signature: run `sidegate audit verify`; new events are saved without a signature'

/** Maximum number of lost races with other servers, after which a round gives up until the next one. */
const maxRefused = 10

/** Interval of looking for entries of crashed servers, and the pause after a failed write. */
const pollIntervalMs = 30_000

/** Chains waiting entries in order, one batch at a time. */
export class ChainWriter {
  readonly #parts: Parts
  #waiting = 0
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #isClosed = false
  #isDue = false
  #isWarned = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The number of unchained entries that this server knows of. */
  get waiting(): number {
    return this.#waiting
  }

  async start(): Promise<void> {
    this.#waiting = await this.#parts.store.countWaiting()
    this.#schedule(0)
  }

  wake(count: number): void {
    this.#waiting += count
    if (!this.#isDue) this.#schedule(gatherMs)
  }

  /** Resolves when the entries that wait now are chained. */
  async drained(): Promise<void> {
    this.#running = this.#running.then(() => this.#round())
    await this.#running
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.drained()
  }

  #schedule(milliseconds: number): void {
    if (this.#isClosed) return
    clearTimeout(this.#timer)
    this.#isDue = milliseconds <= gatherMs
    this.#timer = setTimeout(() => void this.drained().then(() => this.#next()), milliseconds).unref()
  }

  #next(): void {
    this.#schedule(this.#isDue ? gatherMs : pollIntervalMs)
  }

  async #round(): Promise<void> {
    this.#isDue = false
    try {
      for (let refused = 0; refused < maxRefused; ) {
        const batch = await this.#parts.store.waiting(this.#parts.now() - openForMs, batchSize)
        if (batch.length === 0) break
        if (!(await this.#chain(batch))) refused++
      }
      this.#waiting = await this.#parts.store.countWaiting()
    } catch (error) {
      this.#parts.log.error({ err: error }, 'chaining audit events failed, will retry')
    }
  }

  /** @returns false if another server appended rows first. */
  async #chain(batch: readonly WaitingEntry[]): Promise<boolean> {
    const state = await this.#parts.store.state()
    const { head } = state
    const rows: ChainedRow[] = []
    let last: Link = head
    for (const { id, content } of batch) {
      const row = nextRow(last, content)
      rows.push({ id, row, index: indexOf(readEntry(content)) })
      last = row
    }
    const isChained = await this.#parts.store.chain(head, rows, await this.#signatureOf(state, last))
    if (isChained) this.#parts.onChained?.(rows.map(({ row }) => row))
    return isChained
  }

  /** A tampered chain continues without a signature, so that the tampering stays visible. */
  async #signatureOf(state: ChainState, head: Link): Promise<string | undefined> {
    const { trust, log } = this.#parts
    if (trust === undefined) return undefined
    const end = await trust.endOf(state)
    if (end !== undefined) return trust.signed(end, head)
    if (!this.#isWarned) log.error(tampered)
    this.#isWarned = true
    return undefined
  }
}
