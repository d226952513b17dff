import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../../base/json.ts'
import { type Awaitable, andThen } from '../../base/work.ts'
import type { QueuedMail } from '../../outbox/mail.ts'
import { digest } from '../../secrets/digest.ts'
import type { AlarmKind } from '../alarms/alarm.ts'
import type { AlarmWatch } from '../alarms/alarms.ts'
import type { FeedReader } from './feed-slots.ts'
import type { LiveFeed } from './live-feed.ts'
import { purposeOf } from './purpose.ts'
import { newReference } from './reference.ts'
import {
  isGone,
  type Opener,
  type Party,
  type Rejection,
  type Subject,
  type Transaction,
  type TransactionChange,
  type TransactionEvent,
} from './transaction.ts'
import { type FoundTransactions, searchTransactions, type TransactionFilter } from './transaction-search.ts'
import type {
  RejectionReader,
  ReportedTransactions,
  SentMessage,
  Takeover,
  TransactionQuery,
  TransactionStore,
} from './transaction-store.ts'

/** A checked request to open a transaction. */
export type Opening = {
  realm: string
  journey: string
  subject: Subject | undefined
  data: JsonObject
  allowRetry: boolean
  trackingId: string | undefined
  lifeSeconds: number
  openedBy: Opener
}

/** Minimum time between emails, and between messages, with the same link. */
export const mailIntervalMs = 60_000

/** A new transaction and its secret id, which is returned once and never stored. */
export type Opened = { id: string; transaction: Transaction }

/** Creates an unsaved transaction. `now` is epoch milliseconds. */
export function newTransaction(opening: Opening, now: number): Opened {
  const id = randomUUID()
  const { lifeSeconds, ...rest } = opening
  const transaction: Transaction = {
    ...rest,
    // rule H1: otherwise a reader of the database has the links
    idHash: digest(id),
    reference: newReference(),
    purpose: purposeOf(opening.data),
    state: 'CREATED',
    result: 'UNKNOWN',
    isCancelled: false,
    sessionProperties: {},
    auditTrackingId: randomUUID(),
    createdAt: now,
    expiresAt: now + lifeSeconds * 1000,
    sequence: 0,
  }
  return { id, transaction }
}

/**
 * Whether "this is not me" pauses checks of the subject. Not for transactions that anyone can open, or anyone could stop the
 * help desk from verifying a person, and not for a person who declines to vouch for another.
 */
function beginsPause({ openedBy, purpose }: Pick<Transaction, 'openedBy' | 'purpose'>): boolean {
  // rule S03: otherwise an anonymous client can pause the checks of a person
  return (openedBy.isHelpDesk || openedBy.client !== undefined) && purpose.vouchFor === undefined
}

/** The alarms that a saved change of a check may raise. */
const alarmOfChange: Partial<Record<TransactionChange['kind'], AlarmKind>> = {
  // rule H26: otherwise nobody notices that one person is checked again and again
  create: 'callerCheckedOften',
  // rule H26: otherwise nobody notices a check whose journey failed
  deny: 'failures',
  // rule H26: otherwise nobody notices a caller who fails to sign in
  signInFailed: 'failures',
  // rule H26: otherwise nobody notices another person who signs in with a link
  wrongPerson: 'denials',
}

function idHashOf(change: TransactionChange): string {
  return change.kind === 'create' ? change.transaction.idHash : change.idHash
}

/** Transactions over their store: checks expiry at every read and wakes readers after every write. */
export class Transactions {
  readonly #store: TransactionStore
  readonly #feed: LiveFeed
  readonly #now: () => number
  readonly #saved: (change: TransactionChange['kind']) => void
  readonly #alarms: AlarmWatch | undefined

  /** @param saved called with every saved change, for metrics. @param alarms counts what was saved. */
  constructor(
    store: TransactionStore,
    feed: LiveFeed,
    now: () => number,
    saved: (change: TransactionChange['kind']) => void = () => undefined,
    alarms?: AlarmWatch,
  ) {
    this.#alarms = alarms
    this.#store = store
    this.#feed = feed
    this.#now = now
    this.#saved = saved
  }

  /** @returns undefined if unknown, of another realm, cancelled or expired, so that clients can't tell which. */
  find(realm: string, id: string): Awaitable<Transaction | undefined> {
    return this.findByHash(realm, digest(id))
  }

  findByHash(realm: string, idHash: string): Awaitable<Transaction | undefined> {
    return andThen(this.#store.read(idHash), (transaction) => {
      if (transaction === undefined || transaction.realm !== realm) return undefined
      // rule H1: otherwise a link works after it expired or was cancelled
      return isGone(transaction, this.#now()) ? undefined : transaction
    })
  }

  /** The stored row, even after expiry: for feeds that report the end. */
  read(idHash: string): Awaitable<Transaction | undefined> {
    return this.#store.read(idHash)
  }

