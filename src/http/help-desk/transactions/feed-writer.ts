import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import type { LiveFeed } from '../../../help-desk/transactions/live-feed.ts'
import { endingOf, standingOf } from '../../../help-desk/transactions/standing.ts'
import {
  isRejection,
  type Transaction,
  type TransactionEvent,
} from '../../../help-desk/transactions/transaction.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Metrics } from '../../../telemetry/metrics/metrics.ts'
import type { ShownCodes } from '../checks/check-view.ts'
import type { ShowNotification } from './notification-filter.ts'
import { shownEvent, timelineOf } from './transaction-event.ts'

export type FeedSources = {
  transactions: Transactions
  feed: LiveFeed
  metrics: Pick<Metrics, 'fed'>
  now(): number
}

export type FeedOptions = {
  /** Sequence number that the reader has seen; undefined asks for a snapshot first. */
  after: number | undefined
  /** Told in the snapshot to the journey that made the link, so that its page can show it. */
  redirectUri: string | undefined
  /** What its reader may see of notifications. */
  show: ShowNotification
  /** Reads what the agent of a check reads out, as it stands now; undefined for viewers who get no codes. */
  codes(transaction: Transaction): Promise<ShownCodes | undefined>
  /** Whether the feed stays open after a result, for as long as the caller may say that it was not them. */
  isLate: boolean
  /** Gives the reader's place back. */
  leave(): void
  onError(error: unknown): void
}

/** A comment line at least so often keeps proxies from closing a quiet feed. It is looked again then, too, should a wake-up be lost. */
const keepAliveMs = 30_000

/** After what pause readers come back whom a server sends away that stops. */
const reconnectMs = { least: 200, spread: 1800 }

/**
 * Writes one transaction as server-sent events until it ends or the reader leaves.
 * A wake-up only says: read again. So a lost one delays, and none can put events out of order.
 * Source: HTML standard, "Server-sent events".
 */
export class FeedWriter {
  readonly #from: FeedSources
  readonly #out: ServerResponse
  readonly #options: FeedOptions
  readonly #idHash: string
  /** Sequence number of the newest event written; -1 before the snapshot. */
  #sent: number
  /** What happened before is told late by nobody's fault. Epoch milliseconds. */
  #openedAt = 0
  #isReading = false
  #isStale = false
  #stop: () => void = () => undefined

  constructor(from: FeedSources, out: ServerResponse, idHash: string, options: FeedOptions) {
    this.#from = from
    this.#out = out
    this.#idHash = idHash
    this.#options = options
    this.#sent = options.after ?? -1
  }

