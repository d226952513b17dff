import { z } from 'zod'
import {
  type AuditStore,
  type ChainState,
  type CommitChain,
  type IndexedRow,
  type RowQuery,
  type WaitingEntry,
  waitingEntrySchema,
} from '../audit/audit-store.ts'
import { type AuditRow, auditRowSchema, type Link } from '../audit/chain.ts'
import * as statements from './audit-statements.ts'
import type { Collector, Database } from './database.ts'
import { inParts } from './insert-many.ts'
import { guarded, type Statement } from './query.ts'
import { flag, recordsOf, rowsOf } from './rows.ts'
import type { AuditIndexTable } from './tables.ts'
import { tryWrite, write } from './writes.ts'

const rows = recordsOf('audit_rows', 'sequence', auditRowSchema, {
  correlationId: auditRowSchema.shape.correlationId,
})

const waiting = recordsOf('audit_waiting', 'id', waitingEntrySchema)

const chains = rowsOf<ChainState>('audit_chain', 'id', () =>
  z
    .object({
      headSequence: z.number(),
      headHash: z.string(),
      removedSequence: z.number(),
      removedHash: z.string(),
      endSignature: z.string().nullable(),
      beginningSignature: z.string().nullable(),
      retentionDays: z.number(),
      keepsNodes: flag,
    })
    .transform(({ retentionDays, keepsNodes, ...ends }) => ({
      retentionDays,
      keepsNodes,
      head: { sequence: ends.headSequence, hash: ends.headHash },
      removed: { sequence: ends.removedSequence, hash: ends.removedHash },
      endSignature: ends.endSignature,
      beginningSignature: ends.beginningSignature,
    })),
)

const countSchema = z.object({ count: z.coerce.number() })
const sequenceSchema = z.object({ sequence: z.number() })

/** Saves entries in the same unit as the step that they record: chained at the commit, or waiting to be chained. */
export function insertWaiting(entries: readonly WaitingEntry[]): Statement[] {
  const [open, settled] = [true, false].map((isOpen) =>
    entries.filter((entry) => entry.isOpen === isOpen).map(waiting.columnsOf),
  )
  return [
    ...statements.insertWaiting(open ?? []),
    ...inParts(settled ?? []).flatMap((collected) =>
      statements.insertWaiting(collected).map((statement) => ({ ...statement, collected })),
    ),
  ]
}

/** Fails if another server has chained one of the entries since they were read. */
function removeWaiting(entries: readonly Pick<WaitingEntry, 'id'>[]): Statement<'end'>[] {
  return inParts(entries.map(({ id }) => id)).flatMap((ids) =>
    statements.removeWaiting(ids).map((statement) => guarded(statement, 'end', ids.length)),
  )
}

