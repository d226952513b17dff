import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../../engine/json.ts'
import type { QueuedMail } from '../../outbox/mail.ts'
import { digest } from '../../secrets/digest.ts'
import type { FeedReader } from './feed-places.ts'
import type { LiveFeed } from './live-feed.ts'
import { purposeOf } from './purpose.ts'
import { newReference } from './reference.ts'
import {
  isGone,
  type Opener,
  type Rejection,
  type Subject,
  type Transaction,
  type TransactionChange,
  type TransactionEvent,
} from './transaction.ts'
import { type FoundTransactions, searchTransactions, type TransactionFilter } from './transaction-search.ts'
import type { TransactionQuery, TransactionStore } from './transaction-store.ts'

/** What opening a transaction needs, everything checked. */
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

/** Mails with the same link are so far apart. */
const betweenMailsMs = 60_000

/** A new transaction and the secret that leads to it; the secret is told once and stored nowhere. */
export type Opened = { id: string; transaction: Transaction }

/** Makes a transaction that is not saved yet. `now` is epoch milliseconds. */
export function newTransaction(opening: Opening, now: number): Opened {
  const id = randomUUID()
  const { lifeSeconds, ...rest } = opening
  const transaction: Transaction = {
    ...rest,
    idHash: digest(id),
    reference: newReference(),
    purpose: purposeOf(opening.data),
    state: 'CREATED',
    result: 'UNKNOWN',
    denial: undefined,
    isCancelled: false,
    notificationData: undefined,
    sessionProperties: {},
    auditTrackingId: randomUUID(),
    createdAt: now,
    expiresAt: now + lifeSeconds * 1000,
    endedAt: undefined,
    rejectedAt: undefined,
    confirmedAt: undefined,
    sentAt: undefined,
    sequence: 0,
  }
  return { id, transaction }
}

/**
 * Whether "this is not me" pauses checks of the subject. A transaction that anyone may open doesn't: otherwise anyone could
 * keep the help desk from verifying a person. Neither does a person who declines to vouch for somebody else.
 */
function beginsPause({ openedBy, purpose }: Pick<Transaction, 'openedBy' | 'purpose'>): boolean {
  return (openedBy.isHelpDesk || openedBy.client !== undefined) && purpose.vouchFor === undefined
}

/** The backchannel's own rules over its store: expiry at every read, a wake-up after every write. */
export class Transactions {
  readonly #store: TransactionStore
  readonly #feed: LiveFeed
  readonly #now: () => number
  readonly #saved: (change: TransactionChange['kind']) => void

  /** @param saved told about every change once it is saved, for who counts them. */
  constructor(
    store: TransactionStore,
    feed: LiveFeed,
    now: () => number,
    saved: (change: TransactionChange['kind']) => void = () => undefined,
  ) {
    this.#store = store
    this.#feed = feed
    this.#now = now
    this.#saved = saved
  }

  /** @returns undefined when unknown, of another realm, cancelled or expired: nobody can tell which. */
  async find(realm: string, id: string): Promise<Transaction | undefined> {
    return this.findByHash(realm, digest(id))
  }