  /** @param expiresAt when to look again at the latest; epoch milliseconds. */
  start(expiresAt: number): void {
    this.#openedAt = this.#from.now()
    const end = () => this.#end()
    const leave = () => this.#sendAway()
    // Whoever wakes it is about something else: what it reads is part of its own request.
    const wake = AsyncLocalStorage.bind(() => this.#wake())
    const unsubscribe = this.#from.feed.subscribe(this.#idHash, wake, leave)
    const keepAlive = setInterval(() => {
      this.#out.write(': still here\n\n')
      void this.#wake()
    }, keepAliveMs)
    const expiry = setTimeout(() => this.#wake(), Math.max(0, expiresAt - this.#from.now()) + 1)
    this.#stop = () => {
      unsubscribe()
      clearInterval(keepAlive)
      clearTimeout(expiry)
      this.#options.leave()
    }
    // A client that left before now has closed the connection already, and no event follows.
    if (this.#out.destroyed) end()
    else {
      this.#out.once('close', end)
      this.#wake()
    }
  }

  /** One read at a time; what happens meanwhile makes it read once more. */
  async #wake(): Promise<void> {
    this.#isStale = true
    if (this.#isReading) return
    this.#isReading = true
    try {
      while (this.#isStale && !this.#out.writableEnded) {
        this.#isStale = false
        await this.#writeNews()
      }
    } catch (error) {
      this.#options.onError(error)
      this.#end()
    } finally {
      this.#isReading = false
    }
  }

  async #writeNews(): Promise<void> {
    const transaction = await this.#from.transactions.read(this.#idHash)
    if (transaction === undefined) return this.#end()
    if (this.#sent < 0) await this.#writeSnapshot(transaction)
    const { isLate, show } = this.#options
    for (const event of await this.#from.transactions.eventsAfter(this.#idHash, this.#sent)) {
      const { name, data } = shownEvent(event, show)
      this.#write(event.sequence, name, { ...data, ...(await this.#releasedBy(event, transaction)) })
      this.#measure(event)
      if (isLast(event, isLate)) return this.#end()
    }
    const now = this.#from.now()
    const hasExpired = standingOf(transaction, now) === 'EXPIRED'
    const { expiresAt: at } = transaction
    if (hasExpired) this.#write(this.#sent, 'expired', { kind: 'expired', at })
    if (hasExpired || isOver(transaction, isLate, now)) this.#end()
  }

  async #writeSnapshot(transaction: Transaction): Promise<void> {
    const { state, result, sequence, expiresAt, notificationData, reference } = transaction
    const history = await this.#from.transactions.eventsAfter(this.#idHash, 0)
    // What was saved since follows as events.
    const told = history.filter((event) => event.sequence <= sequence)
    const now = this.#from.now()
    const { redirectUri, show } = this.#options
    const codes = await this.#options.codes(transaction)
    const timeline = timelineOf(transaction, told, show, now)
    this.#write(sequence, 'snapshot', {
      reference,
      state,
      result,
      ending: endingOf(transaction, now) ?? null,
      sequence,
      expiresAt,
      notificationData: notificationData === undefined ? null : show(notificationData),
      notifications: timeline.filter(({ kind }) => kind === 'notification'),
      timeline,
      ...(redirectUri === undefined ? {} : { redirectUri }),
      ...(codes === undefined || standingOf(transaction, now) === 'COMPLETED' ? {} : codes),
    })
  }

  /** The caller's page shows the reverse code from these events on: now its agent may read it out. */
  async #releasedBy(event: TransactionEvent, transaction: Transaction): Promise<Partial<ShownCodes>> {
    const isStart = event.kind === 'state' && event.state === 'IN_PROGRESS'
    if (!isStart && event.kind !== 'confirmed') return {}
    const { reverseCode } = (await this.#options.codes(transaction)) ?? {}
    return reverseCode === undefined ? {} : { reverseCode }
  }

  #measure({ at }: TransactionEvent): void {
    if (at >= this.#openedAt) this.#from.metrics.fed((this.#from.now() - at) / 1000)
  }

  /** JSON has no raw line ends, so one `data` line is enough. */
  #write(id: number, name: string, data: object): void {
    this.#sent = id
    this.#out.write(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  /** Its reader is to come back, in a moment that is not the same for all. Source: HTML standard, `retry`. */
  #sendAway(): void {
    const pauseMs = reconnectMs.least + Math.round(Math.random() * reconnectMs.spread)
    if (!this.#out.writableEnded) this.#out.write(`retry: ${pauseMs}\n\n`)
    this.#end()
  }

  #end(): void {
    this.#stop()
    if (!this.#out.writableEnded) this.#out.end()
  }
}

/** Nothing can follow: it was cancelled, or has a result that nobody will object to any more. */
export function isOver(transaction: Transaction, isLate: boolean, now: number): boolean {
  if (transaction.isCancelled) return true
  if (transaction.state !== 'COMPLETED') return false
  return !isLate || transaction.rejectedAt !== undefined || transaction.expiresAt <= now
}

function isLast(event: TransactionEvent, isLate: boolean): boolean {
  if (event.kind === 'state') return event.state === 'COMPLETED' && !isLate
  return event.kind === 'cancelled' || event.kind === 'rejected' || isRejection(event.kind)
}
