import { type ExpressionBuilder, type Kysely, type RawBuilder, sql } from 'kysely'
import { everyRealm } from '../journeys/history/version-store.ts'
import { updateWith } from './plain-statements.ts'
import { query } from './query.ts'
import type { Tables, VersionTable } from './tables.ts'

type Key = Pick<VersionTable, 'realm' | 'kind' | 'id'>

/** The author, time and reason of a change. */
export type Made = Pick<VersionTable, 'savedAt' | 'savedBy' | 'savedById' | 'note' | 'cause'>

const columns = [
  'realm',
  'kind',
  'id',
  'number',
  'name',
  'content',
  'hash',
  'savedAt',
  'savedBy',
  'savedById',
  'note',
  'cause',
] as const

/** PostgreSQL doesn't derive the types of values that are selected. */
const text = (value: string | null): RawBuilder<string> => sql<string>`cast(${value} as text)`
const wholeNumber = (value: number | null): RawBuilder<number> => sql<number>`cast(${value} as bigint)`

/** Selects a row of each column by its value, in the order of {@link columns}. */
function madeBy($: Made) {
  return [
    wholeNumber($.savedAt).as('savedAt'),
    text($.savedBy).as('savedBy'),
    text($.savedById).as('savedById'),
    text($.note).as('note'),
    text($.cause).as('cause'),
  ] as const
}

/** The newest version of a thing. */
function newest(db: Kysely<Tables>, { realm, kind, id }: Key) {
  return db
    .selectFrom('versions as known')
    .where('known.realm', '=', realm)
    .where('known.kind', '=', kind)
    .where('known.id', '=', id)
    .where('known.number', '=', (eb) =>
      eb
        .selectFrom('versions as every')
        .select((max) => max.fn.max('every.number').as('number'))
        .where('every.realm', '=', realm)
        .where('every.kind', '=', kind)
        .where('every.id', '=', id),
    )
}

/** The number of the newest version of the thing in `known`. */
function newestNumber(
  eb: ExpressionBuilder<Tables & { known: VersionTable }, 'known'>,
  realm: string,
  kind: string,
) {
  return eb
    .selectFrom('versions as every')
    .select((max) => max.fn.max('every.number').as('number'))
    .where('every.realm', '=', realm)
    .where('every.kind', '=', kind)
    .whereRef('every.id', '=', 'known.id')
}

/** Adds a version after the configuration version was incremented, unless the newest version has the same content. */
export const insertVersion = query<Omit<VersionTable, 'number'>>((db, $) =>
  db
    .insertInto('versions')
    .columns(columns)
    .expression(
      db
        .selectFrom('configuration')
        .select([
          text($.realm).as('realm'),
          text($.kind).as('kind'),
          text($.id).as('id'),
          'configuration.version as number',
          text($.name).as('name'),
          text($.content).as('content'),
          text($.hash).as('hash'),
          ...madeBy($),
        ])
        .where(({ not, exists }) =>
          not(exists(newest(db, $).select('known.number').where('known.hash', '=', $.hash))),
        ),
    ),
)

const withoutContent = [
  'known.realm',
  'known.kind',
  'known.id',
  'configuration.version as number',
  'known.name',
  sql<null>`cast(null as text)`.as('content'),
  sql<null>`cast(null as text)`.as('hash'),
] as const

/** Adds the deletion of a thing. */
export const insertDeletion = query<Key & Made>((db, $) =>
  db
    .insertInto('versions')
    .columns(columns)
    .expression(
      newest(db, $)
        .innerJoin('configuration', (join) => join.onTrue())
        .select([...withoutContent, ...madeBy($)])
        .where('known.content', 'is not', null),
    ),
)

