/** What a hint is about: a transaction, by the hash of its id, or anything that administrators configure. */
export type Topic = 'transaction' | 'configuration'

/**
 * How the servers on one database get along. A hint only says that there is something to read: one that is lost delays,
 * and misleads nobody.
 */
export interface Neighbours {
  /** Whether there may be others. */
  readonly mayExist: boolean

  /** Whether there are others right now. @throws OperationError. */
  areThere(): Promise<boolean>

  /** Epoch milliseconds by the one clock that all of them go by. */
  now(): number

  /** Runs while none of the others runs what it runs alone. */
  alone<Value>(work: () => Promise<Value>): Promise<Value>

  /** Gives a hint to the others, soon and without a promise. */
  tell(topic: Topic, subject: string): void

  /** Has hints of the others heard. Where some may have been lost, `lost` is called: anything may have changed. */
  listen(ear: Ear): void
}

export type Ear = { hear(topic: Topic, subject: string): void; lost(): void }

/** Of a database that belongs to one process. */
export const noNeighbours: Neighbours = {
  mayExist: false,
  areThere: async () => false,
  now: () => Date.now(),
  alone: (work) => work(),
  tell: () => undefined,
  listen: () => undefined,
}
