import { sql } from 'kysely'
import { type EsvVariable, esvSecretSchema, esvVariableSchema, secretVersionSchema } from '../esvs/esv.ts'
import type { DescriptionWrite, EsvStore, Expected } from '../esvs/esv-store.ts'
import { countVersionUp } from './configuration-version.ts'
import type { Database } from './database.ts'
import { insertRow, replaceRead } from './plain-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { recordsOf } from './rows.ts'
import type { EsvTable, EsvVersionTable } from './tables.ts'
import { tryWrite } from './writes.ts'

const variables = recordsOf('esvs', 'id', esvVariableSchema)
const secrets = recordsOf('esvs', 'id', esvSecretSchema)
const versions = recordsOf('esv_versions', 'secretId', secretVersionSchema)

const noVariable = { expressionType: null, value: null }
const noSecret = { encoding: null, useInPlaceholders: null, activeVersion: null }

const allVariables = query<Record<string, never>>((db) =>
  db.selectFrom('esvs').selectAll().where('value', 'is not', null).orderBy('id'),
)

const allSecrets = query<Record<string, never>>((db) =>
  db.selectFrom('esvs').selectAll().where('activeVersion', 'is not', null).orderBy('id'),
)

const activeVersions = query<Record<string, never>>((db) =>
  db
    .selectFrom('esvVersions')
    .innerJoin('esvs', (join) =>
      join
        .onRef('esvs.id', '=', 'esvVersions.secretId')
        .onRef('esvs.activeVersion', '=', 'esvVersions.version'),
    )
    .selectAll('esvVersions')
    .orderBy('esvVersions.secretId'),
)

const versionsOf = query<{ secretId: string }>((db, $) =>
  db.selectFrom('esvVersions').selectAll().where('secretId', '=', $.secretId).orderBy('version', 'desc'),
)

const insert = insertRow('esvs')

/** Null keeps the stored value. For `realms`, the text `null` means all realms. */
type SentColumns = Pick<EsvTable, 'id' | 'realms' | 'changedAt' | 'changedBy'> & {
  /** Null: any. */
  expected: number | null
  description: string | null
  value: string | null
  /** The type that the value fits. */
  type: EsvTable['expressionType']
}

/** Never writes what was not sent: it could be older than what is stored, and lift a restriction to realms. */
const setSent = ($: Omit<SentColumns, 'id' | 'expected' | 'value' | 'type'>) => ({
  description: sql<string>`coalesce(${$.description}, description)`,
  realms: sql<string | null>`nullif(coalesce(${$.realms}, realms), 'null')`,
  changedAt: later($.changedAt),
  changedBy: $.changedBy,
})

/** Each change has a time of its own, so that clients notice what changed since they read it. */
function later(now: number) {
  return sql<number>`case when changed_at >= ${now} then changed_at + 1 else ${now} end`
}

function isExpected(expected: number | null) {
  // rule S43: otherwise a late write replaces what another administrator changed
  return sql<boolean>`changed_at = coalesce(${expected}, changed_at)`
}

/** Never turns a secret into a variable, nor gives a variable a value of another type. */
const updateSent = query<SentColumns>((db, { id, expected, type, ...$ }) =>
  db
    .updateTable('esvs')
    .set({ ...setSent($), value: sql<string>`coalesce(${$.value}, value)` })
    .where('id', '=', id)
    .where(isExpected(expected))
    .where('value', 'is not', null)
    .where(sql<boolean>`expression_type = coalesce(${type}, expression_type)`),
)

const describeSecret = query<Omit<SentColumns, 'value' | 'type'>>((db, { id, expected, ...$ }) =>
  db
    .updateTable('esvs')
    .set(setSent($))
    .where('id', '=', id)
    .where(isExpected(expected))
    .where('activeVersion', 'is not', null),
)

// rule S36: otherwise what only a removed realm could read is for all realms
const takeRealm = query<{ quoted: string; first: string; last: string; only: string }>((db, $) =>
  db
    .updateTable('esvs')
    .set({
      realms: sql<string>`replace(replace(replace(realms, ${$.first}, ''), ${$.last}, ''), ${$.only}, '[]')`,
      changedAt: sql<number>`changed_at + 1`,
    })
    .where(sql<boolean>`replace(realms, ${$.quoted}, '') <> realms`),
)

const insertVersion = insertRow('esvVersions')

const activate = query<Omit<SentColumns, 'value' | 'type'> & { version: number; before: number }>(
  (db, { id, expected, version, before, ...$ }) =>
    db
      .updateTable('esvs')
      // rule S36: otherwise a realm that is newly allowed gets no new value of the secret, and the old one
      .set({ ...setSent($), activeVersion: version })
      .where('id', '=', id)
      .where(isExpected(expected))
      .where('activeVersion', '=', before),
)

/** A destroyed version stays destroyed, and the active one can only be replaced. */
const setStatus = query<
  Pick<EsvVersionTable, 'secretId' | 'version' | 'status'> & Pick<SentColumns, 'expected'>
>((db, $) =>
  db
    .updateTable('esvVersions')
    .set({ status: $.status })
    .where('secretId', '=', $.secretId)
    .where('version', '=', $.version)
    // rule S37: otherwise a destroyed version of a secret comes back
    .where('status', '<>', 'DESTROYED')
    .where('secretId', 'in', (eb) =>
      eb
        .selectFrom('esvs')
        .select('esvs.id')
        .where('esvs.activeVersion', '<>', $.version)
        .where(isExpected($.expected)),
    ),
)

