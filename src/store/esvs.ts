import { type EsvVariable, esvSecretSchema, esvVariableSchema, secretVersionSchema } from '../esvs/esv.ts'
import type { EsvStore } from '../esvs/esv-store.ts'
import { countVersionUp } from './configuration-version.ts'
import type { Database } from './database.ts'
import { guarded, query } from './query.ts'
import { recordsOf } from './rows.ts'
import type { EsvTable, EsvVersionTable } from './tables.ts'

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

const insert = query<EsvTable>((db, $) => db.insertInto('esvs').values($))

type VariableColumns = Pick<EsvTable, 'id' | 'description' | 'realms' | 'changedAt' | 'changedBy' | 'value'>

/** Never turns a secret into a variable. */
const update = query<VariableColumns>((db, { id, ...$ }) =>
  db.updateTable('esvs').set($).where('id', '=', id).where('value', 'is not', null),
)

const describe = query<Omit<VariableColumns, 'value'>>((db, { id, ...$ }) =>
  db.updateTable('esvs').set($).where('id', '=', id).where('activeVersion', 'is not', null),
)

const insertVersion = query<EsvVersionTable>((db, $) => db.insertInto('esvVersions').values($))

const activate = query<{ id: string; version: number; before: number; changedAt: number; changedBy: string }>(
  (db, $) =>
    db
      .updateTable('esvs')
      .set({ activeVersion: $.version, changedAt: $.changedAt, changedBy: $.changedBy })
      .where('id', '=', $.id)
      .where('activeVersion', '=', $.before),
)

/** A destroyed version stays destroyed, and the active one can only be replaced. */
const setStatus = query<{ secretId: string; version: number; status: EsvVersionTable['status'] }>((db, $) =>
  db
    .updateTable('esvVersions')
    .set({ status: $.status })
    .where('secretId', '=', $.secretId)
    .where('version', '=', $.version)
    .where('status', '<>', 'DESTROYED')
    .where('version', 'not in', (eb) =>
      eb.selectFrom('esvs').select('esvs.activeVersion').where('esvs.id', '=', $.secretId),
    ),
)

const erase = query<{ secretId: string; version: number }>((db, $) =>
  db
    .updateTable('esvVersions')
    .set({ sealed: '' })
    .where('secretId', '=', $.secretId)
    .where('version', '=', $.version),
)

const reseal = query<{ secretId: string; version: number; from: string; to: string }>((db, $) =>
  db
    .updateTable('esvVersions')
    .set({ sealed: $.to })
    .where('secretId', '=', $.secretId)
    .where('version', '=', $.version)
    .where('sealed', '=', $.from),
)

const remove = query<{ id: string }>((db, $) => db.deleteFrom('esvs').where('id', '=', $.id))

const removeVersions = query<{ id: string }>((db, $) =>
  db.deleteFrom('esvVersions').where('secretId', '=', $.id),
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
    saveVariable: (variable) => saveVariable(database, variable),
    async createSecret(secret, first) {
      const unit = [
        countVersionUp,
        guarded(insert({ ...noVariable, ...secrets.columnsOf(secret) }), 'name'),
        guarded(insertVersion(versions.columnsOf(first)), 'version'),
      ]
      return (await database.write(unit)).kind === 'saved'
    },
    async describeSecret({ id, description, realms, changedAt, changedBy }) {
      const columns = { description, realms: realms === undefined ? null : JSON.stringify(realms) }
      const changed = guarded(describe({ id, ...columns, changedAt, changedBy }), 'secret')
      return (await database.write([countVersionUp, changed])).kind === 'saved'
    },
    async addVersion(version, changedBy) {
      const { secretId: id, version: number, createdAt: changedAt } = version
      const unit = [
        countVersionUp,
        guarded(activate({ id, version: number, before: number - 1, changedAt, changedBy }), 'active'),
        guarded(insertVersion(versions.columnsOf(version)), 'version'),
      ]
      return (await database.write(unit)).kind === 'saved'
    },
    async changeStatus(secretId, version, status) {
      const unit = [
        guarded(setStatus({ secretId, version, status }), 'status'),
        ...(status === 'DESTROYED' ? [erase({ secretId, version })] : []),
      ]
      return (await database.write(unit)).kind === 'saved'
    },
    async reseal({ secretId, version, sealed: from }, to) {
      return (
        (await database.write([guarded(reseal({ secretId, version, from, to }), 'sealed')])).kind === 'saved'
      )
    },
    async remove(id) {
      const unit = [countVersionUp, guarded(remove({ id }), 'there'), removeVersions({ id })]
      return (await database.write(unit)).kind === 'saved'
    },
  }
}

async function saveVariable(database: Database, variable: EsvVariable): Promise<boolean> {
  const columns = variables.columnsOf(variable)
  const { id, description, realms, changedAt, changedBy, value } = columns
  const updated = guarded(update({ id, description, realms, changedAt, changedBy, value }), 'there')
  if ((await database.write([countVersionUp, updated])).kind === 'saved') return true
  const inserted = guarded(insert({ ...noSecret, ...columns }), 'name')
  return (await database.write([countVersionUp, inserted])).kind === 'saved'
}
