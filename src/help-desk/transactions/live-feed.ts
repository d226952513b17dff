import { type FeedBounds, FeedPlaces, type FeedReader } from './feed-places.ts'

/**
 * Wakes those who wait for a transaction. A wake-up is a hint and carries nothing: the row in the store is the
 * truth, so a lost hint can delay a reader but never mislead one.
 */
export type LiveFeed = {
  /** Something was saved for this transaction, here. */
  changed(idHash: string): void
  /** Something was saved for it elsewhere; for any of them, if it is not said which. */
  heard(idHash?: string): void
  /**
   * @param leave called when the server stops: the reader has to go and come back elsewhere.
   * @returns a function that ends the subscription.
   */
  subscribe(idHash: string, wake: () => void, leave: () => void): () => void
  /**
   * Takes a place for a reader before it subscribes.
   * @returns a function that gives it back. @throws BusyError or RequestError 429 as `FeedPlaces`.
   */
  takePlace(reader: FeedReader): () => void
  /** Places that are taken right now. */
  size(): number
  /** Sends every reader away, and those that come later. */
  close(): void
}

type Reader = { wake: () => void; leave: () => void }

const unbounded: FeedBounds = { all: Number.POSITIVE_INFINITY, perAddress: Number.POSITIVE_INFINITY }

/** @param tell says elsewhere that something was saved here. @param bounds each reader holds a connection and some kilobytes. */
export function createLiveFeed(
  tell: (idHash: string) => void = () => undefined,
  bounds = unbounded,
): LiveFeed {
  const readers = new Map<string, Set<Reader>>()
  const places = new FeedPlaces(bounds)
  let isClosed = false
  const wakeReaders = (waiting: Iterable<Reader> = []) => {
    for (const { wake } of waiting) wake()
  }
  return {
    changed(idHash) {
      wakeReaders(readers.get(idHash))
      tell(idHash)
    },
    heard(idHash) {
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
    takePlace: (reader) => places.take(reader),
    size: () => places.size,
    close() {
      isClosed = true
      for (const { leave } of [...readers.values()].flatMap((waiting) => [...waiting])) leave()
    },
  }
}

/** The same feed, with a listener that is called after each change that was saved here. */
export function withListener(feed: LiveFeed, listener: () => void): LiveFeed {
  return {
    ...feed,
    changed(idHash) {
      feed.changed(idHash)
      listener()
    },
  }
}
