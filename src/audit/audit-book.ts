import type { Logger } from 'pino'
import { OperationError } from '../base/errors.ts'
import { randomToken } from '../secrets/digest.ts'
import type { StoredKeyRing } from '../secrets/key-ring.ts'
import { type AuditEntry, canonicalText, readEntry } from './audit-entry.ts'
import {
  type AuditFilter,
  type FoundEntries,
  type FoundEntry,
  searchEntries,
  toFoundEntry,
} from './audit-search.ts'
import type { AuditSettings, AuditStore, ChainState, WaitingEntry } from './audit-store.ts'
import type { AuditRow, Link } from './chain.ts'
import { ChainTrust } from './chain-trust.ts'
import { ChainWriter, tampered } from './chain-writer.ts'
import { removeOld } from './retention.ts'
import { auditSigner, type ChainSigner } from './signed-ends.ts'
import { type Verdict, verifyChain } from './verify-chain.ts'

/** An entry without its time. */
export type NewEntry = Omit<AuditEntry, 'at'>

type Parts = {
  store: AuditStore
  now(): number
  log: Logger
  /** Signs the chain. Not needed for a book that only saves entries. */
  keyRing?: StoredKeyRing
  /** Called with newly chained rows. Must not throw or block. */
  onChained?: (rows: readonly AuditRow[]) => void
  /** Called after this server changed the settings. */
  changed?: () => void
}

const unsigned: Pick<ChainSigner, 'keys' | 'hasBegun'> = { keys: () => [], hasBegun: () => false }

/** If more entries wait for the chain, something is wrong, and administrative changes are rejected. */
const maxWaiting = 20_000

/**
 * The stored audit events of all realms, in one hash chain. An entry is saved together with its cause if that is a journey's
 * step. A database with a single writer chains it in the same commit. Servers that share a database chain it a moment later,
 * so that no request waits for the chain.
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

  /**
   * Signs an unsigned chain, or signs with the newest key. Only one server may do so at a time.
   * @param isNew as in {@link ChainTrust.begin}
   */
  async sign(isNew: boolean): Promise<void> {
    if ((await this.#trust?.begin(isNew)) === false) this.#log.error(tampered)
  }

  /** Starts chaining, beginning with entries from before the restart. */
  async start(): Promise<void> {
    await this.refresh()
    await this.#writer.start()
  }

  /** Reads the settings, which another server can change. */
  async refresh(): Promise<void> {
    this.#settings = await this.#store.state()
  }

  /** Chains the waiting entries and stops. */
  close(): Promise<void> {
    return this.#writer.close()
  }

  /** Whether executed nodes are recorded too. */
  get keepsNodes(): boolean {
    return this.#settings.keepsNodes
  }

  /** The stored form of an entry, to be saved with a step. Call `wake` afterwards. */
  waiting(entry: NewEntry): WaitingEntry {
    const savedAt = this.#now()
    return {
      id: orderedId(savedAt),
      content: canonicalText({ at: savedAt, ...entry }),
      isOpen: false,
      savedAt,
    }
  }

  /** Call after entries were saved. */
  wake(count: number): void {
    this.#writer.wake(count)
  }

  /** Saves entries durably. @throws OperationError if that fails. */
  async record(...entries: NewEntry[]): Promise<void> {
    await this.#store.wait(entries.map((entry) => this.waiting(entry)))
    this.wake(entries.length)
  }

  /** Like `record`, for events that have already happened and must not fail because of their entry. */
  note(...entries: NewEntry[]): void {
    this.record(...entries).catch((error: unknown) => {
      this.#log.error({ err: error }, 'saving an audit event failed')
    })
  }

  /**
   * Runs `work` only with an audit entry, which is saved before and completed afterwards. If the server dies in between, the
   * entry keeps the result UNKNOWN.
   *
   * @param after returns members of the entry that are known only after the work.
   * @throws OperationError if the entry can't be saved, in which case `work` doesn't run. Rethrows errors of `work`.
   */
  async during<Value>(
    entry: NewEntry,
    work: () => Promise<Value>,
    after: (value: Value) => Partial<NewEntry> = () => ({}),
  ): Promise<Value> {
    if (this.#writer.waiting > maxWaiting)
      throw new OperationError('The audit book is behind, so changes are refused until it catches up')
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

  /** Finds entries, newest first. */
  search(filter: AuditFilter, page: { before?: number; limit: number }): Promise<FoundEntries> {
    return searchEntries(this.#store, filter, { before: Number.MAX_SAFE_INTEGER, ...page })
  }

  /** Entries of one correlation id, oldest first. `next` continues after the page. */
  async ofRequests(
    correlationId: string,
    { after, limit }: { after: number; limit: number },
  ): Promise<FoundEntries> {
    const rows = await this.#store.rowsOf(correlationId, { after, limit })
    const found = rows.map((row) => toFoundEntry(row, readEntry(row.content)))
    return { found, next: rows.length < limit ? undefined : rows.at(-1)?.sequence }
  }

  async read(sequence: number): Promise<FoundEntry | undefined> {
    const row = await this.#store.row(sequence)
    return row && toFoundEntry(row, readEntry(row.content))
  }

  state(): Promise<ChainState> {
    return this.#store.state()
  }

  /** The number of entries that are not chained yet. */
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

  /** Deletes rows older than the retention time and records the deletion. @returns how many. */
  async removeOld(): Promise<number> {
    const { retentionDays } = await this.#store.state()
    const count = await removeOld(this.#store, retentionDays, this.#now(), this.#signer?.keys)
    if (count > 0)
      await this.record({ realm: '/', eventName: 'SIDEGATE-AUDIT-REMOVED', result: 'SUCCESSFUL', count })
    return count
  }

  /** Resolves when all saved entries are chained, or another server has the turn to chain them. */
  settled(): Promise<void> {
    return this.#writer.drained()
  }

  /** The work is done. If this fails, the entry keeps an unknown result. */
  async #settle({ id, savedAt }: WaitingEntry, entry: NewEntry): Promise<void> {
    try {
      const content = canonicalText({ at: savedAt, ...entry })
      await this.#store.settle({ id, savedAt, content, isOpen: false })
      this.wake(1)
    } catch (error) {
      this.#log.error({ err: error }, 'completing an audit event failed')
    }
  }
}

let lastTime = 0
let lastCount = 0

/** An id that sorts by time, and within a millisecond by the order on this server. */
function orderedId(now: number): string {
  lastCount = now === lastTime ? lastCount + 1 : 0
  lastTime = now
  const time = String(now).padStart(15, '0')
  return `${time}-${String(lastCount).padStart(6, '0')}-${randomToken(6)}`
}
