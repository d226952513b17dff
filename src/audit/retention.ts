import type { KeySource } from '../secrets/macs.ts'
import { readEntry } from './audit-entry.ts'
import { indexOf } from './audit-search.ts'
import type { AuditStore, ChainState } from './audit-store.ts'
import { isSignedBeginning, readEnd, signBeginning } from './signed-ends.ts'

const dayMs = 24 * 3_600_000
const batchSize = 200

/**
 * Deletes rows beyond the retention time, oldest first, in small units. The hash of the last deleted row is kept, so that
 * the rest of the chain can be verified.
 * @returns how many rows.
 */
export async function removeOld(
  store: AuditStore,
  retentionDays: number,
  now: number,
  keys?: KeySource,
): Promise<number> {
  if (retentionDays === 0) return 0
  const before = now - retentionDays * dayMs
  let count = 0
  for (;;) {
    const state = await store.state()
    const { head, removed } = state
    const oldest = await store.rowsAfter(removed.sequence, batchSize)
    const young = oldest.findIndex(({ at }) => at >= before)
    const old = young < 0 ? oldest : oldest.slice(0, young)
    // The newest row always stays, because the chain continues from it.
    const rows = old.filter(({ sequence }) => sequence < head.sequence)
    if (rows.length === 0) return count
    const last = rows.at(-1) ?? removed
    const signature = keys && isTrusted(state, keys) ? signBeginning(last, keys) : undefined
    const indexed = rows.map((row) => ({ row, index: indexOf(readEntry(row.content)) }))
    if (!(await store.remove(removed, indexed, signature))) return count
    count += rows.length
    if (rows.length < batchSize) return count
  }
}

/** A beginning that was moved by anyone else gets no signature, so that this stays visible. */
function isTrusted({ removed, beginningSignature, endSignature }: ChainState, keys: KeySource): boolean {
  const end = readEnd(endSignature, keys)
  if (end === undefined) return false
  return removed.sequence < end.since || isSignedBeginning(beginningSignature, removed, keys)
}
