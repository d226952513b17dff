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
  /** Wakes this reader after each change of the transaction. */
  subscribe(idHash: string, reader: Reader): void
  /** Ends the subscription; a second call does nothing. */
  unsubscribe(idHash: string, reader: Reader): void
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

export type Reader = {
  /** There may be something new. A promise settles when the reader has read it; it is never rejected. */
  wake(): void | Promise<void>
  /** The server shuts down: the reader must reconnect to another server. */
  leave(): void
}

/** Readers that read at the same time after wake-ups may have been lost. All at once would fill the database's queue. */
const readsAtOnce = 50

const unbounded: FeedBounds = { all: Number.POSITIVE_INFINITY, perAddress: Number.POSITIVE_INFINITY }

/**
 * @param publish tells the other servers of the cluster about a change.
 * @param bounds on readers, each of which holds a connection and a few kilobytes.
 */
export function createLiveFeed(
  publish: (idHash: string) => void = () => undefined,
  bounds = unbounded,
): LiveFeed {
  // An array takes less memory than a set, and nearly all transactions have one reader.
  const readers = new Map<string, readonly Reader[]>()
  const readersOf = (idHash: string) => readers.get(idHash) ?? []
  const slots = new FeedSlots(bounds)
  let isClosed = false
  const wakeReaders = (idHash: string) => {
    for (const reader of readersOf(idHash)) void reader.wake()
  }
  return {
    changed(idHash) {
      wakeReaders(idHash)
      publish(idHash)
    },
    wakeUp(idHash) {
      if (idHash !== undefined) wakeReaders(idHash)
      else void wakeInTurn([...readers.values()].flat())
    },
    subscribe(idHash, reader) {
      readers.set(idHash, [...readersOf(idHash), reader])
      if (isClosed) queueMicrotask(() => reader.leave())
    },
    unsubscribe(idHash, reader) {
      const others = readersOf(idHash).filter((each) => each !== reader)
      if (others.length > 0) readers.set(idHash, others)
      else readers.delete(idHash)
    },
    takeSlot: (reader) => slots.take(reader),
    size: () => slots.size,
    close() {
      isClosed = true
      for (const reader of [...readers.values()].flat()) reader.leave()
    },
  }
}

async function wakeInTurn(readers: readonly Reader[]): Promise<void> {
  const next = readers.values()
  const wakeRest = async () => {
    for (const reader of next) await reader.wake()
  }
  await Promise.all(Array.from({ length: readsAtOnce }, wakeRest))
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
