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
  /** Signs the end; without it the chain stays as signed as it is. */
  trust?: ChainTrust | undefined
  /** Told of rows that have their place in the chain. */
  onChained?: (rows: readonly AuditRow[]) => void
}

/** Entries that come within this time are chained together. */
const gatherMs = 50

/** Small enough that nobody waits for the unit. */
const batchSize = 50

/** What takes longer died with its server: its entry goes into the chain with its result unknown. */
const openForMs = 120_000

/** Said once for each run of a server. */
export const tampered =
  'the audit chain is not as it was signed: run `sidegate audit verify`; new events are kept, but not signed'

/** How often a round gives way to another server before it waits for the next round. */
const maxRefused = 10

/** Entries of a server that died are looked for this often, and a failed write is tried again after this time. */
const lookEveryMs = 30_000

/** Gives entries that wait their place in the chain, in order, one batch at a time. */
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

  /** How many entries were saved and not chained, as far as this server knows. */
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

  /** Chains what waits now. */
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
    this.#schedule(this.#isDue ? gatherMs : lookEveryMs)
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
      this.#parts.log.error({ err: error }, 'audit events could not be chained; the next round tries again')
    }
  }

  /** @returns false when another server was first: its rows come before ours. */
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

  /** Rows go on behind a chain that was tampered with, but without a signature: that it was must stay visible. */
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
