import { type FeedBounds, type FeedReader, FeedSlots } from './feed-slots.ts'

/**
 * Wakes the readers of a transaction. A wake-up carries no data, because the stored row is the truth: a lost wake-up can
 * delay a reader but never mislead it.
 */
export type LiveFeed = {
  /** This server saved a change of the transaction. */
  changed(idHash: string): void
  /** Another server saved a change: of this transaction, or of any if none is given. */
  wakeUp(idHash?: string): void
  /**
   * @param leave called when the server shuts down: the reader must reconnect to another server.
   * @returns a function that ends the subscription.
   */
  subscribe(idHash: string, wake: () => void, leave: () => void): () => void
  /**
   * Reserves a slot for a reader before it subscribes.
   * @returns a function that releases it. @throws BusyError or RequestError 429 as `FeedSlots`.
   */
  takeSlot(reader: FeedReader): () => void
  /** Slots in use. */
  size(): number
  /** Makes every reader leave, present and future. */
  close(): void
}

type Reader = { wake: () => void; leave: () => void }

const unbounded: FeedBounds = { all: Number.POSITIVE_INFINITY, perAddress: Number.POSITIVE_INFINITY }

/**
 * @param publish tells the other servers of the cluster about a change.
 * @param bounds on readers, each of which holds a connection and a few kilobytes.
 */
export function createLiveFeed(
  publish: (idHash: string) => void = () => undefined,
  bounds = unbounded,
): LiveFeed {
  const readers = new Map<string, Set<Reader>>()
  const slots = new FeedSlots(bounds)
  let isClosed = false
  const wakeReaders = (waiting: Iterable<Reader> = []) => {
    for (const { wake } of waiting) wake()
  }
  return {
    changed(idHash) {
      wakeReaders(readers.get(idHash))
      publish(idHash)
    },
    wakeUp(idHash) {
      if (idHash !== undefined) wakeReaders(readers.get(idHash))
      else for (const waiting of [...readers.values()]) wakeReaders(waiting)
    },
    subscribe(idHash, wake, leave) {
      const reader = { wake, leave }
      const waiting = readers.get(idHash) ?? new Set()
      readers.set(idHash, waiting.add(reader))
      if (isClosed) queueMicrotask(leave)
      return () => {
        if (!waiting.delete(reader)) return
        if (waiting.size === 0 && readers.get(idHash) === waiting) readers.delete(idHash)
      }
    },
    takeSlot: (reader) => slots.take(reader),
    size: () => slots.size,
    close() {
      isClosed = true
      for (const { leave } of [...readers.values()].flatMap((waiting) => [...waiting])) leave()
    },
  }
}

/** The same feed, which also calls `listener` after each change that this server saved. */
export function withListener(feed: LiveFeed, listener: () => void): LiveFeed {
  return {
    ...feed,
    changed(idHash) {
      feed.changed(idHash)
      listener()
    },
  }
}