  /** The stored row, even after expiry: for readers who may know that it exists. */
  async readIn(
    realm: string,
    id: { hash: string } | { reference: string },
  ): Promise<Transaction | undefined> {
    if ('reference' in id) return this.#store.byReference(realm, id.reference)
    const transaction = await this.#store.read(id.hash)
    return transaction?.realm === realm ? transaction : undefined
  }

  /** Finds transactions, newest first. */
  search(
    { after, limit, ...query }: Omit<TransactionQuery, 'now'>,
    filter: TransactionFilter = {},
  ): Promise<FoundTransactions> {
    const now = this.#now()
    const list = (place: typeof after, size: number) =>
      this.#store.list({ ...query, now, after: place, limit: size })
    return searchTransactions(list, filter, { after, limit, now })
  }

  /** Open transactions about one person, oldest first. */
  openAbout(realm: string, personId: string): Promise<Transaction[]> {
    return this.#store.openAbout(realm, personId, this.#now())
  }

  /** The newest transactions about one person in the last `milliseconds`, at most `limit`. */
  newestAbout(realm: string, personId: string, milliseconds: number, limit: number) {
    return this.#store.newestAbout(realm, personId, this.#now() - milliseconds, limit)
  }

  /** @returns false if the transaction is already completed, cancelled or expired. */
  async cancel(idHash: string): Promise<boolean> {
    const isCancelled = await this.#store.cancel(idHash, this.#now())
    if (isCancelled) this.#announce(idHash, 'cancel')
    return isCancelled
  }

  /** Records that the person behind the link rejects the transaction. @returns undefined if it is gone. */
  async reject(
    idHash: string,
    reason: Rejection = 'notMe',
  ): Promise<'denied' | 'late' | 'again' | undefined> {
    const existing = await this.#store.read(idHash)
    if (existing === undefined) return undefined
    const pauses = beginsPause(existing)
    // rule H27: otherwise the open checks of colleagues go on
    const others = pauses ? await this.#othersAbout(existing) : { open: [], usable: [] }
    const rejected = await this.#store.reject(idHash, pauses, this.#now(), reason, others)
    if (rejected === 'denied') this.#announce(idHash, 'deny')
    if (rejected === 'late') this.#feed.changed(idHash)
    if (rejected === 'denied' || rejected === 'late') {
      for (const other of others.open) this.#announce(other, 'deny')
      for (const other of others.usable) this.#feed.changed(other)
      // rule H26: otherwise nobody notices many denials
      this.#alarms?.noticed(idHash, 'denials')
    }
    return rejected
  }

