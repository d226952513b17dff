import type { Limit } from './limit.ts'

/** Transactions that one client opens, by any route. @param most 0 means no limit. */
export function transactionsOf(realm: string, clientId: string, most: number): Limit {
  return { key: `${realm} transactions of ${clientId}`, most, windowMs: 60_000 }
}
