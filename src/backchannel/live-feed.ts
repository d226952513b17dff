import { BusyError } from '../errors.ts'

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
  /** @throws BusyError when so many read that one more would be too many. */
  requireRoom(): void
  /** Readers of all transactions right now. */
  size(): number
  /** Sends every reader away, and those that come later. */
  close(): void
}

type Reader = { wake: () => void; leave: () => void }

/**
 * @param tell says elsewhere that something was saved here. @param most readers at once: each holds a connection and some
 * kilobytes.
 */
export function createLiveFeed(
  tell: (idHash: string) => void = () => undefined,
  most = Number.POSITIVE_INFINITY,
): LiveFeed {
  const readers = new Map<string, Set<Reader>>()
  let size = 0
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
      size++
      if (isClosed) queueMicrotask(leave)
      return () => {
        if (!waiting.delete(reader)) return
        size--
        if (waiting.size === 0 && readers.get(idHash) === waiting) readers.delete(idHash)
      }
    },
    requireRoom() {
      if (size >= most) throw new BusyError('feeds', 'too many live feeds are open')
    },
    size: () => size,
    close() {
      isClosed = true
      for (const { leave } of [...readers.values()].flatMap((waiting) => [...waiting])) leave()
    },
  }
}
