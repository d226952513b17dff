import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditStore } from './audit-store.ts'
import { faultOf, type Link } from './chain.ts'

/** Whether nobody changed, removed or put in a row. `rows` counts those that are as they were written. */
export type Verdict =
  | { isWhole: true; rows: number; last: Link }
  | { isWhole: false; rows: number; brokenAt: number; reason: string }

const pageSize = 500

/**
 * Walks the whole chain, oldest row first.
 *
 * @param expected a row that somebody wrote down before: a chain that was written anew from the beginning is whole in
 * itself, and only differs from what is known of it elsewhere.
 */
export async function verifyChain(store: AuditStore, expected?: Link): Promise<Verdict> {
  const { head, removed } = await store.state()
  let last = removed
  let rows = 0
  const broken = (brokenAt: number, reason: string): Verdict => ({ isWhole: false, rows, brokenAt, reason })
  for (;;) {
    const page = await store.rowsAfter(last.sequence, pageSize)
    for (const row of page) {
      // What was chained after the state was read is checked next time.
      if (row.sequence > head.sequence) break
      const fault = faultOf(last, row)
      if (fault !== undefined) return broken(last.sequence + 1, fault)
      if (expected?.sequence === row.sequence && expected.hash !== row.hash) {
        return broken(row.sequence, 'its hash is not the expected one')
      }
      last = { sequence: row.sequence, hash: row.hash }
      rows++
    }
    // A long chain is no reason to make requests wait.
    await nextTurn()
    if (page.length < pageSize || last.sequence >= head.sequence) break
  }
  if (last.sequence !== head.sequence) return broken(last.sequence + 1, 'it is missing at the end')
  if (last.hash !== head.hash) return broken(last.sequence, 'its hash is not that of the end of the chain')
  if (expected !== undefined && expected.sequence > head.sequence) {
    return broken(head.sequence + 1, 'it is missing at the end')
  }
  return { isWhole: true, rows, last }
}
