import type { AuditRow, Link } from './chain.ts'

/** An entry that was saved and is not in the chain yet. */
export type WaitingEntry = {
  /** Sorts by the time at which it was saved. */
  id: string
  content: string
  /** Whether what it tells of is still under way; then its result is not known yet. */
  isOpen: boolean
  /** Epoch milliseconds. */
  savedAt: number
}

/** What an administrator decides about the audit book. */
export type AuditSettings = {
  /** How long rows are kept; 0 keeps everything. */
  retentionDays: number
  /** Whether each node that ran is kept too: many rows. */
  keepsNodes: boolean
}

/** The ends of the chain, and the settings. */
export type ChainState = AuditSettings & {
  /** The newest row. */
  head: Link
  /** The last row that retention removed: the chain begins behind it. */
  removed: Link
  /** See `signed-ends.ts`; null before signing began. */
  endSignature: string | null
  /** Of `removed`. */
  beginningSignature: string | null
}

/** What rows are found by: all are words or ids, folded. */
export const indexedFields = ['event', 'who', 'whom', 'transaction', 'ticket'] as const
export type IndexedField = (typeof indexedFields)[number]
export type IndexValue = { field: IndexedField; value: string }

/** Which rows, newest first: those before a number, of one realm or of all, with a value or whatever they have. */
export type RowsWanted = {
  before: number
  realm: string | undefined
  having: IndexValue | undefined
  limit: number
}

/** What the audit book asks of storage. Every write is durable when its promise resolves. */
export interface AuditStore {
  /** Saves entries that wait for their place in the chain. Those of a step are saved by the step. */
  wait(entries: readonly WaitingEntry[]): Promise<void>
  /** Gives an open entry its final content. @returns false when it is not there or not open any more. */
  settle(id: string, content: string): Promise<boolean>
  /** The oldest that may be chained: all that are not open, and open ones saved before `openBefore`. */
  waiting(openBefore: number, limit: number): Promise<WaitingEntry[]>
  countWaiting(): Promise<number>
  state(): Promise<ChainState>
  /**
   * Appends rows behind `from` and takes the entries that they were made of away.
   * @param endSignature of the new head; undefined leaves the stored one.
   * @returns false when `from` is not the head.
   */
  chain(from: Link, rows: readonly ChainedRow[], endSignature?: string): Promise<boolean>
  /** Replaces the signature of the head. @returns false when `head` is not the head. */
  sign(head: Link, endSignature: string): Promise<boolean>
  rows(wanted: RowsWanted): Promise<AuditRow[]>
  row(sequence: number): Promise<AuditRow | undefined>
  /** Oldest first. */
  rowsAfter(sequence: number, limit: number): Promise<AuditRow[]>
  /** The number of the first row of this time or later; undefined when there is none. */
  firstSince(at: number): Promise<number | undefined>
  /** Removes these, the oldest rows there are. @returns false when somebody else removed rows. */
  remove(from: Link, rows: readonly IndexedRow[], beginningSignature?: string): Promise<boolean>
  configure(settings: AuditSettings): Promise<void>
}

/** A row with what it is found by. */
export type IndexedRow = { row: AuditRow; index: readonly IndexValue[] }

/** A row with the id of the entry that waited. */
export type ChainedRow = IndexedRow & { id: string }
