/** Advisory lock numbers. Other programs that use the same database must use other numbers. */
export const advisoryLocks = {
  /** Held by the server that runs exclusive work. */
  exclusive: 7_305_121,
  /** Shared by all running servers. */
  running: 7_305_122,
} as const
