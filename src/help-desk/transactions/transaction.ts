import type { JsonObject } from '../../engine/json.ts'
import type { QueuedCall } from '../../outbox/call.ts'
import { plainText } from './plain-text.ts'
import type { Purpose } from './purpose.ts'

/** Longest name that is shown, in characters. */
const maxNameLength = 120

export type TransactionState = 'CREATED' | 'IN_PROGRESS' | 'COMPLETED'
export type TransactionResult = 'UNKNOWN' | 'APPROVED' | 'DENIED'

/**
 * What the person behind the link can say to end a check: that it is not them, that somebody called them (an attacker who
 * poses as the help desk), or that they don't vouch for the caller.
 */
export const rejections = ['notMe', 'calledMe', 'notVouched'] as const

export type Rejection = (typeof rejections)[number]

/** Reasons of a denial besides a failed journey. `wrongPerson`: another account signed in. `wrongCode`: no try left. */
export const denials = [...rejections, 'wrongPerson', 'wrongCode'] as const

export type Denial = (typeof denials)[number]

/** Who may finish a transaction: nobody else's sign-in approves it. */
export type Subject = {
  kind: 'user' | 'agent'
  /** Object id of the identity. */
  id: string
  /** User name. */
  name: string
  /** How people call them; as it was when the transaction was opened. */
  displayName?: string
}

/** Who opened a transaction, and so may watch and cancel it. Hashes of tokens; at most one of agent and client. */
export type Opener = {
  journeySession: string | undefined
  session: string | undefined
  /** Whose session the front journey ran under, if it ran under one. */
  agent: Omit<Subject, 'kind'> | undefined
  /** Whether that person had the role of the help desk then. */
  isHelpDesk: boolean
  /** The second person who proved in the front journey that they may verify callers, and so approved the check. */
  secondAgent?: Omit<Subject, 'kind'>
  /** Id of the client whose bearer token opened it. */
  client: string | undefined
  /** The front journey. */
  journey: string | undefined
}

/** How people call the agent or the subject, as others may read it: people choose their names themselves. */
export function calledName({ name, displayName }: Omit<Subject, 'kind'>): string {
  return plainText(displayName ?? name, maxNameLength) || name
}

/** Of a transaction whose opener nobody knows, and to fill in what is known. */
export const nobody: Opener = {
  journeySession: undefined,
  session: undefined,
  agent: undefined,
  isHelpDesk: false,
  client: undefined,
  journey: undefined,
}

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
  /** Names it where people can read it. Random, and worth nothing by itself. */
  reference: string
  purpose: Purpose
  state: TransactionState
  result: TransactionResult
  /** Why it is denied, where it is not for a failed journey. */
  denial: Denial | undefined
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
  openedBy: Opener
  /** Epoch milliseconds. */
  createdAt: number
  expiresAt: number
  /** When it was completed or cancelled; undefined for one that is under way, or whose time ran out. */
  endedAt: number | undefined
  /** When the person behind the link rejected it, before or after the result. */
  rejectedAt: number | undefined
  /** When the caller's page was open and the caller said that they called (or that they vouch). */
  confirmedAt: number | undefined
  /** When its link was mailed last. */
  sentAt: number | undefined
  /** Sequence number of the newest event; 0 when nothing happened since it was opened. */
  sequence: number
}

/** What happened to a transaction, in order, numbered from 1 without gaps. */
export type TransactionEvent = { sequence: number; at: number } & (
  | { kind: 'notification'; data: JsonObject }
  | { kind: 'state'; state: TransactionState; result: TransactionResult }
  /** It became COMPLETED and DENIED by the person behind the link. */
  | { kind: Rejection }
  /** The person behind the link rejected it after the result, which stays. */
  | { kind: 'rejected'; reason: Rejection }
  /** The caller has the page open and says that they called; a person who vouches says that they know of the call. */
  | { kind: 'confirmed' }
  /** Somebody else than the subject came to the end; of a help desk's check, that ends it. */
  | { kind: 'wrongPerson'; isFinal: boolean }
  /** The caller typed the code that the agent read out, and it was right; or it was not, and may be typed so often again. */
  | { kind: 'codeMatched' }
  | { kind: 'codeWrong'; triesLeft: number }
  /** A mail server took the mail with the link, or the mail is given up. */
  | { kind: 'mailDelivered' }
  | { kind: 'mailFailed' }
  /** The caller's journey failed and the caller may try again. `reason` is what the caller read, if the journey said why. */
  | { kind: 'signInFailed'; reason: string | null }
  /** Another agent has a check of the same person under way. `agent` is the name of that agent. */
  | { kind: 'alsoChecked'; agent: string }
  /** The link was mailed to an address that is masked here. */
  | { kind: 'sent'; to: string }
  | { kind: 'cancelled' }
)

/** The kind of each event, by itself: a record, so that the compiler misses none. */
export const eventKinds: { readonly [Kind in TransactionEvent['kind']]: Kind } = {
  notification: 'notification',
  state: 'state',
  notMe: 'notMe',
  calledMe: 'calledMe',
  notVouched: 'notVouched',
  confirmed: 'confirmed',
  rejected: 'rejected',
  wrongPerson: 'wrongPerson',
  codeMatched: 'codeMatched',
  codeWrong: 'codeWrong',
  mailDelivered: 'mailDelivered',
  mailFailed: 'mailFailed',
  signInFailed: 'signInFailed',
  alsoChecked: 'alsoChecked',
  sent: 'sent',
  cancelled: 'cancelled',
}

/** A change that is saved together with a journey's step. `complete` loses when somebody was first. */
export type TransactionChange =
  /** `callAtEnd` is made once it is completed or cancelled. */
  | { kind: 'create'; transaction: Transaction; callAtEnd?: QueuedCall }
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
  | { kind: 'alsoChecked'; idHash: string; now: number; agent: string }
  | { kind: 'signInFailed'; idHash: string; now: number; reason: string | null }
  /** Remembers that somebody else came to the end of one that is under way; denies it where that is final. */
  | { kind: 'wrongPerson'; idHash: string; now: number; isFinal: boolean }

/** Unknown, expired and cancelled look the same to everybody; decided at every read. */
export function isGone(transaction: Pick<Transaction, 'isCancelled' | 'expiresAt'>, now: number): boolean {
  return transaction.isCancelled || transaction.expiresAt <= now
}

/** Whether a kind of event is a rejection that ended the transaction. */
export function isRejection(kind: string): kind is Rejection {
  return rejections.some((each) => each === kind)
}

/** How the person behind the link rejected it; a rejection after the result has no denial to say so. */
export function rejectionOf({
  denial,
  rejectedAt,
  purpose,
}: Pick<Transaction, 'denial' | 'rejectedAt' | 'purpose'>): Rejection | undefined {
  if (denial !== undefined && isRejection(denial)) return denial
  if (rejectedAt === undefined) return undefined
  return purpose.vouchFor === undefined ? 'notMe' : 'notVouched'
}

/** A second notification adds its keys and replaces those it names. */
export function mergeNotification(held: JsonObject | undefined, data: JsonObject): JsonObject {
  return { ...held, ...data }
}
