/** The subject of a wake-up: one transaction, by the hash of its id, or the configuration. */
export type Topic = 'transaction' | 'configuration'

/**
 * Connects the servers that share a database. A wake-up only says that there is something new to read, so a lost one delays
 * a reader but never misleads it.
 */
export interface Cluster {
  /** Whether other servers can use this database at all. */
  readonly isShared: boolean

  /** Whether other servers are running now. @throws OperationError. */
  hasOthers(): Promise<boolean>

  /** Epoch milliseconds by the database's clock, which all servers follow. */
  now(): number

  /** Runs `work` while no other server runs its own exclusive work. */
  exclusively<Value>(work: () => Promise<Value>): Promise<Value>

  /** Sends a wake-up to the other servers soon, without a guarantee. */
  publish(topic: Topic, subject: string): void

  /** Subscribes to wake-ups from the other servers. */
  subscribe(subscriber: Subscriber): void
}

export type Subscriber = {
  wakeUp(topic: Topic, subject: string): void
  /** Called after a gap in the connection, in which any wake-up may have been lost. */
  lost(): void
}

/** The cluster of a database that belongs to one process. */
export function singleServer(now: () => number): Cluster {
  return {
    isShared: false,
    hasOthers: async () => false,
    now,
    exclusively: (work) => work(),
    publish: () => undefined,
    subscribe: () => undefined,
  }
}
