/**
 * Wakes those who wait for a transaction. A wake-up is a hint and carries nothing: the row in the store is the
 * truth, so a lost hint can delay a reader but never mislead one.
 */
export type LiveFeed = {
  /** Something was saved for this transaction. */
  changed(idHash: string): void
  /** @returns a function that ends the subscription. */
  subscribe(idHash: string, wake: () => void): () => void
  /** Readers of all transactions right now. */
  size(): number
}

export function createLiveFeed(): LiveFeed {
  const readers = new Map<string, Set<() => void>>()
  let size = 0
  return {
    changed(idHash) {
      for (const wake of readers.get(idHash) ?? []) wake()
    },
    subscribe(idHash, wake) {
      const waiting = readers.get(idHash) ?? new Set()
      readers.set(idHash, waiting.add(wake))
      size++
      return () => {
        if (!waiting.delete(wake)) return
        size--
        if (waiting.size === 0) readers.delete(idHash)
      }
    },
    size: () => size,
  }
}
