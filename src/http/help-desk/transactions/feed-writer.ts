import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import { defined } from '../../../engine/defined.ts'
import type { LiveFeed } from '../../../help-desk/transactions/live-feed.ts'
import {
  isRejection,
  type Transaction,
  type TransactionEvent,
} from '../../../help-desk/transactions/transaction.ts'
import { endingOf, statusOf } from '../../../help-desk/transactions/transaction-status.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Metrics } from '../../../telemetry/metrics/metrics.ts'
import type { VisibleCodes } from '../checks/check-view.ts'
import type { NotificationFilter } from './notification-filter.ts'
import { eventForClients, timelineOf } from './transaction-event.ts'

export type FeedSources = {
  transactions: Transactions
  feed: LiveFeed
  metrics: Pick<Metrics, 'eventDelivered'>
  now(): number
}

export type FeedOptions = {
  /** Last sequence number the client has seen (its Last-Event-ID). Undefined: send a snapshot first. */
  after: number | undefined
  /** Included in the snapshot for the journey that created the link, so that its page can show it. */
  redirectUri: string | undefined
  /** Keeps the members of notifications that the client may see. */
  filter: NotificationFilter
  /** The current codes for the agent of a check; undefined for other clients. */
  codes(transaction: Transaction): Promise<VisibleCodes | undefined>
  /** Keeps the feed open after a result while the caller may still report "this is not me". */
  isLate: boolean
  /** Releases the client's slot among the open feeds. */
  release(): void
  onError(error: unknown): void
}

/** Keep-alive interval. Proxies close idle connections; re-reading then also recovers from a lost wake-up. */
const keepAliveMs = 30_000

/** Clients of a draining server reconnect after a random delay in this range, so that they don't arrive together. */
const reconnectDelayMs = { min: 200, max: 2000 }

/**
 * Streams one transaction as server-sent events until it ends or the client disconnects.
 *
 * A wake-up carries no data: it triggers a read of everything after the last event sent. A lost wake-up can therefore delay
 * events, but never lose or reorder them. Source: HTML standard, "Server-sent events".
 */
export class FeedWriter {
  readonly #from: FeedSources
  readonly #out: ServerResponse
  readonly #options: FeedOptions
  readonly #idHash: string
  /** Sequence number of the newest event written; -1 before the snapshot. */
  #sent: number
  /** Events older than this don't count towards feed latency. Epoch milliseconds. */
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

  /** @param expiresAt when the transaction expires; epoch milliseconds. */
  start(expiresAt: number): void {
    this.#openedAt = this.#from.now()
    const end = () => this.#end()
    const drain = () => this.#drain()
    // Other requests send wake-ups; the reads belong to the trace of this request.
    const wake = AsyncLocalStorage.bind(() => this.#wake())
    const unsubscribe = this.#from.feed.subscribe(this.#idHash, wake, drain)
    const keepAlive = setInterval(() => {
      this.#out.write(': still here\n\n')
      void this.#wake()
    }, keepAliveMs)
    const expiry = setTimeout(() => this.#wake(), Math.max(0, expiresAt - this.#from.now()) + 1)
    this.#stop = () => {
      unsubscribe()
      clearInterval(keepAlive)
      clearTimeout(expiry)
      this.#options.release()
    }
    // If the client has disconnected already, no `close` event follows.
    if (this.#out.destroyed) end()
    else {
      this.#out.once('close', end)
      this.#wake()
    }
  }

  /** Runs one read at a time. A wake-up during a read causes another one. */
  async #wake(): Promise<void> {
    this.#isStale = true
    if (this.#isReading) return
    this.#isReading = true
    try {
      while (this.#isStale && !this.#out.writableEnded) {
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
    if (transaction === undefined) return this.#end()
    if (this.#sent < 0) await this.#writeSnapshot(transaction)
    const { isLate, filter } = this.#options
    for (const event of await this.#from.transactions.eventsAfter(this.#idHash, this.#sent)) {
      const { name, data } = eventForClients(event, filter)
      this.#write(event.sequence, name, { ...data, ...(await this.#releasedBy(event, transaction)) })
      this.#measure(event)
      if (isLast(event, isLate)) return this.#end()
    }
    const now = this.#from.now()
    const hasExpired = statusOf(transaction, now) === 'EXPIRED'
    const { expiresAt: at } = transaction
    if (hasExpired) this.#write(this.#sent, 'expired', { kind: 'expired', at })
    if (hasExpired || isOver(transaction, isLate, now)) this.#end()
  }

  async #writeSnapshot(transaction: Transaction): Promise<void> {
    const { state, result, sequence, expiresAt, notificationData, reference } = transaction
    const history = await this.#from.transactions.eventsAfter(this.#idHash, 0)
    // Later events follow one by one.
    const past = history.filter((event) => event.sequence <= sequence)
    const now = this.#from.now()
    const { redirectUri, filter } = this.#options
    const codes = await this.#options.codes(transaction)
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
    const { reverseCode } = (await this.#options.codes(transaction)) ?? {}
    return reverseCode === undefined ? {} : { reverseCode }
  }

  #measure({ at }: TransactionEvent): void {
    if (at >= this.#openedAt) this.#from.metrics.eventDelivered((this.#from.now() - at) / 1000)
  }

  /** One `data` line is enough, because JSON has no raw line breaks. */
  #write(id: number, name: string, data: object): void {
    this.#sent = id
    this.#out.write(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  /** Asks the client to reconnect after a random delay. Source: HTML standard, `retry`. */
  #drain(): void {
    const { min, max } = reconnectDelayMs
    const delayMs = min + Math.round(Math.random() * (max - min))
    if (!this.#out.writableEnded) this.#out.write(`retry: ${delayMs}\n\n`)
    this.#end()
  }

  #end(): void {
    this.#stop()
    if (!this.#out.writableEnded) this.#out.end()
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
