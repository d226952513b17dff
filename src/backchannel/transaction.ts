import type { JsonObject } from '../journey/json.ts'

export type TransactionState = 'CREATED' | 'IN_PROGRESS' | 'COMPLETED'
export type TransactionResult = 'UNKNOWN' | 'APPROVED' | 'DENIED'

/** Who may finish a transaction: nobody else's sign-in approves it. */
export type Subject = { kind: 'user' | 'agent' /** Object id of the identity. */; id: string; name: string }

/** Who may read the live feed of a transaction besides bearer tokens; hashes of their tokens. */
export type Openers = { journeySession: string | undefined; session: string | undefined }

/**
 * One verification, opened by a help-desk journey and completed in a second journey by the caller.
 * States only move forward: CREATED, IN_PROGRESS, COMPLETED; a cancelled or expired one is gone for every reader.
 */
export type Transaction = {
  /** SHA-256 of the id. The id itself is a secret of the link and never stored. */
  idHash: string
  realm: string
  /** The journey that the caller runs. */
  journey: string
  state: TransactionState
  result: TransactionResult
  isCancelled: boolean
  subject: Subject | undefined
  /** Placed at the root of the caller's shared state. */
  data: JsonObject
  /** What notifications sent, merged key by key; undefined before the first. */
  notificationData: JsonObject | undefined
  /** Of the caller's session, after success. */
  sessionProperties: Readonly<Record<string, string>>
  allowRetry: boolean
  /** The opener's correlation id. */
  trackingId: string | undefined
  /** Our own correlation id, in audit events and in answers. */
  auditTrackingId: string
  openedBy: Openers
  /** Epoch milliseconds. */
  createdAt: number
  expiresAt: number
  /** Sequence number of the newest event; 0 when nothing happened since it was opened. */
  sequence: number
}

/** What happened to a transaction, in order, numbered from 1 without gaps. */
export type TransactionEvent = { sequence: number; at: number } & (
  | { kind: 'notification'; data: JsonObject }
  | { kind: 'state'; state: TransactionState; result: TransactionResult }
  | { kind: 'cancelled' }
)

/** A change that is saved together with a journey's step. `complete` loses when somebody was first. */
export type TransactionChange =
  | { kind: 'create'; transaction: Transaction }
  /** CREATED becomes IN_PROGRESS; anything later stays as it is. */
  | { kind: 'start'; idHash: string; now: number }
  | {
      kind: 'complete'
      idHash: string
      now: number
      sessionProperties: Readonly<Record<string, string>>
    }
  /** COMPLETED and DENIED, unless it is completed already. */
  | { kind: 'deny'; idHash: string; now: number }
  | { kind: 'cancel'; idHash: string; now: number }

/** Unknown, expired and cancelled look the same to everybody; decided at every read. */
export function isGone(transaction: Pick<Transaction, 'isCancelled' | 'expiresAt'>, now: number): boolean {
  return transaction.isCancelled || transaction.expiresAt <= now
}

/** A second notification adds its keys and replaces those it names. */
export function mergeNotification(held: JsonObject | undefined, data: JsonObject): JsonObject {
  return { ...held, ...data }
}
