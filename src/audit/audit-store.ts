import { z } from 'zod'
import type { AuditRow, Link } from './chain.ts'

export const waitingEntrySchema = z.object({
  /** Sorts by `savedAt`. */
  id: z.string(),
  content: z.string(),
  /** Whether its work is in progress and the result still unknown. */
  isOpen: z.boolean(),
  /** Epoch milliseconds. */
  savedAt: z.number(),
})

/** A saved entry that is not chained yet. */
export type WaitingEntry = z.infer<typeof waitingEntrySchema>

/** A saved entry, without its state. */
export type SavedEntry = Pick<WaitingEntry, 'content'>

/** The administrator's settings of the audit book. */
export type AuditSettings = {
  /** 0 keeps all rows. */
  retentionDays: number
  /** Whether executed nodes are recorded too, which makes many rows. */
  keepsNodes: boolean
}

/** The ends of the chain, and the settings. */
export type ChainState = AuditSettings & {
  /** The newest row. */
  head: Link
  /** The last row deleted by retention. The chain starts after it. */
  removed: Link
  /** See `signed-ends.ts`; null before the first signature. */
  endSignature: string | null
  /** The signature of `removed`. */
  beginningSignature: string | null
}

/** Indexed fields. Values are case-folded words or ids. */
export const indexedFields = ['event', 'who', 'whom', 'transaction', 'ticket'] as const
export type IndexedField = (typeof indexedFields)[number]
export type IndexValue = { field: IndexedField; value: string }

/** A query for rows before a number, newest first; `realm` and `having` are optional conditions. */
export type RowQuery = {
  before: number
  realm: string | undefined
  having: IndexValue | undefined
  limit: number
}

/** Chains the entries of each commit, in a database with a single writer. Synchronous, because the commit must not wait. */
export interface CommitChain {
  /** The rows that follow the head, and the signature of the last one; undefined keeps the stored one. */
  append(state: ChainState, entries: readonly SavedEntry[]): Appended
  /** Called when these rows are durable. Must not throw. */
  saved(rows: readonly AuditRow[]): void
  /** Called if `append` or the rows failed: the entries wait to be chained later. Must not throw. */
  failed(error: unknown, count: number): void
}

export type Appended = { rows: readonly IndexedRow[]; endSignature: string | undefined }

/** Stores the audit book. Every write is durable when its promise resolves. */
export interface AuditStore {
  /** Saves entries to be chained. A step saves its own entries. */
  wait(entries: readonly WaitingEntry[]): Promise<void>
  /** Replaces an open entry by its completed form. @returns false if it is missing or no longer open. */
  settle(entry: WaitingEntry): Promise<boolean>
  /**
   * With a single writer, entries that are not open are chained in the commit that saves them from now on; undefined ends that.
   * @returns false with several writers, for whom `chain` orders the entries later.
   */
  chainAtCommit(chain: CommitChain | undefined): boolean
  /** The oldest entries to chain: completed ones, and open ones saved before `openBefore`. */
  waiting(openBefore: number, limit: number): Promise<WaitingEntry[]>
  /** At most 50,000. */
  countWaiting(): Promise<number>
  state(): Promise<ChainState>
  /**
   * Appends rows after `from` and deletes their waiting entries.
   * @param endSignature of the new head; undefined keeps the stored one.
   * @returns false if `from` is not the head.
   */
  chain(from: Link, rows: readonly ChainedRow[], endSignature?: string): Promise<boolean>
  /**
   * Gives this server the turn to chain until `until`, of servers that share the database.
   * @returns false if another server has it at `now`.
   */
  takeTurn(server: string, now: number, until: number): Promise<boolean>
  /** Saves waiting entries again, to be chained in the commit. @returns false if one of them no longer waits. */
  chainAgain(entries: readonly WaitingEntry[]): Promise<boolean>
  /** Replaces the signature of the head. @returns false if `head` is no longer the head. */
  sign(head: Link, endSignature: string): Promise<boolean>
  rows(query: RowQuery): Promise<AuditRow[]>
  row(sequence: number): Promise<AuditRow | undefined>
  /** Oldest first. */
  rowsAfter(sequence: number, limit: number): Promise<AuditRow[]>
  /** The rows of one correlation id, in all realms, oldest first. */
  rowsOf(correlationId: string, page: { after: number; limit: number }): Promise<AuditRow[]>
  /** The number of the first row at or after this time; undefined if there is none. */
  firstSince(at: number): Promise<number | undefined>
  /** Deletes the given oldest rows. @returns false if another server deleted rows meanwhile. */
  remove(from: Link, rows: readonly IndexedRow[], beginningSignature?: string): Promise<boolean>
  configure(settings: AuditSettings): Promise<void>
}

export type IndexedRow = { row: AuditRow; index: readonly IndexValue[] }

/** `id` names the waiting entry. */
export type ChainedRow = IndexedRow & { id: string }