/** Stores the audit book in SQL. */
export function auditStore(database: Database): AuditStore {
  return {
    wait: (entries) => write(database, insertWaiting(entries)),
    settle: (entry) =>
      tryWrite(database, [
        guarded(statements.removeOpen({ id: entry.id }), 'end'),
        ...insertWaiting([entry]),
      ]),
    chainAtCommit(chain) {
      database.collect?.(chain && chainingCollector(chain))
      return database.collect !== undefined
    },
    waiting: (openBefore, limit) => waiting.all(database, statements.waiting({ openBefore, limit })),
    async countWaiting() {
      const [row] = await database.read(statements.countWaiting({}))
      return countSchema.parse(row).count
    },
    async state() {
      return chains.parse((await database.read(statements.state({})))[0] ?? {})
    },
    chain(from, chained, endSignature) {
      return tryWrite(database, [
        guarded(moveHead(from, chained.at(-1)?.row ?? from, endSignature), 'end'),
        ...insertRows(chained),
        ...removeWaiting(chained),
      ])
    },
    chainAgain: (entries) =>
      tryWrite(database, [
        ...removeWaiting(entries),
        ...insertWaiting(entries.map((entry) => ({ ...entry, isOpen: false }))),
      ]),
    takeTurn: (chainer, now, chainerUntil) =>
      tryWrite(database, [guarded(statements.takeTurn({ chainer, now, chainerUntil }), 'end')]),
    sign: ({ sequence, hash }, endSignature) =>
      tryWrite(database, [guarded(statements.signHead({ sequence, hash, endSignature }), 'end')]),
    rows: (filter) => rows.all(database, select(filter)),
    row: (sequence) => rows.one(database, statements.one({ sequence })),
    rowsAfter: (sequence, limit) => rows.all(database, statements.after({ sequence, limit })),
    rowsOf: (correlationId, { after, limit }) =>
      rows.all(database, statements.ofCorrelationId({ correlationId, after, limit })),
    async firstSince(at) {
      const [row] = await database.read(statements.firstSince({ at }))
      return row && sequenceSchema.parse(row).sequence
    },
    remove(from, removed, beginningSignature) {
      const last = removed.at(-1)?.row ?? from
      const move = { from: from.sequence, removedSequence: last.sequence, removedHash: last.hash }
      return tryWrite(database, [
        guarded(statements.moveBeginning(move), 'end'),
        ...(beginningSignature === undefined
          ? []
          : [statements.signBeginning({ removedSequence: last.sequence, beginningSignature })]),
        ...removed.flatMap(({ row, index }) => [
          ...indexOf({ row, index }).map((entry) => statements.removeIndex(entry)),
          statements.removeRow({ sequence: row.sequence }),
        ]),
      ])
    },
    configure: ({ retentionDays, keepsNodes }) =>
      write(database, [statements.configure({ retentionDays, keepsNodes: Number(keepsNodes) })]),
  }
}

function moveHead(from: Link, head: Link, endSignature: string | undefined): Statement {
  const move = {
    from: from.sequence,
    fromHash: from.hash,
    headSequence: head.sequence,
    headHash: head.hash,
  }
  return endSignature === undefined
    ? statements.moveHead(move)
    : statements.moveSignedHead({ ...move, endSignature })
}

function insertRows(chained: readonly IndexedRow[]): Statement[] {
  return [
    ...statements.insertRows(chained.map(({ row }) => row)),
    ...statements.insertIndex(chained.flatMap(indexOf)),
  ]
}

/** Chains the entries of a commit instead of letting them wait. Reads the head each time, so that it is right after a rollback. */
function chainingCollector(chain: CommitChain): Collector {
  let chained: AuditRow[] = []
  return {
    run(entries, run) {
      const state = chains.parse(run(statements.state({})).rows[0] ?? {})
      // In the order in which they were made, which is that of their ids: a unit may list later ones first.
      const ordered = entries
        .flatMap(({ collected = [] }) => collected)
        .toSorted((one, other) => (String(one.id) < String(other.id) ? -1 : 1))
      const saved = ordered.map(({ content }) => ({ content: String(content) }))
      const { rows, endSignature } = chain.append(state, saved)
      chained = rows.map(({ row }) => row)
      for (const statement of insertRows(rows)) run(statement)
      run(moveHead(state.head, chained.at(-1) ?? state.head, endSignature))
    },
    saved: () => chain.saved(chained),
    failed: (error, entries) =>
      chain.failed(error, entries.flatMap(({ collected = [] }) => collected).length),
  }
}

/** A query over all realms has no index and reads every row. */
function select({ before, realm, having, limit }: RowQuery): Statement {
  if (realm === undefined) return statements.newest({ before, limit })
  if (having === undefined) return statements.newestOf({ realm, before, limit })
  return statements.newestHaving({ realm, field: having.field, value: having.value, before, limit })
}

function indexOf({ row: { realm, sequence }, index }: IndexedRow): AuditIndexTable[] {
  return index.map(({ field, value }) => ({ realm, field, value, sequence }))
}
