import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { OperationError } from '../errors.ts'
import type { StoredKeyRing } from '../secrets/key-ring.ts'
import { type AuditEntry, canonicalText, readEntry } from './audit-entry.ts'
import { type AuditFilter, type FoundEntries, type FoundEntry, searchEntries, shown } from './audit-search.ts'
import type { AuditSettings, AuditStore, ChainState, WaitingEntry } from './audit-store.ts'
import type { AuditRow, Link } from './chain.ts'
import { ChainTrust } from './chain-trust.ts'
import { ChainWriter, tampered } from './chain-writer.ts'
import { removeOld } from './retention.ts'
import { auditSigner, type ChainSigner } from './signed-ends.ts'
import { type Verdict, verifyChain } from './verify-chain.ts'

/** An entry before it has its time. */
export type NewEntry = Omit<AuditEntry, 'at'>

type Parts = {
  store: AuditStore
  now(): number
  log: Logger
  /** Signs the chain; a book that only saves entries needs none. */
  keyRing?: StoredKeyRing
  /** Told of rows that have their place in the chain. Must neither throw nor take long. */
  onChained?: (rows: readonly AuditRow[]) => void
  /** Called after somebody changed the settings here. */
  changed?: () => void
}

const unsigned: Pick<ChainSigner, 'keys' | 'hasBegun'> = { keys: () => [], hasBegun: () => false }

/** With so many entries waiting for the chain, something is wrong: administrators change nothing more until it is not. */
const maxWaiting = 20_000

/**
 * The audit events that are kept, in one chain for all realms. An entry is saved first, with what it tells of where that
 * is a journey's step, and gets its place in the chain a moment later: nothing waits for the chain.
 */
export class AuditBook {
  readonly #store: AuditStore
  readonly #now: () => number
  readonly #log: Logger
  readonly #changed: () => void
  readonly #writer: ChainWriter
  readonly #signer: ChainSigner | undefined
  readonly #trust: ChainTrust | undefined
  #settings: AuditSettings = { retentionDays: 0, keepsNodes: false }

  constructor(parts: Parts) {
    this.#store = parts.store
    this.#now = parts.now
    this.#log = parts.log
    this.#changed = parts.changed ?? (() => undefined)
    this.#signer = parts.keyRing && auditSigner(parts.keyRing)
    this.#trust = this.#signer && new ChainTrust(parts.store, this.#signer)
    this.#writer = new ChainWriter({ ...parts, trust: this.#trust })
  }

  /** Signs the chain where nobody did, and with the newest key. By one server at a time. @param isNew as in {@link ChainTrust.begin} */
  async sign(isNew: boolean): Promise<void> {
    if ((await this.#trust?.begin(isNew)) === false) this.#log.error(tampered)
  }

  /** Begins to chain; what an earlier run of the server left goes first. */
  async start(): Promise<void> {
    await this.refresh()
    await this.#writer.start()
  }

  /** Another server may have changed the settings. */
  async refresh(): Promise<void> {
    this.#settings = await this.#store.state()
  }

  /** Chains what waits. */
  close(): Promise<void> {
    return this.#writer.close()
  }

  /** Whether nodes that ran are kept too. */
  get keepsNodes(): boolean {
    return this.#settings.keepsNodes
  }

  /** The form in which an entry is saved with a step; tell by `wake` when it is. */
  waiting(entry: NewEntry): WaitingEntry {
    const savedAt = this.#now()
    return {
      id: orderedId(savedAt),
      content: canonicalText({ at: savedAt, ...entry }),
      isOpen: false,
      savedAt,
    }
  }

  /** Says that entries were saved. */
  wake(count: number): void {
    this.#writer.wake(count)
  }

  /** Keeps an entry; durable when it resolves. @throws OperationError when it is not. */
  async record(...entries: NewEntry[]): Promise<void> {
    await this.#store.wait(entries.map((entry) => this.waiting(entry)))
    this.wake(entries.length)
  }

  /** As `record`, for what has happened already and must not fail for want of an entry. */
  note(...entries: NewEntry[]): void {
    this.record(...entries).catch((error: unknown) => {
      this.#log.error({ err: error }, 'an audit event was not kept')
    })
  }

  /**
   * Does something that must not be done without an entry: it is saved before, and completed after. Should the server die
   * in between, the entry stays with the result UNKNOWN.
   *
   * @param after more of the entry, known once it is done.
   * @throws OperationError when the entry cannot be saved; then nothing was done. Whatever `work` throws.
   */
  async during<Value>(
    entry: NewEntry,
    work: () => Promise<Value>,
    after: (value: Value) => Partial<NewEntry> = () => ({}),
  ): Promise<Value> {
    if (this.#writer.waiting > maxWaiting)
      throw new OperationError('The audit trail is behind: nothing can be changed')
    const open = { ...this.waiting({ ...entry, result: 'UNKNOWN' }), isOpen: true }
    await this.#store.wait([open])
    try {
      const value = await work()
      await this.#settle(open, { ...entry, result: 'SUCCESSFUL', ...after(value) })
      return value
    } catch (error) {
      await this.#settle(open, { ...entry, result: 'FAILED' })
      throw error
    }
  }

  /** Newest first, before a row. */
  search(filter: AuditFilter, page: { before?: number; limit: number }): Promise<FoundEntries> {
    return searchEntries(this.#store, filter, { before: Number.MAX_SAFE_INTEGER, ...page })
  }

  async read(sequence: number): Promise<FoundEntry | undefined> {
    const row = await this.#store.row(sequence)
    return row && shown(row, readEntry(row.content))
  }

  state(): Promise<ChainState> {
    return this.#store.state()
  }

  /** How many entries have no place in the chain yet. */
  countWaiting(): Promise<number> {
    return this.#store.countWaiting()
  }

  async configure(settings: AuditSettings): Promise<void> {
    await this.#store.configure(settings)
    this.#settings = settings
    this.#changed()
  }

  verify(expected?: Link): Promise<Verdict> {
    const known = [...(expected === undefined ? [] : [expected]), ...(this.#trust?.seen ?? [])]
    return verifyChain(this.#store, this.#signer ?? unsigned, known)
  }

  /** Removes what is older than the settings keep, and says so in the book. @returns how many rows. */
  async removeOld(): Promise<number> {
    const { retentionDays } = await this.#store.state()
    const count = await removeOld(this.#store, retentionDays, this.#now(), this.#signer?.keys)
    if (count > 0)
      await this.record({ realm: '/', eventName: 'SIDEGATE-AUDIT-REMOVED', result: 'SUCCESSFUL', count })
    return count
  }

  /** Waits until everything that was saved is in the chain. */
  settled(): Promise<void> {
    return this.#writer.drained()
  }

  /** What was done is done: an entry that cannot be completed stays as it is, with its result unknown. */
  async #settle({ id, savedAt }: WaitingEntry, entry: NewEntry): Promise<void> {
    try {
      await this.#store.settle(id, canonicalText({ at: savedAt, ...entry }))
      this.wake(1)
    } catch (error) {
      this.#log.error({ err: error }, 'an audit event could not be completed')
    }
  }
}

let lastTime = 0
let lastCount = 0

/** Sorts by time, and those of one server within a millisecond by their order. */
function orderedId(now: number): string {
  lastCount = now === lastTime ? lastCount + 1 : 0
  lastTime = now
  const time = String(now).padStart(15, '0')
  return `${time}-${String(lastCount).padStart(6, '0')}-${randomBytes(6).toString('hex')}`
}
