/** How often sign-ins left a node by an outcome in one slot of time. */
export type ConnectionCount = {
  realm: string
  /** The journey that has the node: the one that was started, or an inner one. */
  journey: string
  /** The revision that ran. */
  revision: string
  nodeId: string
  /** An outcome; empty for the start of a journey. `error` is also an outcome, so errors have a flag. */
  outcome: string
  isError: boolean
  /** Start of the slot, epoch milliseconds. */
  slot: number
  /** See `durations.ts`. */
  durationClass: number
  count: number
  /** The first time in this slot; epoch milliseconds. */
  firstAt: number
}

/** The sum of the slots of a period. */
export type ConnectionSum = Pick<
  ConnectionCount,
  'revision' | 'nodeId' | 'outcome' | 'isError' | 'durationClass' | 'count' | 'firstAt'
>

/** Stores counts of connections. Every write is durable when its promise resolves. */
export interface CountStore {
  /** Adds to the counts. Concurrent additions are exact. */
  add(counts: readonly ConnectionCount[]): Promise<void>
  /** The counts of a journey in slots at or after `since`. */
  read(realm: string, journey: string, since: number): Promise<ConnectionSum[]>
  /** Merges the slots before `before` into slots of an hour. Two servers must not do it at once. */
  mergeIntoHours(before: number): Promise<void>
  /** Deletes slots before `before`. */
  deleteBefore(before: number): Promise<void>
}
