import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { fold } from '../attributes/fold.ts'
import { type Identity, type IdentityChange, identitySchema, noFailures } from '../people/identity.ts'
import { type IdentityStore, indexedAttributes } from '../people/identity-store.ts'
import { accountEffects } from './account-effects.ts'
import type { Database } from './database.ts'
import * as statements from './identity-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { rememberedUntilWritten } from './remembered.ts'
import { parsedWith, recordsOf, rowsOf } from './rows.ts'
import { tryWrite } from './writes.ts'

const people = recordsOf('identities', 'id', identitySchema)

const failures = rowsOf('identities', 'id', () =>
  z
    .object({ failureCount: z.number(), lastFailureAt: z.number(), lockedUntil: z.number() })
    .transform(({ failureCount, lastFailureAt, lockedUntil }) => ({
      count: failureCount,
      lastAt: lastFailureAt,
      lockedUntil,
    })),
)

const identities = parsedWith<Identity>((row) => ({ ...people.parse(row), failures: failures.parse(row) }))

const countSchema = z.object({ count: z.coerce.number() })

/** Saves a change. Rejected as `identity` if the revision isn't the stored one, or if the id or username is taken. */
export function saveIdentity({ id, rev, to, from, effects }: IdentityChange): Statement<'identity'>[] {
  if (rev === 0) return insertIdentity({ ...to, id, rev: 1, failures: noFailures })
  const { createdAt, sessionsEndedAt, ...columns } = columnsOf({ ...to, id, rev })
  return [
    guarded(statements.update(columns), 'identity'),
    ...(hasSameIndex(from, to.attributes)
      ? []
      : [statements.removeFromIndex({ id }), ...indexEntries({ ...to, id })]),
    ...(effects === undefined ? [] : accountEffects(effects)),
  ]
}

function insertIdentity(identity: Identity): Statement<'identity'>[] {
  const { count, lastAt, lockedUntil } = identity.failures
  const row = {
    ...columnsOf(identity),
    sessionsEndedAt: null,
    failureCount: count,
    lastFailureAt: lastAt,
    lockedUntil,
  }
  return [guarded(statements.insert(row), 'identity'), ...indexEntries(identity)]
}

/** Stores identities in SQL. */
export function identityStore(database: Database): IdentityStore {
  // A sign-in reads the same person a dozen times.
  const remembered = rememberedUntilWritten<Identity | undefined>(database, 'identities')

  return {
    read: async (realm, id, isLatest) => {
      const read = () => identities.one(database, statements.byId({ realm, id }))
      return remembered(keyOfId(realm, id), read, { others: keysOf, isLatest })
    },
    async named(realm, nameOrId, isLatest) {
      const read = async () => {
        const values = { realm, id: nameOrId, userNameFolded: fold(nameOrId) }
        const found = await identities.all(database, statements.named(values))
        return found.find(({ id }) => id === nameOrId) ?? found[0]
      }
      return remembered(keyOfNamed(realm, nameOrId), read, { others: keysOf, isLatest })
    },
    async byUserName(realm, userName) {
      const userNameFolded = fold(userName)
      return remembered(
        `name\n${realm}\n${userNameFolded}`,
        () => identities.one(database, statements.byUserName({ realm, userNameFolded })),
        { others: keysOf },
      )
    },
    byAttribute: (realm, attribute, value, limit) =>
      identities.all(database, statements.byAttribute({ realm, attribute, valueFolded: fold(value), limit })),
    async byNamePrefix(realm, prefix, limit, names) {
      const from = fold(prefix)
      // The greatest character ends the range of all names with this prefix.
      const range = { realm, from, to: `${from}\u{10ffff}`, limit }
      const [first, second = first, third = first, fourth = first] = names.filter(
        (name) => name !== 'userName',
      )
      const [named, valued] = await Promise.all([
        names.includes('userName') ? identities.all(database, statements.byNamePrefix(range)) : [],
        first === undefined || second === undefined || third === undefined || fourth === undefined
          ? []
          : identities.all(database, statements.byValuePrefix({ ...range, first, second, third, fourth })),
      ])
      return [...new Map([...named, ...valued].map((identity) => [identity.id, identity])).values()]
    },
    page: (realm, afterId, limit) => identities.all(database, statements.page({ realm, afterId, limit })),
    pageByUserName: (realm, after, limit) =>
      identities.all(database, statements.pageByUserName({ realm, after: fold(after), limit })),
    withRoles: (realm) => identities.all(database, statements.withRoles({ realm })),
    async count(realm) {
      const [row] = await database.read(statements.count({ realm }))
      return countSchema.parse(row).count
    },
    create: (identity) => tryWrite(database, insertIdentity(identity)),
    save: (change) => tryWrite(database, saveIdentity(change)),
    remove: (realm, id) =>
      tryWrite(database, [
        guarded(statements.remove({ realm, id }), 'identity'),
        ...endingsOf({ realm, id }),
      ]),
    setFailures: (id, from, to) =>
      tryWrite(database, [guarded(statements.setFailures({ id }, countsOf(from), countsOf(to)), 'identity')]),
  }
}

function countsOf({ count, lastAt, lockedUntil }: Identity['failures']) {
  return { failureCount: count, lastFailureAt: lastAt, lockedUntil }
}

function keyOfId(realm: string, id: string): string {
  return `id\n${realm}\n${id}`
}

function keyOfNamed(realm: string, nameOrId: string): string {
  return `named\n${realm}\n${nameOrId}`
}

/** The keys that don't depend on how a person was found. */
function keysOf(found: Identity | undefined): [string, Identity][] {
  if (found === undefined) return []
  return [keyOfId, keyOfNamed].map((key) => [key(found.realm, found.id), found])
}

function columnsOf(identity: Omit<Identity, 'failures'>) {
  return { ...people.columnsOf(identity), userNameFolded: fold(identity.userName) }
}

function hasSameIndex(from: Identity['attributes'] | undefined, to: Identity['attributes']): boolean {
  return from !== undefined && indexedAttributes.every((name) => isDeepStrictEqual(from[name], to[name]))
}

/** One entry for each string of an indexed attribute, including strings in lists. */
function indexEntries({ realm, id, attributes }: Pick<Identity, 'realm' | 'id' | 'attributes'>): Statement[] {
  return indexedAttributes.flatMap((attribute) => {
    const texts = [attributes[attribute]].flat().filter((value) => typeof value === 'string')
    const folded = new Set(texts.map(fold))
    return [...folded].map((valueFolded) =>
      statements.insertIntoIndex({ realm, attribute, valueFolded, identityId: id }),
    )
  })
}

type PersonKey = { realm: string; id: string }

/** Expired sessions stay until their logout webhooks are called. */
const expireSessions = query<PersonKey>((db, $) =>
  db
    .updateTable('sessions')
    .set({ maxSessionMinutes: 0, expiresAt: 0 })
    .where('realm', '=', $.realm)
    .where('identityId', '=', $.id),
)

const removeRecords = query<PersonKey>((db, $) =>
  db.deleteFrom('oauthRecords').where('realm', '=', $.realm).where('accountId', '=', $.id),
)

/** Ends the sessions, grants and tokens of a removed person. A new person can get the same id. */
function endingsOf(person: PersonKey): Statement[] {
  // rule S31: otherwise sessions, grants and tokens come back with the id of a removed person
  return [expireSessions(person), removeRecords(person)]
}
