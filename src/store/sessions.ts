import { sql } from 'kysely'
import { z } from 'zod'
import { expiryOf, type Session, sessionSchema } from '../sessions/session.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import { insertCall } from './calls.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { deleteWith, insertRow, rowsWith, updateWith } from './plain-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { rememberedUntilWritten } from './remembered.ts'
import { json, recordsOf } from './rows.ts'
import type { SessionTable } from './tables.ts'
import { tryWrite, write } from './writes.ts'

const sessions = recordsOf('sessions', 'tokenHash', sessionSchema, {
  webhooks: z.union([json(sessionSchema.shape.webhooks), z.null().transform(() => [])]),
})

const insert = insertRow('sessions')

const byToken = rowsWith('sessions', ['tokenHash'])

const byHandle = rowsWith('sessions', ['handle'])

const ofIdentity = rowsWith('sessions', ['realm', 'identityId'], ['createdAt'])

const withProperty = query<{ realm: string; pattern: string }>((db, $) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('realm', '=', $.realm)
    .where(sql<boolean>`properties like ${$.pattern} escape '!'`),
)

/** Newest first. The handle orders sessions of the same millisecond. */
const newest = query<{ realm: string; now: number; createdAt: number; handle: string; limit: number }>(
  (db, $) =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('realm', '=', $.realm)
      .where('createdAt', '<=', $.createdAt)
      .where((eb) => eb.or([eb('createdAt', '<', $.createdAt), eb('handle', '<', $.handle)]))
      .where('expiresAt', '>', $.now)
      .orderBy('createdAt', 'desc')
      .orderBy('handle', 'desc')
      .limit($.limit),
)

const touch = query<{ tokenHash: string; lastUsedAt: number; expiresAt: number }>((db, $) =>
  db
    .updateTable('sessions')
    .set({ lastUsedAt: $.lastUsedAt, expiresAt: $.expiresAt })
    .where('tokenHash', '=', $.tokenHash)
    .where('lastUsedAt', '<', $.lastUsedAt),
)

const setProperties = updateWith('sessions', ['tokenHash'], ['properties'])

/** Unless others changed the webhooks meanwhile. */
const setWebhooks = query<{ tokenHash: string; before: string | null; webhooks: string }>(
  (db, { tokenHash, before, webhooks }) => {
    const row = db.updateTable('sessions').set({ webhooks }).where('tokenHash', '=', tokenHash)
    return row.where('webhooks', 'is not distinct from', before)
  },
)

const remove = deleteWith('sessions', ['tokenHash'])

/** Oldest first. */
const overdue = query<{ now: number; limit: number }>((db, $) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('expiresAt', '<=', $.now)
    .where('webhooks', 'is not', null)
    .orderBy('expiresAt')
    .limit($.limit),
)

const removeExpired = query<{ now: number; limit: number }>((db, $) =>
  db
    .deleteFrom('sessions')
    .where('tokenHash', 'in', (eb) =>
      eb
        .selectFrom('sessions')
        .select('tokenHash')
        .where('expiresAt', '<=', $.now)
        .where('webhooks', 'is', null)
        .limit($.limit),
    ),
)

/**
 * Inserts the session of a person who exists. On PostgreSQL, a removal of the person waits for the commit, and then ends the
 * session.
 */
const insertOfPerson = query<SessionTable & { personCreatedAt: number }>((db, { personCreatedAt, ...$ }) => {
  const names = Object.keys($) as (keyof SessionTable)[]
  return db
    .insertInto('sessions')
    .columns(names)
    .expression((eb) =>
      eb
        .selectFrom('identities')
        .select((column) =>
          names.map((name) =>
            sql`cast(${column.val($[name])} as ${sql.raw(numbers.has(name) ? 'bigint' : 'text')})`.as(name),
          ),
        )
        .where('identities.realm', '=', $.realm)
        .where('identities.id', '=', $.identityId)
        // rule S62: otherwise a sign-in of a removed person is saved
        .where('identities.createdAt', '=', personCreatedAt)
        // rule S62: otherwise a sign-in that commits during a removal leaves a session
        .forKeyShare(),
    )
})

/** PostgreSQL doesn't infer the types of selected parameters. */
const numbers: ReadonlySet<keyof SessionTable> = new Set([
  'authLevel',
  'createdAt',
  'lastUsedAt',
  'maxIdleMinutes',
  'maxSessionMinutes',
  'expiresAt',
])

function rowOf(session: Session): SessionTable {
  return {
    ...sessions.columnsOf(session),
    expiresAt: expiryOf(session),
    webhooks: session.webhooks.length === 0 ? null : JSON.stringify(session.webhooks),
  }
}

/**
 * Saves the session of a sign-in. Its token and handle must be unused. Refused as `identity` if the person was removed, also
 * if another one has the same id.
 */
export function insertSignIn(session: Session, personCreatedAt: number): Statement<'identity'> {
  return guarded(insertOfPerson({ ...rowOf(session), personCreatedAt }), 'identity')
}

function keyOfHandle(handle: string): string {
  return `handle ${handle}`
}

/** Stores sessions in SQL. */
export function sessionStore(database: Database): SessionStore {
  const remembered = rememberedUntilWritten<Session | undefined>(database, 'sessions')

  return {
    create: (session) => write(database, [insert(rowOf(session))]),
    read: async (tokenHash) =>
      remembered(tokenHash, () => sessions.one(database, byToken({ tokenHash })), {
        others: (session) => (session === undefined ? [] : [[keyOfHandle(session.handle), session]]),
      }),
    byHandle: async (handle) =>
      remembered(keyOfHandle(handle), () => sessions.one(database, byHandle({ handle }))),
    ofIdentity: (realm, identityId) => sessions.all(database, ofIdentity({ realm, identityId })),
    withProperty(realm, name, value) {
      const member = JSON.stringify({ [name]: value }).slice(1, -1)
      return sessions.all(database, withProperty({ realm, pattern: `%${member.replace(/[!%_]/g, '!$&')}%` }))
    },
    newest: (realm, now, limit, { createdAt, handle } = { createdAt: Number.MAX_SAFE_INTEGER, handle: '' }) =>
      sessions.all(database, newest({ realm, now, createdAt, handle, limit })),
    async touch(tokenHash, now) {
      const session = await sessions.one(database, byToken({ tokenHash }))
      if (session === undefined || session.lastUsedAt >= now) return
      const expiresAt = expiryOf({ ...session, lastUsedAt: now })
      await database.write([touch({ tokenHash, lastUsedAt: now, expiresAt })])
    },
    setProperties: (tokenHash, properties) =>
      write(database, [setProperties({ tokenHash, properties: JSON.stringify(properties) })]),
    async addWebhook(tokenHash, name) {
      for (;;) {
        const session = await sessions.one(database, byToken({ tokenHash }))
        if (session === undefined || session.webhooks.includes(name)) return
        const before = rowOf(session).webhooks
        const webhooks = JSON.stringify([...session.webhooks, name])
        if (await tryWrite(database, [guarded(setWebhooks({ tokenHash, before, webhooks }), 'changed')]))
          return
      }
    },
    async remove(tokenHash, calls = []) {
      const unit = [guarded(remove({ tokenHash }), 'absent'), ...calls.map(insertCall)]
      return tryWrite(database, unit)
    },
    overdue: (now, limit) => sessions.all(database, overdue({ now, limit })),
    deleteExpired: (now) => deleteInBatches(database, (limit) => removeExpired({ now, limit })),
  }
}