/** Adds deletions of the documents of a kind that are no longer stored. */
export const insertDeletionsOfMissing = query<Made & { realm: string; kind: string }>(
  (db, { realm, kind, ...$ }) =>
    db
      .insertInto('versions')
      .columns(columns)
      .expression(
        db
          .selectFrom('versions as known')
          .innerJoin('configuration', (join) => join.onTrue())
          .select([...withoutContent, ...madeBy($)])
          .where('known.realm', '=', realm)
          .where('known.kind', '=', kind)
          .where('known.content', 'is not', null)
          .where('known.number', '=', (eb) => newestNumber(eb, realm, kind))
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('realmDocuments')
                  .select('realmDocuments.id')
                  .where('realmDocuments.realm', '=', realm)
                  .where('realmDocuments.kind', '=', kind)
                  .whereRef('realmDocuments.id', '=', 'known.id'),
              ),
            ),
          ),
      ),
)

/** Adds a version of a journey with the same graph, if this change made a version of a node and none of the journey. */
function journeysWithNewNodes(db: Kysely<Tables>, { realm, ...$ }: Made & { realm: string }) {
  return db
    .selectFrom('versions as known')
    .innerJoin('configuration', (join) => join.onTrue())
    .select([
      'known.realm',
      'known.kind',
      'known.id',
      'configuration.version as number',
      'known.name',
      'known.content',
      'known.hash',
      ...madeBy($),
    ])
    .where('known.realm', '=', realm)
    .where('known.kind', '=', 'journey')
    .where('known.content', 'is not', null)
    .where('known.number', '=', (eb) => newestNumber(eb, realm, 'journey'))
    .whereRef('known.number', '<', 'configuration.version')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('versions as nodes')
          .select('nodes.id')
          .where('nodes.realm', '=', realm)
          .where('nodes.kind', '=', 'node')
          .whereRef('nodes.number', '=', 'configuration.version'),
      ),
    )
}

/** For one journey. */
export const insertSameJourney = query<Made & { realm: string; name: string }>((db, { name, ...$ }) =>
  db
    .insertInto('versions')
    .columns(columns)
    .expression(journeysWithNewNodes(db, $).where('known.id', '=', name)),
)

/**
 * For the journeys with a node, in their graph or on one of its pages.
 * @param quotedId as for `markJourneysWithNode`.
 */
export const insertJourneysWithNode = query<Made & { realm: string; quotedId: string }>(
  (db, { quotedId, ...$ }) =>
    db
      .insertInto('versions')
      .columns(columns)
      .expression(
        journeysWithNewNodes(db, $).where((eb) =>
          eb.or([
            eb('known.content', 'like', quotedId),
            eb.exists(
              eb
                .selectFrom('nodes')
                .select('nodes.id')
                .where('nodes.realm', '=', $.realm)
                .where('nodes.type', '=', 'PageNode')
                .where('nodes.config', 'like', quotedId)
                .where((page) =>
                  page('known.content', 'like', sql<string>`'%"' || ${page.ref('nodes.id')} || '"%'`),
                ),
            ),
          ]),
        ),
      ),
)

const isDeletion = sql<number>`case when content is null then 1 else 0 end`.as('isDeletion')

const described = [
  'realm',
  'kind',
  'id',
  'number',
  'name',
  'savedAt',
  'savedBy',
  'savedById',
  'note',
  'cause',
  isDeletion,
] as const

/** Newest first, without content. */
export const versionsOf = query<Key & { before: number; limit: number }>((db, $) =>
  db
    .selectFrom('versions')
    .select(described)
    .where('realm', '=', $.realm)
    .where('kind', '=', $.kind)
    .where('id', '=', $.id)
    .where('number', '<', $.before)
    .orderBy('number', 'desc')
    .limit($.limit),
)

type Recent = {
  realm: string
  /** Each kind between commas. */
  kinds: string
  /** 0: only deletions. */
  contents: number
  /** Patterns in lower case. */
  text: string
  person: string
  before: number
  limit: number
}

