import type { JsonObject } from '../../base/json.ts'
import type { Awaitable } from '../../base/work.ts'
import type { QueuedMail } from '../../outbox/mail.ts'
import type { QueuedMessage } from '../../outbox/message.ts'
import type { TelephoneChannel } from '../../realms/messaging-settings.ts'
import type { ProvenResult } from '../checks/grant.ts'
import type { PauseLift } from '../checks/verification-store.ts'
import type {
  OpenState,
  Party,
  Rejection,
  Transaction,
  TransactionChange,
  TransactionEvent,
} from './transaction.ts'
import type { TransactionStatus } from './transaction-status.ts'

/** A query for transactions, newest first. Times are epoch milliseconds. */
export type TransactionQuery = {
  realm: string
  /** Only transactions that this agent is responsible for; unset for all. */
  agentId: string | undefined
  /** Only checks of `agentId` with a rejection that their agent has not read. */
  isUnread?: boolean | undefined
  /** Only open offers to this agent or the team, of checks of other agents. */
  offeredTo?: string | undefined
  /** `open` is CREATED or IN_PROGRESS; unset for all. */
  status: TransactionStatus | 'open' | undefined
  now: number
  /** Starts after this entry; unset for the beginning. */
  after: { createdAt: number; reference: string } | undefined
  limit: number
}

/** A message with a link. `to` is masked. */
export type SentMessage = { to: string; channel: TelephoneChannel; queued: QueuedMessage }

/** A listed transaction with a summary of its events. */
export type ListedTransaction = {
  transaction: Transaction
  notifications: number
  /** Kind of the newest event; undefined before the first. */
  lastKind: TransactionEvent['kind'] | undefined
  /** When an agent withdrew the result. */
  withdrawnAt?: number | undefined
  /** How the caller of a check proved who they are; undefined for other transactions. */
  proof?: ProvenResult | undefined
  /** The colleague with an open check of the same person, while this one is open. */
  alsoChecked?: { agent: string } | undefined
}

/** The other transactions about a person who reports an attack, by the hashes of their ids. */
export type ReportedTransactions = { open: readonly string[]; usable: readonly string[] }

/** A transaction about a person, with the time of its use and who lifted the pause after its rejection. */
export type TransactionAbout = {
  transaction: Transaction
  usedAt: number | undefined
  pauseLift: PauseLift | undefined
}

/** Who reads a rejection: the agent of the check, or a lead who is not its agent. Neither reads for the other. */
export type RejectionReader = 'agent' | 'lead'

/** One agent takes a check over from another. */
export type Takeover = {
  from: Party
  to: Party
  /** Whether it needs an offer to this agent or the team; otherwise a lead takes over. */
  isOffered: boolean
}

/** Stores transactions. Every write is durable when its promise resolves. */
export interface TransactionStore {
  /** The stored row, even if the transaction is gone: callers check `isGone`. Immediate where it is at hand. */
  read(idHash: string): Awaitable<Transaction | undefined>

  /** The stored row, even if the transaction is gone. */
  byReference(realm: string, reference: string): Promise<Transaction | undefined>
  list(query: TransactionQuery): Promise<ListedTransaction[]>
  /** Open transactions about one person, oldest first: the subject, or the person vouched for. */
  openAbout(realm: string, personId: string, now: number): Promise<Transaction[]>
  /** The ids of checks about one person with a result that may still be used. */
  usableAbout(realm: string, personId: string, now: number): Promise<string[]>
  /** The newest transactions about one person that were opened after `since`. */
  newestAbout(realm: string, personId: string, since: number, limit: number): Promise<TransactionAbout[]>
  /** The number of open transactions in all realms, by state. */
  countOpen(now: number): Promise<Readonly<Record<OpenState, number>>>
  /** Events with a higher sequence number, in order. */
  eventsAfter(idHash: string, sequence: number): Promise<TransactionEvent[]>

  /**
   * Appends a notification and merges its data, in one unit.
   * @param key identifies the notification; a repeated call changes nothing and returns the same.
   * @returns the sequence number; undefined if the transaction is gone or completed.
   */
  notify(idHash: string, key: string, data: JsonObject, now: number): Promise<number | undefined>

  /** Applies changes outside of a step. @returns false, and saves nothing, if a `complete` came too late. */
  apply(changes: readonly TransactionChange[]): Promise<boolean>

  /** @returns false, and saves nothing, if the transaction is already completed, cancelled or expired. */
  cancel(idHash: string, now: number): Promise<boolean>
  /**
   * Records that the person behind the link rejects the transaction. `denied`: it was open and ends; `late`: it has a result,
   * and only the rejection is recorded; `again`: it was rejected before; undefined: it is gone.
   * @param beginsPause whether checks of the subject are paused from now on.
   * @param reason defaults to `notMe`.
   * @param others what the report changes, too, in the same unit: open transactions end, and usable results get an event.
   */
  reject(
    idHash: string,
    beginsPause: boolean,
    now: number,
    reason?: Rejection,
    others?: ReportedTransactions,
  ): Promise<'denied' | 'late' | 'again' | undefined>
  /** Records once that the link's page is shown. @returns false if that is recorded, the caller went on, or it is gone. */
  see(idHash: string, now: number): Promise<boolean>
  /** Records once that the caller confirms the call. @returns false if it is already recorded, completed or gone. */
  confirm(idHash: string, now: number): Promise<boolean>
  /** Offers a check to a colleague or (null) the team. @returns false if `agentId` is not its agent, or it is gone. */
  offer(idHash: string, agentId: string, to: Party | null, now: number): Promise<boolean>
  /** @returns false if there is no offer, `agentId` is not its agent, or it is gone. */
  withdrawOffer(idHash: string, agentId: string, now: number): Promise<boolean>
  /** @returns false if the agent is no longer `from`, the offer is gone (for `isOffered`), or the check is gone. */
  takeOver(idHash: string, takeover: Takeover, now: number): Promise<boolean>
  /** Records the first reader of a rejection in a role. @returns false without a rejection, if it was read before, or in another role. */
  readRejection(idHash: string, by: Party, as: RejectionReader, now: number): Promise<boolean>
  /**
   * Queues an email with the link and records it.
   * @param since refuses if an email was sent after this time (epoch milliseconds).
   * @returns false, and saves nothing, if it is too early, or the transaction is completed or gone.
   */
  send(idHash: string, mail: { to: string; queued: QueuedMail }, since: number, now: number): Promise<boolean>
  /** Queues a message with the link and records it, like `send`. */
  sendMessage(idHash: string, message: SentMessage, since: number, now: number): Promise<boolean>
  /**
   * Records once per email whether the email with the link was delivered.
   * @param mail id of the email.
   * @returns false, and saves nothing, if it is already recorded or the transaction has ended.
   */
  linkMailed(idHash: string, mail: string, isDelivered: boolean, now: number): Promise<boolean>
  /**
   * Deletes the journey data of transactions that ended before `before`, and keeps what lists show.
   * @returns how many.
   */
  deleteEndedContent(before: number): Promise<number>
  /** Deletes transactions that ended before `before` (epoch milliseconds), with their events. @returns how many. */
  deleteEnded(before: number): Promise<number>
}
