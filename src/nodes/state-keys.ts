import type { AnyNodeType } from '../engine/node-type.ts'

/** Stands for the id of a node in keys that only this node uses. */
const ownId = '\u0000'

/** The state keys that a node with these settings shares with others. `*` stands for any. */
export function sharedKeys(type: AnyNodeType, settings: unknown): { reads: string[]; writes: string[] } {
  const reads = type.reads?.(settings, ownId) ?? []
  const writes = type.writes?.(settings) ?? []
  return {
    reads: [...new Set(reads)].filter((key) => !key.includes(ownId)),
    writes: [...new Set(writes)],
  }
}
