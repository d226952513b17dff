import { AsyncResource } from 'node:async_hooks'
import { randomInt } from 'node:crypto'
import type { Writable } from 'node:stream'
import { defined } from '../../../base/defined.ts'
import type { LiveFeed, Reader } from '../../../help-desk/transactions/live-feed.ts'
import {
  isRejection,
  type Transaction,
  type TransactionEvent,
} from '../../../help-desk/transactions/transaction.ts'
import { endingOf, statusOf } from '../../../help-desk/transactions/transaction-status.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Metrics } from '../../../telemetry/metrics/metrics.ts'
import type { VisibleCodes } from '../checks/check-view.ts'
import type { FeedParty } from './feed-access.ts'
import { type FeedRounds, roundMs, type Visited } from './feed-rounds.ts'
import type { NotificationFilter } from './notification-filter.ts'
import { eventForClients, timelineOf } from './transaction-event.ts'

export type FeedSources = {
  transactions: Transactions
  feed: LiveFeed
  metrics: Pick<Metrics, 'eventDelivered'>
  rounds: FeedRounds
  /** The current codes of a check; undefined for other transactions. */
  codesOf(transaction: Transaction): Promise<VisibleCodes | undefined>
  /** Whether the reader's session goes on and its owner still has the role. */
  mayReadOn(party: FeedParty, transaction: Transaction): Promise<boolean>
  /** Whether the reader lost that right only because another agent took the check over. */
  wasTakenOver(party: FeedParty, transaction: Transaction): Promise<boolean>
  now(): number
}

export type FeedOptions = {
  /** Last sequence number the client has seen (its Last-Event-ID). Undefined: send a snapshot first. */
  after: number | undefined
  /** Included in the snapshot for the journey that created the link, so that its page can show it. */
  redirectUri: string | undefined
  /** Keeps the members of notifications that the client may see. */
  filter: NotificationFilter
  /** Whether the client is the agent of a check, who gets its codes. */
  isAgent: boolean
  party: FeedParty
  /** Keeps the feed open after a result while the caller may still report "this is not me". */
  isLate: boolean
  /** Releases the client's slot among the open feeds. */
  release(): void
  onError(error: unknown): void
}

/** Unread bytes with which a client is disconnected instead of getting more. It resumes with its Last-Event-ID. */
const maxUnreadBytes = 262_144

/** Clients of a draining server reconnect after a random delay in this range, so that they don't arrive together. */
const reconnectDelayMs = { min: 200, max: 2000 }

/**
 * Streams one transaction as server-sent events until it ends or the client disconnects.
 *
 * A wake-up carries no data: it triggers a read of everything after the last event sent. A lost wake-up can therefore delay
 * events, but never lose or reorder them. Source: HTML standard, "Server-sent events".
 */
export class FeedWriter implements Reader, Visited {
  readonly #from: FeedSources
  readonly #out: Writable
  readonly #options: Omit<FeedOptions, 'redirectUri'>
  readonly #idHash: string
  #redirectUri: string | undefined
  /** Sequence number of the newest event written; -1 before the snapshot. */
  #sent: number
  /** Events older than this don't count towards feed latency. Epoch milliseconds. */
  #openedAt = 0
  #isReading = false
  #isStale = false
  #isEnded = false
  /** Whether data was unread at the last visit. */
  #isBehind = false
  #expiresAt = 0
  #expiry: NodeJS.Timeout | undefined
  #stop = 0
  /** Other requests send wake-ups; the reads belong to the trace of this request. */
  readonly #trace = new AsyncResource('LiveFeed')

  constructor(from: FeedSources, out: Writable, idHash: string, { redirectUri, ...options }: FeedOptions) {
    this.#from = from
    this.#out = out
    this.#idHash = idHash
    this.#options = options
    this.#sent = options.after ?? -1
    this.#redirectUri = redirectUri
  }

