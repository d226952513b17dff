/** What the advisory locks of a database are called: whoever else uses the same database must have other numbers. */
export const advisoryLocks = {
  /** Held by the server that runs something alone. */
  alone: 7_305_121,
  /** Shared by all servers that run. */
  running: 7_305_122,
} as const
