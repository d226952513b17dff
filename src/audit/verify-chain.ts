import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditStore, ChainState } from './audit-store.ts'
import { type AuditRow, faultOf, type Link } from './chain.ts'
import { type ChainSigner, isSignedBeginning, readEnd, type SignedEnd } from './signed-ends.ts'

/** The signed part of the chain: rows from `since` on were signed when they were written. */
export type Signed = { since: number; through: number }

/** Whether all rows are unchanged and none is missing or added. `rows` counts the intact ones. */
export type Verdict =
  | { isWhole: true; rows: number; last: Link; signed: Signed | null }
  | { isWhole: false; rows: number; brokenAt: number; reason: string }

const pageSize = 500

type Broken = { brokenAt: number; reason: string }

/**
 * Checks the whole chain, oldest row first, and the signatures of its ends. A rewritten or shortened chain can't be signed
 * without the keys.
 *
 * @param expected rows known from elsewhere, which reveal a chain that was reset to an earlier, signed state.
 */
export async function verifyChain(
  store: AuditStore,
  signer: Pick<ChainSigner, 'keys' | 'hasBegun'>,
  expected: readonly Link[] = [],
): Promise<Verdict> {
  const state = await store.state()
  const { head, removed } = state
  const end = readEnd(state.endSignature, signer.keys)
  // rule S21: otherwise rows can be cut off at the end
  const known = end === undefined ? expected : [...expected, end]
  let last = removed
  let rows = 0
  for (;;) {
    const page = await store.rowsAfter(last.sequence, pageSize)
    for (const row of page) {
      // Rows chained after the state was read are checked the next time.
      if (row.sequence > head.sequence) break
      const fault = faultIn(last, row, expected, end)
      if (fault !== undefined) return { isWhole: false, rows, ...fault }
      last = { sequence: row.sequence, hash: row.hash }
      rows++
    }
    // Lets requests run while a long chain is checked.
    await nextTurn()
    if (page.length < pageSize || last.sequence >= head.sequence) break
  }
  const fault = faultOfEnd(last, state, known) ?? faultOfSignatures(state, end, signer)
  if (fault !== undefined) return { isWhole: false, rows, ...fault }
  return { isWhole: true, rows, last, signed: end ? { since: end.since, through: end.sequence } : null }
}

function faultIn(
  last: Link,
  row: AuditRow,
  expected: readonly Link[],
  end: SignedEnd | undefined,
): Broken | undefined {
  const fault = faultOf(last, row)
  if (fault !== undefined) return { brokenAt: last.sequence + 1, reason: fault }
  const differs = (known: Link | undefined) => known?.sequence === row.sequence && known.hash !== row.hash
  if (expected.some(differs)) return { brokenAt: row.sequence, reason: 'its hash is not the expected one' }
  // rule S21: otherwise a rewritten chain counts as the signed one
  if (differs(end)) return { brokenAt: row.sequence, reason: 'its hash is not the signed one' }
  return undefined
}

function faultOfEnd(last: Link, { head }: ChainState, known: readonly Link[]): Broken | undefined {
  if (last.sequence !== head.sequence)
    return { brokenAt: last.sequence + 1, reason: 'it is missing at the end' }
  if (last.hash !== head.hash)
    return { brokenAt: last.sequence, reason: 'its hash does not match the end of the chain' }
  if (known.some(({ sequence }) => sequence > head.sequence))
    return { brokenAt: head.sequence + 1, reason: 'it is missing at the end' }
  return undefined
}

function faultOfSignatures(
  { head, removed, beginningSignature }: ChainState,
  end: SignedEnd | undefined,
  { keys, hasBegun }: Pick<ChainSigner, 'keys' | 'hasBegun'>,
): Broken | undefined {
  if (end === undefined) {
    // rule S21: otherwise a chain without its signature passes for one from before signing
    return hasBegun()
      ? {
          brokenAt: head.sequence,
          reason: 'the end of the chain is not signed with a key of this installation',
        }
      : undefined
  }
  if (removed.sequence > end.sequence)
    return { brokenAt: end.sequence, reason: 'the signed end of the chain was removed' }
  // rule S21: otherwise rows can be removed at the beginning as if by retention
  if (removed.sequence >= end.since && !isSignedBeginning(beginningSignature, removed, keys))
    return { brokenAt: removed.sequence, reason: 'rows up to it were removed, but not by a server' }
  return undefined
}