const erase = query<{ secretId: string; version: number }>((db, $) =>
  db
    .updateTable('esvVersions')
    .set({ sealed: '' })
    .where('secretId', '=', $.secretId)
    .where('version', '=', $.version),
)

const reseal = replaceRead('esvVersions', ['secretId', 'version'], ['sealed'])

const remove = {
  variable: query<Pick<SentColumns, 'id' | 'expected'>>((db, $) =>
    db.deleteFrom('esvs').where('id', '=', $.id).where(isExpected($.expected)).where('value', 'is not', null),
  ),
  secret: query<Pick<SentColumns, 'id' | 'expected'>>((db, $) =>
    db
      .deleteFrom('esvs')
      .where('id', '=', $.id)
      .where(isExpected($.expected))
      .where('activeVersion', 'is not', null),
  ),
}

const removeVersions = query<{ id: string }>((db, $) =>
  db.deleteFrom('esvVersions').where('secretId', '=', $.id),
)

/** What imports kept of a variable, which exports would give back. */
const removeImported = query<{ id: string }>((db, $) =>
  db.deleteFrom('realmDocuments').where('kind', '=', 'variable').where('id', '=', $.id),
)

/** Stores variables and secrets in SQL. */
export function esvStore(database: Database): EsvStore {
  return {
    async all() {
      const [stored, hidden, active] = await Promise.all([
        variables.all(database, allVariables({})),
        secrets.all(database, allSecrets({})),
        versions.all(database, activeVersions({})),
      ])
      return { variables: stored, secrets: hidden, active }
    },
    versions: (secretId) => versions.all(database, versionsOf({ secretId })),
    saveVariable: (variable, sent) => saveVariable(database, variable, sent),
    async createSecret(secret, first) {
      const unit = [
        countVersionUp,
        guarded(insert({ ...noVariable, ...secrets.columnsOf(secret) }), 'name'),
        guarded(insertVersion(versions.columnsOf(first)), 'version'),
      ]
      return tryWrite(database, unit)
    },
    async describe(kind, about) {
      const sent = sentColumns(about)
      const changed =
        kind === 'variable' ? updateSent({ ...sent, value: null, type: null }) : describeSecret(sent)
      return tryWrite(database, [countVersionUp, guarded(changed, kind)])
    },
    async addVersion(version, about) {
      const next = { ...sentColumns(about), version: version.version, before: version.version - 1 }
      const unit = [
        countVersionUp,
        guarded(activate(next), 'active'),
        guarded(insertVersion(versions.columnsOf(version)), 'version'),
      ]
      return tryWrite(database, unit)
    },
    async changeStatus(secretId, version, status, expected) {
      const unit = [
        guarded(setStatus({ secretId, version, status, expected: timeOf(expected) }), 'status'),
        ...(status === 'DESTROYED' ? [erase({ secretId, version })] : []),
      ]
      return tryWrite(database, unit)
    },
    reseal: (read, sealed) => tryWrite(database, [guarded(reseal(read, read, { sealed }), 'sealed')]),
    async remove(kind, id, expected) {
      const removed = guarded(remove[kind]({ id, expected: timeOf(expected) }), 'there')
      const unit = [countVersionUp, removed, removeVersions({ id }), removeImported({ id })]
      return tryWrite(database, unit)
    },
  }
}

async function saveVariable(
  database: Database,
  variable: EsvVariable,
  sent: DescriptionWrite = { ...variable, realms: variable.realms ?? null },
): Promise<boolean> {
  if (sent.expected !== 'absent') {
    const updated = guarded(replaceVariable(variable, sent), 'there')
    if ((await database.write([countVersionUp, updated])).kind === 'saved') return true
    if (sent.expected !== undefined) return false
  }
  const inserted = guarded(insert({ ...noSecret, ...variables.columnsOf(variable) }), 'name')
  return tryWrite(database, [countVersionUp, inserted])
}

/** The type can't have changed since the value was checked. */
function replaceVariable({ value, expressionType: type }: EsvVariable, sent: DescriptionWrite): Statement {
  return updateSent({ ...sentColumns(sent), value, type })
}

function timeOf(expected: Expected): number | null {
  return typeof expected === 'number' ? expected : null
}

function sentColumns({ id, description, realms, changedAt, changedBy, expected }: DescriptionWrite) {
  return {
    id,
    expected: timeOf(expected),
    description: description ?? null,
    realms: realms === undefined ? null : JSON.stringify(realms),
    changedAt,
    changedBy,
  }
}

/** Changes nothing if a new variable's name is taken, or another one doesn't exist. */
export function variableStatement(variable: EsvVariable, isNew: boolean): Statement {
  if (isNew) return insert({ ...noSecret, ...variables.columnsOf(variable) })
  const sent = { ...variable, realms: variable.realms ?? null }
  return replaceVariable(variable, sent)
}

/**
 * Takes a realm from the variables and secrets that name it, so that a later realm with its path reads none of them. Those that
 * only this realm could use can then be used by no realm, not by all.
 */
export function withoutRealm(path: string): Statement {
  const quoted = JSON.stringify(path)
  return takeRealm({
    quoted,
    first: `${quoted},`,
    last: `,${quoted}`,
    only: `[${quoted}]`,
  })
}