  /** @param expiresAt when the transaction expires; epoch milliseconds. */
  start(expiresAt: number): void {
    this.#openedAt = this.#from.now()
    this.#expiresAt = expiresAt
    this.#from.feed.subscribe(this.#idHash, this)
    this.#stop = this.#from.rounds.add(this)
    this.#out.on('close', () => {
      this.#end()
      this.#from.rounds.remove(this, this.#stop)
    })
    this.#wakeAtExpiry()
    void this.wake()
  }

  wake(): Promise<void> {
    return this.#trace.runInAsyncScope(this.#read, this)
  }

  /** Keeps proxies from closing an idle feed, and recovers from a lost wake-up. Disconnects a client that doesn't read. */
  visit(): void {
    const isBehind = this.#out.writableLength > 0
    // rule S10: otherwise clients that read nothing keep their live feeds
    if (this.#isEnded || (isBehind && this.#isBehind)) {
      this.#out.destroy()
      return
    }
    this.#isBehind = isBehind
    this.#out.write(': still here\n\n')
    // rule H16: otherwise a feed that missed a wake-up stays silent
    void this.wake()
    this.#wakeAtExpiry()
  }

  /** No wake-up announces an expiry. Only feeds that expire before their next visit need a timer. */
  #wakeAtExpiry(): void {
    const left = this.#expiresAt - this.#from.now()
    if (left > roundMs || this.#expiry !== undefined) return
    this.#expiry = setTimeout(() => this.wake(), Math.max(0, left) + 1)
  }

  /** Runs one read at a time. A wake-up during a read causes another one. */
  async #read(): Promise<void> {
    this.#isStale = true
    if (this.#isReading) return
    this.#isReading = true
    try {
      while (this.#isStale && !this.#isEnded) {
        this.#isStale = false
        await this.#writeNewEvents()
      }
    } catch (error) {
      this.#options.onError(error)
      this.#end()
    } finally {
      this.#isReading = false
    }
  }

  async #writeNewEvents(): Promise<void> {
    const transaction = await this.#from.transactions.read(this.#idHash)
    const { isLate, filter, party } = this.#options
    if (transaction === undefined) return this.#end()
    // rule H16: otherwise an open feed goes on after its reader lost session or role
    if (!(await this.#from.mayReadOn(party, transaction))) return this.#leaveTo(transaction)
    if (this.#sent < 0) await this.#writeSnapshot(transaction)
    for (const event of await this.#eventsAfterLast(transaction)) {
      const { name, data } = eventForClients(event, filter)
      this.#write(event.sequence, name, { ...data, ...(await this.#releasedBy(event, transaction)) })
      this.#measure(event)
      if (isLast(event, isLate)) return this.#end()
      if (event.kind === 'takenOver') {
        // Later events may belong to the new agent alone: the next round decides for whom.
        this.#isStale = true
        return
      }
    }
    const now = this.#from.now()
    const hasExpired = statusOf(transaction, now) === 'EXPIRED'
    const { expiresAt: at } = transaction
    if (hasExpired) this.#write(this.#sent, 'expired', { kind: 'expired', at })
    if (hasExpired || isOver(transaction, isLate, now)) this.#end()
  }

  /** Ends the feed of a reader without the right to more of it. A former agent learns who took the check over. */
  async #leaveTo(transaction: Transaction): Promise<void> {
    const { filter, party } = this.#options
    if (this.#sent >= 0 && (await this.#from.wasTakenOver(party, transaction))) {
      const events = await this.#eventsAfterLast(transaction)
      const takeover = events.find(({ kind }) => kind === 'takenOver')
      if (takeover !== undefined) {
        const { name, data } = eventForClients(takeover, filter)
        this.#write(takeover.sequence, name, data)
      }
    }
    this.#end()
  }

  /** Most reads only recover from a lost wake-up, and find nothing. */
  async #eventsAfterLast({ sequence }: Transaction): Promise<readonly TransactionEvent[]> {
    // rule H16: otherwise a feed writes pushed events instead of those after its last event
    return sequence > this.#sent ? this.#from.transactions.eventsAfter(this.#idHash, this.#sent) : []
  }

  async #writeSnapshot(transaction: Transaction): Promise<void> {
    const { state, result, sequence, expiresAt, notificationData, reference } = transaction
    const history = await this.#from.transactions.eventsAfter(this.#idHash, 0)
    // Later events follow one by one.
    const past = history.filter((event) => event.sequence <= sequence)
    const now = this.#from.now()
    const { filter } = this.#options
    const redirectUri = this.#redirectUri
    // Only the snapshot has it, and thousands of open feeds would keep theirs.
    this.#redirectUri = undefined
    const codes = await this.#codesOf(transaction)
    const timeline = timelineOf(transaction, past, filter, now)
    this.#write(sequence, 'snapshot', {
      reference,
      state,
      result,
      ending: endingOf(transaction, now) ?? null,
      sequence,
      expiresAt,
      notificationData: notificationData === undefined ? null : filter(notificationData),
      notifications: timeline.filter(({ kind }) => kind === 'notification'),
      timeline,
      ...defined({ redirectUri }),
      ...(codes === undefined || statusOf(transaction, now) === 'COMPLETED' ? {} : codes),
    })
  }

  /** The reverse code, once an event makes the caller's page show it. */
  async #releasedBy(event: TransactionEvent, transaction: Transaction): Promise<Partial<VisibleCodes>> {
    const isStart = event.kind === 'state' && event.state === 'IN_PROGRESS'
    if (!isStart && event.kind !== 'confirmed') return {}
    const { reverseCode } = (await this.#codesOf(transaction)) ?? {}
    return reverseCode === undefined ? {} : { reverseCode }
  }

  async #codesOf(transaction: Transaction): Promise<VisibleCodes | undefined> {
    return this.#options.isAgent ? this.#from.codesOf(transaction) : undefined
  }

  #measure({ at }: TransactionEvent): void {
    if (at >= this.#openedAt) this.#from.metrics.eventDelivered((this.#from.now() - at) / 1000)
  }

  /** One `data` line is enough, because JSON has no raw line breaks. */
  #write(id: number, name: string, data: object): void {
    // rule S10: otherwise unread data of a live feed fills the memory
    if (this.#out.writableLength > maxUnreadBytes) {
      this.#out.destroy()
      return
    }
    this.#sent = id
    this.#out.write(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  /** Asks the client to reconnect after a random delay. Source: HTML standard, `retry`. */
  leave(): void {
    if (this.#isEnded) return
    const { min, max } = reconnectDelayMs
    const delayMs = randomInt(min, max)
    this.#out.write(`retry: ${delayMs}\n\n`)
    this.#end()
  }

  /** If the client doesn't read the rest, the next visit closes the connection. */
  #end(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#from.feed.unsubscribe(this.#idHash, this)
    clearTimeout(this.#expiry)
    this.#options.release()
    this.#out.end(() => this.#out.destroy())
  }
}

/** Whether no event can follow: the transaction was cancelled, or has a result that can no longer be rejected. */
export function isOver(transaction: Transaction, isLate: boolean, now: number): boolean {
  if (transaction.isCancelled) return true
  if (transaction.state !== 'COMPLETED') return false
  return !isLate || transaction.rejectedAt !== undefined || transaction.expiresAt <= now
}

function isLast(event: TransactionEvent, isLate: boolean): boolean {
  if (event.kind === 'state') return event.state === 'COMPLETED' && !isLate
  return event.kind === 'cancelled' || event.kind === 'rejected' || isRejection(event.kind)
}
