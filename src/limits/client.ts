import type { Limit } from './limit.ts'

/**
 * Transactions that one client opens, by whichever way it opens them.
 * @param most 0 is no limit.
 */
export function transactionsOf(realm: string, clientId: string, most: number): Limit {
  return { key: `${realm} transactions of ${clientId}`, most, windowMs: 60_000 }
}
