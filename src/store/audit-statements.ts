import { insertMany, removeMany } from './insert-many.ts'
import { deleteWith, rowsWith, updateWith } from './plain-statements.ts'
import { query } from './query.ts'

type None = Record<string, never>

/** Inserts entries that wait to be chained. */
export const insertWaiting = insertMany('auditWaiting', ['id', 'content', 'isOpen', 'savedAt'])

export const removeOpen = query<{ id: string }>((db, $) =>
  db.deleteFrom('auditWaiting').where('id', '=', $.id).where('isOpen', '=', 1),
)

/** Entries to chain, oldest first: completed ones, and open ones saved before `openBefore`. */
export const waiting = query<{ openBefore: number; limit: number }>((db, $) =>
  db
    .selectFrom('auditWaiting')
    .selectAll()
    .where((eb) => eb.or([eb('isOpen', '=', 0), eb('savedAt', '<', $.openBefore)]))
    .orderBy('id')
    .limit($.limit),
)

/** Counts no further, because a chain that can't be written leaves more and more. */
const countedAtMost = 50_000

export const countWaiting = query<None>((db) =>
  db
    .selectFrom((eb) => eb.selectFrom('auditWaiting').select('id').limit(countedAtMost).as('counted'))
    .select((eb) => eb.fn.countAll().as('count')),
)

export const removeWaiting = removeMany('auditWaiting', 'id')

export const state = rowsWith('auditChain', [])

type HeadMove = { from: number; fromHash: string; headSequence: number; headHash: string }

/** Moves the head forward if it is still at `from`, and keeps the signature. */
export const moveHead = query<HeadMove>((db, $) =>
  db
    .updateTable('auditChain')
    .set({ headSequence: $.headSequence, headHash: $.headHash })
    .where('headSequence', '=', $.from)
    .where('headHash', '=', $.fromHash),
)

/** Moves the head forward if it is still at `from`, and signs it. */
export const moveSignedHead = query<HeadMove & { endSignature: string }>((db, $) =>
  db
    .updateTable('auditChain')
    .set({ headSequence: $.headSequence, headHash: $.headHash, endSignature: $.endSignature })
    .where('headSequence', '=', $.from)
    .where('headHash', '=', $.fromHash),
)

/** Gives the turn to a server that has it, or after the last one has ended. */
export const takeTurn = query<{ chainer: string; now: number; chainerUntil: number }>((db, $) =>
  db
    .updateTable('auditChain')
    .set({ chainer: $.chainer, chainerUntil: $.chainerUntil })
    .where((eb) =>
      eb.or([eb('chainer', '=', $.chainer), eb('chainerUntil', 'is', null), eb('chainerUntil', '<=', $.now)]),
    ),
)

/** Signs the head if it is still at `sequence`. */
export const signHead = query<{ sequence: number; hash: string; endSignature: string }>((db, $) =>
  db
    .updateTable('auditChain')
    .set({ endSignature: $.endSignature })
    .where('headSequence', '=', $.sequence)
    .where('headHash', '=', $.hash),
)

/** Signs the beginning if it is still at `removedSequence`. */
export const signBeginning = updateWith('auditChain', ['removedSequence'], ['beginningSignature'])

/** Moves the beginning forward if it is still at `from`. */
export const moveBeginning = query<{ from: number; removedSequence: number; removedHash: string }>((db, $) =>
  db
    .updateTable('auditChain')
    .set({ removedSequence: $.removedSequence, removedHash: $.removedHash })
    .where('removedSequence', '=', $.from),
)

export const configure = query<{ retentionDays: number; keepsNodes: number }>((db, $) =>
  db.updateTable('auditChain').set({ retentionDays: $.retentionDays, keepsNodes: $.keepsNodes }),
)

export const insertRows = insertMany('auditRows', [
  'sequence',
  'at',
  'realm',
  'correlationId',
  'content',
  'hash',
])

export const insertIndex = insertMany('auditIndex', ['realm', 'field', 'value', 'sequence'])

export const removeRow = deleteWith('auditRows', ['sequence'])

export const removeIndex = deleteWith('auditIndex', ['realm', 'field', 'value', 'sequence'])

export const one = rowsWith('auditRows', ['sequence'])

/** Oldest first. */
export const after = query<{ sequence: number; limit: number }>((db, $) =>
  db
    .selectFrom('auditRows')
    .selectAll()
    .where('sequence', '>', $.sequence)
    .orderBy('sequence')
    .limit($.limit),
)

/** Oldest first, in all realms. */
export const ofCorrelationId = query<{ correlationId: string; after: number; limit: number }>((db, $) =>
  db
    .selectFrom('auditRows')
    .selectAll()
    .where('correlationId', '=', $.correlationId)
    .where('sequence', '>', $.after)
    .orderBy('sequence')
    .limit($.limit),
)

export const firstSince = query<{ at: number }>((db, $) =>
  db
    .selectFrom('auditRows')
    .select('sequence')
    .where('at', '>=', $.at)
    .orderBy('at')
    .orderBy('sequence')
    .limit(1),
)

/** Newest first, in all realms. */
export const newest = query<{ before: number; limit: number }>((db, $) =>
  db
    .selectFrom('auditRows')
    .selectAll()
    .where('sequence', '<', $.before)
    .orderBy('sequence', 'desc')
    .limit($.limit),
)

/** Newest first, in one realm. */
export const newestOf = query<{ realm: string; before: number; limit: number }>((db, $) =>
  db
    .selectFrom('auditRows')
    .selectAll()
    .where('realm', '=', $.realm)
    .where('sequence', '<', $.before)
    .orderBy('sequence', 'desc')
    .limit($.limit),
)

type Having = { realm: string; field: string; value: string; before: number; limit: number }

/** Newest first, in one realm, with an indexed value. */
export const newestHaving = query<Having>((db, $) =>
  db
    .selectFrom('auditIndex')
    .innerJoin('auditRows', 'auditRows.sequence', 'auditIndex.sequence')
    .selectAll('auditRows')
    .where('auditIndex.realm', '=', $.realm)
    .where('field', '=', $.field)
    .where('value', '=', $.value)
    .where('auditIndex.sequence', '<', $.before)
    .orderBy('auditIndex.sequence', 'desc')
    .limit($.limit),
)
