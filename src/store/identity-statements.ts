import { sql } from 'kysely'
import { deleteWith, insertRow, replaceRead, rowsWith } from './plain-statements.ts'
import { query } from './query.ts'
import type { IdentityIndexTable, IdentityTable } from './tables.ts'

type Changed = Omit<
  IdentityTable,
  'createdAt' | 'sessionsEndedAt' | 'failureCount' | 'lastFailureAt' | 'lockedUntil'
>

/** Violates a unique index if the id or username is taken. */
export const insert = insertRow('identities')

/** Updates the identity and its revision, if the stored revision is still `rev`. */
export const update = query<Changed>((db, { id, realm, rev, ...columns }) =>
  db
    .updateTable('identities')
    .set(columns)
    .set((eb) => ({ rev: eb('rev', '+', 1) }))
    .where('id', '=', id)
    .where('realm', '=', realm)
    .where('rev', '=', rev),
)

/** Also deletes its index entries. */
export const remove = deleteWith('identities', ['id', 'realm'])

export const insertIntoIndex = insertRow('identityIndex')

export const removeFromIndex = query<{ id: string }>((db, $) =>
  db.deleteFrom('identityIndex').where('identityId', '=', $.id),
)

export const byId = rowsWith('identities', ['id', 'realm'])

/** Expects the name folded. */
export const byUserName = rowsWith('identities', ['realm', 'userNameFolded'])

/** Expects the name folded. The id of one and the name of another may match. */
export const named = query<{ realm: string; id: string; userNameFolded: string }>((db, $) =>
  db
    .selectFrom('identities')
    .selectAll()
    .where('realm', '=', $.realm)
    .where((eb) => eb.or([eb('id', '=', $.id), eb('userNameFolded', '=', $.userNameFolded)])),
)

/** Expects the value folded. Sorted by id. */
export const byAttribute = query<Omit<IdentityIndexTable, 'identityId'> & { limit: number }>((db, $) =>
  db
    .selectFrom('identityIndex')
    .innerJoin('identities', 'identities.id', 'identityIndex.identityId')
    .selectAll('identities')
    .where('identityIndex.realm', '=', $.realm)
    .where('attribute', '=', $.attribute)
    .where('valueFolded', '=', $.valueFolded)
    .orderBy('identityId')
    .limit($.limit),
)

type Range = { realm: string; from: string; to: string; limit: number }

/** Identities whose folded username lies in the range. */
export const byNamePrefix = query<Range>((db, $) =>
  db
    .selectFrom('identities')
    .selectAll()
    .where('realm', '=', $.realm)
    .where('userNameFolded', '>=', $.from)
    .where('userNameFolded', '<', $.to)
    .orderBy('userNameFolded')
    .limit($.limit),
)

/** Statements have a fixed number of values, so a shorter list repeats an attribute. */
type SearchedAttributes = { first: string; second: string; third: string; fourth: string }

/** Identities with a value of these attributes in the range, each once. */
export const byValuePrefix = query<Range & SearchedAttributes>((db, $) =>
  db
    .selectFrom('identityIndex')
    .innerJoin('identities', 'identities.id', 'identityIndex.identityId')
    .selectAll('identities')
    .where('identityIndex.realm', '=', $.realm)
    .where('attribute', 'in', [$.first, $.second, $.third, $.fourth])
    .where('valueFolded', '>=', $.from)
    .where('valueFolded', '<', $.to)
    .limit($.limit),
)

/** Sorted by id. */
export const page = query<{ realm: string; afterId: string; limit: number }>((db, $) =>
  db
    .selectFrom('identities')
    .selectAll()
    .where('realm', '=', $.realm)
    .where('id', '>', $.afterId)
    .orderBy('id')
    .limit($.limit),
)

/** Sorted by folded username. */
export const pageByUserName = query<{ realm: string; after: string; limit: number }>((db, $) =>
  db
    .selectFrom('identities')
    .selectAll()
    .where('realm', '=', $.realm)
    .where('userNameFolded', '>', $.after)
    .orderBy('userNameFolded')
    .limit($.limit),
)

/** Sorted by id. The condition must match that of the partial index. */
export const withRoles = query<{ realm: string }>((db, $) =>
  db
    .selectFrom('identities')
    .selectAll()
    .where('realm', '=', $.realm)
    .where(sql<boolean>`roles <> '[]'`)
    .orderBy('id'),
)

export const count = query<{ realm: string }>((db, $) =>
  db
    .selectFrom('identities')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('realm', '=', $.realm),
)

/** Keeps the revision, so that a wrong password doesn't make a person's own change fail. */
export const setFailures = replaceRead('identities', ['id'], ['failureCount', 'lastFailureAt', 'lockedUntil'])
