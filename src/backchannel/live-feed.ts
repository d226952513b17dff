/**
 * Wakes those who wait for a transaction. A wake-up is a hint and carries nothing: the row in the store is the
 * truth, so a lost hint can delay a reader but never mislead one.
 */
export type LiveFeed = {
  /** Something was saved for this transaction. */
  changed(idHash: string): void
  /**
   * @param leave called when the server stops: the reader has to go and come back elsewhere.
   * @returns a function that ends the subscription.
   */
  subscribe(idHash: string, wake: () => void, leave: () => void): () => void
  /** Readers of all transactions right now. */
  size(): number
  /** Sends every reader away, and those that come later. */
  close(): void
}

type Reader = { wake: () => void; leave: () => void }

export function createLiveFeed(): LiveFeed {
  const readers = new Map<string, Set<Reader>>()
  let size = 0
  let isClosed = false
  return {
    changed(idHash) {
      for (const { wake } of readers.get(idHash) ?? []) wake()
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
    size: () => size,
    close() {
      isClosed = true
      for (const { leave } of [...readers.values()].flatMap((waiting) => [...waiting])) leave()
    },
  }
}