  /** Those opened meanwhile can't be approved either: storage checks the report in the approval itself. */
  async #othersAbout({ realm, subject, idHash }: Transaction): Promise<ReportedTransactions> {
    if (subject === undefined) return { open: [], usable: [] }
    const now = this.#now()
    const [open, usable] = await Promise.all([
      this.#store.openAbout(realm, subject.id, now),
      this.#store.usableAbout(realm, subject.id, now),
    ])
    const isOther = (other: string) => other !== idHash
    return { open: open.map((each) => each.idHash).filter(isOther), usable: usable.filter(isOther) }
  }

  /** Records that the link's page is shown. @returns false if that is known, or the caller went on. */
  async see(idHash: string): Promise<boolean> {
    const isNew = await this.#store.see(idHash, this.#now())
    if (isNew) this.#feed.changed(idHash)
    return isNew
  }

  /** Records that the caller confirms the call. @returns false if it is already recorded, completed or gone. */
  async confirm(idHash: string): Promise<boolean> {
    const isConfirmed = await this.#store.confirm(idHash, this.#now())
    if (isConfirmed) this.#feed.changed(idHash)
    return isConfirmed
  }

  /** Offers a check to a colleague or (null) the team. @returns false if `agentId` is not its agent, or it is gone. */
  offer(idHash: string, agentId: string, to: Party | null): Promise<boolean> {
    return this.#changes(idHash, this.#store.offer(idHash, agentId, to, this.#now()))
  }

  withdrawOffer(idHash: string, agentId: string): Promise<boolean> {
    return this.#changes(idHash, this.#store.withdrawOffer(idHash, agentId, this.#now()))
  }

  /** @returns false if another change came first: another agent took over, the offer was withdrawn, or the check is gone. */
  takeOver(idHash: string, takeover: Takeover): Promise<boolean> {
    return this.#changes(idHash, this.#store.takeOver(idHash, takeover, this.#now()))
  }

  /** Records the first reader of a rejection in a role. @returns false without a rejection, if it was read before, or in another role. */
  readRejection(idHash: string, by: Party, as: RejectionReader): Promise<boolean> {
    return this.#store.readRejection(idHash, by, as, this.#now())
  }

  /** Milliseconds until the link can be emailed again; 0 for now. */
  mailPause({ sentAt }: Pick<Transaction, 'sentAt'>): number {
    return sentAt === undefined ? 0 : Math.max(0, sentAt + mailIntervalMs - this.#now())
  }

  /** Queues an email with the link. @param to masked. @returns false if it is too early, or the transaction is completed or gone. */
  async send(idHash: string, mail: { to: string; queued: QueuedMail }): Promise<boolean> {
    const now = this.#now()
    const isQueued = await this.#store.send(idHash, mail, now - mailIntervalMs, now)
    if (isQueued) this.#feed.changed(idHash)
    return isQueued
  }

  /** Milliseconds until the link can be sent in another message; 0 for now. */
  messagePause({ messagedAt }: Pick<Transaction, 'messagedAt'>): number {
    return messagedAt === undefined ? 0 : Math.max(0, messagedAt + mailIntervalMs - this.#now())
  }

  /** Queues a message with the link. @param to masked. @returns false if it is too early, or the transaction is completed or gone. */
  async sendMessage(idHash: string, message: SentMessage): Promise<boolean> {
    const now = this.#now()
    const isQueued = await this.#store.sendMessage(idHash, message, now - mailIntervalMs, now)
    if (isQueued) this.#feed.changed(idHash)
    return isQueued
  }

  /** Records that a mail server accepted the email with the link, or that sending was given up. */
  async linkMailed(mail: { id: string; transactionHash: string; isDelivered: boolean }): Promise<void> {
    const { id, transactionHash, isDelivered } = mail
    const isNew = await this.#store.linkMailed(transactionHash, id, isDelivered, this.#now())
    if (isNew) this.#feed.changed(transactionHash)
  }

  eventsAfter(idHash: string, sequence: number): Promise<TransactionEvent[]> {
    return this.#store.eventsAfter(idHash, sequence)
  }

  /** @throws Error, and saves nothing, if the transaction is gone or completed. */
  async notify(id: string, key: string, data: JsonObject): Promise<void> {
    const idHash = digest(id)
    const sequence = await this.#store.notify(idHash, key, data, this.#now())
    if (sequence === undefined) throw new Error('the transaction is gone or completed')
    this.#feed.changed(idHash)
  }

  /** Wakes the readers of a transaction after another component saved an event. */
  changed(idHash: string): void {
    this.#feed.changed(idHash)
  }

  /** Saves changes outside of a journey's step. */
  async apply(changes: readonly TransactionChange[]): Promise<boolean> {
    const isSaved = await this.#store.apply(changes)
    if (isSaved) this.announce(changes)
    return isSaved
  }

  /** Wakes the readers of transactions whose changes were saved with a step. */
  announce(changes: readonly TransactionChange[]): void {
    for (const change of changes) {
      this.#saved(change.kind)
      if (change.kind !== 'create') this.#feed.changed(change.idHash)
      const alarm = alarmOfChange[change.kind]
      if (alarm !== undefined) this.#alarms?.noticed(idHashOf(change), alarm)
    }
  }

  /**
   * Waits until a transaction has an event after `sequence`, expires, or the wait ends.
   * @returns whether the transaction changed. @throws BusyError if too many clients wait.
   */
  async waitForChange(
    idHash: string,
    sequence: number,
    milliseconds: number,
    signal: AbortSignal,
    reader: FeedReader,
  ): Promise<boolean> {
    const leave = this.#feed.takeSlot(reader)
    const { promise, resolve } = Promise.withResolvers<void>()
    const end = Promise.withResolvers<void>()
    const wake = () => {
      resolve()
      return end.promise
    }
    const subscriber = { wake, leave: resolve }
    this.#feed.subscribe(idHash, subscriber)
    signal.addEventListener('abort', () => resolve(), { once: true })
    let timer: NodeJS.Timeout | undefined
    try {
      const stored = await this.#store.read(idHash)
      if (stored === undefined || this.#hasMoved(stored, sequence)) return true
      // No wake-up announces an expiry.
      timer = setTimeout(resolve, Math.min(milliseconds, stored.expiresAt - this.#now() + 1))
      if (!signal.aborted) await promise
      return this.#hasMoved(await this.#store.read(idHash), sequence)
    } finally {
      clearTimeout(timer)
      this.#feed.unsubscribe(idHash, subscriber)
      leave()
      end.resolve()
    }
  }

  async #changes(idHash: string, saving: Promise<boolean>): Promise<boolean> {
    const isSaved = await saving
    if (isSaved) this.#feed.changed(idHash)
    return isSaved
  }

  #announce(idHash: string, kind: TransactionChange['kind']): void {
    this.#saved(kind)
    this.#feed.changed(idHash)
  }

  #hasMoved(stored: Transaction | undefined, sequence: number): boolean {
    return stored === undefined || stored.sequence > sequence || isGone(stored, this.#now())
  }
}
