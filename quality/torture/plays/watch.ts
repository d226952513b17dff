import { setTimeout as after } from 'node:timers/promises'
import { defined } from '../../../src/base/defined.ts'
import { FeedReader, kindOf } from '../../../test/support/feed-reader.ts'
import type { Client } from '../client.ts'
import type { Connection } from '../record/feed.ts'

/** Time in milliseconds after which a connection is closed. The next one resumes. */
const longestMs = 2_000

const ends = ['approved', 'denied', 'notMe', 'cancelled']

/** How a feed request names its transaction. */
type Named = { transaction?: string; headers: Record<string, string> }

type Snapshot = { reference: string; link: string }

/** Follows the feed of a transaction to its end, over broken connections and dead servers. */
export class Watch {
  readonly connections: Connection[] = []
  /** Id of the newest event. */
  last: number | undefined
  /** Whether the feed is complete. */
  hasEnded = false
  readonly #client: Client
  readonly #named: () => Named
  readonly #snapshot = Promise.withResolvers<Snapshot | undefined>()
  #isOver = false
  readonly #done: Promise<void>

  /** @param named how to name the transaction; called for each connection. */
  constructor(client: Client, named: () => Named) {
    this.#client = client
    this.#named = named
    this.#done = this.#run().finally(() => this.#snapshot.resolve(undefined))
  }

  /** The first event; undefined if the transaction was gone before. */
  get snapshot(): Promise<Snapshot | undefined> {
    return this.#snapshot.promise
  }

  /** Follows the feed to its end, or for one more connection if it has none. */
  async finish(): Promise<void> {
    this.#isOver = true
    await this.#done
  }

  async #run(): Promise<void> {
    for (let tries = 0; !this.hasEnded && !(this.#isOver && tries > 20); ) {
      const isHeard = await this.#connect()
      if (this.#isOver) tries++
      if (!isHeard) await after(100)
    }
  }

  async #connect(): Promise<boolean> {
    const { transaction, headers } = this.#named()
    const seen = this.last
    const going = seen === undefined ? {} : { 'last-event-id': String(seen) }
    const opening = FeedReader.open(this.#client.url(), {
      ...defined({ transaction }),
      headers: { ...headers, ...going },
    })
    const opened = await Promise.race([opening.catch(() => undefined), after(2 * longestMs)])
    if (opened === undefined) {
      void opening.then((late) => late.leave()).catch(() => undefined)
      return false
    }
    if (opened.status === 204) this.hasEnded = true
    if (opened.status !== 200) return opened.status === 204 || this.#isGone(opened.status)
    await this.#listen(opened, seen)
    return true
  }

  /** A cancelled transaction no longer exists. */
  #isGone(status: number): boolean {
    this.hasEnded ||= status === 404 && this.#isOver
    return this.hasEnded
  }

  async #listen(feed: FeedReader, seen: number | undefined): Promise<void> {
    const arrived = feed.first(1).then(
      ([first]) => {
        const { reference, redirectUri } = first?.data ?? {}
        if (first?.event === 'snapshot')
          this.#snapshot.resolve({ reference: String(reference), link: String(redirectUri) })
      },
      () => undefined,
    )
    await Promise.race([feed.closed.catch(() => undefined), after(longestMs)])
    await feed.leave().catch(() => undefined)
    await arrived
    const events = feed.events.filter(({ event }) => event !== 'expired')
    this.connections.push({ after: seen, ids: events.map(({ id }) => Number(id)) })
    const newest = events.at(-1)
    if (newest === undefined) return
    this.last = Number(newest.id)
    const isEnd =
      newest.event === 'snapshot' ? newest.data.state === 'COMPLETED' : ends.includes(kindOf(newest))
    if (isEnd) this.hasEnded = true
  }
}