/** Changes of the realm, and of custom node types, which belong to all realms. */
function changes(db: Kysely<Tables>, $: Recent) {
  return db
    .selectFrom('versions')
    .where(({ eb, or, and }) =>
      or([
        eb('realm', '=', $.realm),
        and([eb('realm', '=', sql.lit(everyRealm)), eb('kind', '=', sql.lit('customNodeType'))]),
      ]),
    )
    .where('cause', '!=', 'existing')
    .where(sql<boolean>`cast(${$.kinds} as text) like '%,' || ${sql.ref('kind')} || ',%'`)
    .where(sql<boolean>`(cast(${$.contents} as bigint) = 1 or ${sql.ref('content')} is null)`)
    .where(
      sql<boolean>`lower(${sql.ref('name')} || ' ' || coalesce(${sql.ref('note')}, '')) like ${$.text} escape '\\'`,
    )
    .where(sql<boolean>`lower(coalesce(${sql.ref('savedBy')}, '')) like ${$.person} escape '\\'`)
    .where('number', '<', $.before)
}

/** Newest first. The changes of the last unit are complete, even beyond the limit, because pages begin after a number. */
export const recentVersions = query<Recent>((db, $) =>
  changes(db, $)
    .select(described)
    .where('number', '>=', (eb) =>
      eb
        .selectFrom(changes(db, $).select('number').orderBy('number', 'desc').limit($.limit).as('page'))
        .select((min) => min.fn.min('page.number').as('number')),
    )
    .orderBy('number', 'desc')
    .orderBy('kind')
    .orderBy('id'),
)

/** The newest version of everything in a realm at a version of the configuration, deletions included. */
export const stateAt = query<{ realm: string; number: number }>((db, $) =>
  db
    .selectFrom('versions as known')
    .select(['known.realm', 'known.kind', 'known.id', 'known.number', 'known.content'])
    .where('known.realm', '=', $.realm)
    .where('known.number', '=', (eb) =>
      eb
        .selectFrom('versions as every')
        .select((max) => max.fn.max('every.number').as('number'))
        .where('every.realm', '=', $.realm)
        .whereRef('every.kind', '=', 'known.kind')
        .whereRef('every.id', '=', 'known.id')
        .where('every.number', '<=', $.number),
    )
    .where('known.content', 'is not', null)
    .orderBy('known.kind')
    .orderBy('known.id'),
)

export const versionsWithSecrets = query<{ realm: string }>((db, $) =>
  db
    .selectFrom('versions')
    .select(['realm', 'kind', 'id', 'number', 'content'])
    .where('realm', '=', $.realm)
    .where('kind', 'in', ['node', 'realmSettings'])
    .where('content', 'is not', null),
)

export const replaceContent = updateWith('versions', ['realm', 'kind', 'id', 'number'], ['content', 'hash'])

/** Nodes keep one version more: that from before the oldest version of their journey. */
export const deleteOld = query<{ realm: string; keep: number; limit: number }>((db, $) =>
  db.deleteFrom('versions').where((eb) =>
    eb(
      eb.refTuple('realm', 'kind', 'id', 'number'),
      'in',
      db
        .selectFrom(
          db
            .selectFrom('versions')
            .select(['realm', 'kind', 'id', 'number'])
            .select((ranked) =>
              ranked.fn
                .agg<number>('row_number')
                .over((over) => over.partitionBy(['kind', 'id']).orderBy('number', 'desc'))
                .as('place'),
            )
            .where('realm', '=', $.realm)
            .as('ranked'),
        )
        .select(['ranked.realm', 'ranked.kind', 'ranked.id', 'ranked.number'])
        .where(
          sql<boolean>`${sql.ref('ranked.place')} > cast(${$.keep} as bigint) + case when ${sql.ref('ranked.kind')} = 'node' then 1 else 0 end`,
        )
        .limit($.limit)
        .$asTuple('realm', 'kind', 'id', 'number'),
    ),
  ),
)