  async findByHash(realm: string, idHash: string): Promise<Transaction | undefined> {
    const transaction = await this.#store.read(idHash)
    if (transaction === undefined || transaction.realm !== realm) return undefined
    return isGone(transaction, this.#now()) ? undefined : transaction
  }

  /** As stored, even when its time is over: for a feed that has to say how it ended. */
  read(idHash: string): Promise<Transaction | undefined> {
    return this.#store.read(idHash)
  }

  /** As stored, even when its time is over: for those who may know that there was one. */
  async readIn(
    realm: string,
    id: { hash: string } | { reference: string },
  ): Promise<Transaction | undefined> {
    if ('reference' in id) return this.#store.byReference(realm, id.reference)
    const transaction = await this.#store.read(id.hash)
    return transaction?.realm === realm ? transaction : undefined
  }

  /** Newest first, after a place. */
  search(
    { after, limit, ...query }: Omit<TransactionQuery, 'now'>,
    filter: TransactionFilter = {},
  ): Promise<FoundTransactions> {
    const now = this.#now()
    const list = (place: typeof after, size: number) =>
      this.#store.list({ ...query, now, after: place, limit: size })
    return searchTransactions(list, filter, { after, limit, now })
  }

  /** The transactions about one person that are under way, oldest first. */
  openAbout(realm: string, subjectId: string): Promise<Transaction[]> {
    return this.#store.openAbout(realm, subjectId, this.#now())
  }

  /** @returns false when it was completed, cancelled or over already. */
  async cancel(idHash: string): Promise<boolean> {
    const isCancelled = await this.#store.cancel(idHash, this.#now())
    if (isCancelled) this.#tell(idHash, 'cancel')
    return isCancelled
  }

  /** The person behind the link rejects the transaction. @returns undefined when it is gone. */
  async reject(
    idHash: string,
    reason: Rejection = 'notMe',
  ): Promise<'denied' | 'late' | 'again' | undefined> {
    const held = await this.#store.read(idHash)
    if (held === undefined) return undefined
    const rejected = await this.#store.reject(idHash, beginsPause(held), this.#now(), reason)
    if (rejected === 'denied') this.#tell(idHash, 'deny')
    if (rejected === 'late') this.#feed.changed(idHash)
    return rejected
  }

  /** The caller says that they called. @returns false when they said so before, or there is nothing to confirm any more. */
  async confirm(idHash: string): Promise<boolean> {
    const isConfirmed = await this.#store.confirm(idHash, this.#now())
    if (isConfirmed) this.#feed.changed(idHash)
    return isConfirmed
  }

  /** @returns how long until the link may be mailed again, in milliseconds; 0 for now. */
  mailPause({ sentAt }: Pick<Transaction, 'sentAt'>): number {
    return sentAt === undefined ? 0 : Math.max(0, sentAt + betweenMailsMs - this.#now())
  }

  /** Mails the link. @param to masked. @returns false when somebody else did lately, or it is completed or gone. */
  async send(idHash: string, mail: { to: string; queued: QueuedMail }): Promise<boolean> {
    const now = this.#now()
    const isQueued = await this.#store.send(idHash, mail, now - betweenMailsMs, now)
    if (isQueued) this.#feed.changed(idHash)
    return isQueued
  }

  /** Records that a mail server took the mail with the link, or that the mail is given up. */
  async linkMailed(mail: { id: string; transactionHash: string; isDelivered: boolean }): Promise<void> {
    const { id, transactionHash, isDelivered } = mail
    const isNew = await this.#store.linkMailed(transactionHash, id, isDelivered, this.#now())
    if (isNew) this.#feed.changed(transactionHash)
  }

  eventsAfter(idHash: string, sequence: number): Promise<TransactionEvent[]> {
    return this.#store.eventsAfter(idHash, sequence)
  }

  /** @throws Error when the transaction is gone or completed; nothing was saved then. */
  async notify(id: string, key: string, data: JsonObject): Promise<void> {
    const idHash = digest(id)
    const sequence = await this.#store.notify(idHash, key, data, this.#now())
    if (sequence === undefined) throw new Error('the transaction is gone or completed')
    this.#feed.changed(idHash)
  }

  /** Wakes the readers of a transaction that somebody else saved an event of. */
  changed(idHash: string): void {
    this.#feed.changed(idHash)
  }

  /** Saves changes on their own, outside a journey's step. */
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
    }
  }

  /**
   * Waits until a transaction has an event after `sequence`, or its time or this wait is over.
   * @returns whether something happened. @throws BusyError when too many wait.
   */
  async waitForChange(
    idHash: string,
    sequence: number,
    milliseconds: number,
    signal: AbortSignal,
    reader: FeedReader,
  ): Promise<boolean> {
    const leave = this.#feed.takePlace(reader)
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = this.#feed.subscribe(idHash, resolve, resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
    let timer: NodeJS.Timeout | undefined
    try {
      const held = await this.#store.read(idHash)
      if (held === undefined || this.#hasMoved(held, sequence)) return true
      // The end by time wakes nobody.
      timer = setTimeout(resolve, Math.min(milliseconds, held.expiresAt - this.#now() + 1))
      if (!signal.aborted) await promise
      return this.#hasMoved(await this.#store.read(idHash), sequence)
    } finally {
      clearTimeout(timer)
      stop()
      leave()
    }
  }

  #tell(idHash: string, kind: TransactionChange['kind']): void {
    this.#saved(kind)
    this.#feed.changed(idHash)
  }

  #hasMoved(held: Transaction | undefined, sequence: number): boolean {
    return held === undefined || held.sequence > sequence || isGone(held, this.#now())
  }
}
