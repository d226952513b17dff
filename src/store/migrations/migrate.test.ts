import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { migrationDialect } from '../sqlite/migration-dialect.ts'
import { migrate, migrations } from './migrate.ts'

function memory() {
  const raw = new DatabaseSync(':memory:')
  return { raw, db: new Kysely<unknown>({ dialect: migrationDialect(raw) }) }
}

test('numbers each migration once, in order', () => {
  const numbers = Object.keys(migrations).map((name) => Number(name.slice(0, 4)))
  expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other))
  expect(numbers[0]).toBe(1)
})

test('creates all tables and changes nothing when run again', async () => {
  const { raw, db } = memory()
  await migrate(db)
  const tables = raw.prepare("select name from sqlite_schema where type = 'table' order by name").all()
  raw.exec("insert into secrets (name, sealed) values ('key', 'sealed')")
  await migrate(db)
  expect(raw.prepare('select * from secrets').all()).toHaveLength(1)
  expect(tables.map(({ name }) => name).filter((name) => !/^(kysely|sqlite)_/.test(String(name)))).toEqual([
    'alarms',
    'approvals',
    'audit_chain',
    'audit_index',
    'audit_rows',
    'audit_waiting',
    'backups',
    'calls',
    'calls_at_end',
    'configuration',
    'connection_counts',
    'custom_node_types',
    'deliveries',
    'esv_versions',
    'esvs',
    'identities',
    'identity_index',
    'journey_drafts',
    'journey_revisions',
    'journey_sessions',
    'journeys',
    'limit_windows',
    'mails',
    'messages',
    'nodes',
    'oauth_clients',
    'oauth_records',
    'pushes',
    'realm_documents',
    'realms',
    'receivers',
    'save_probes',
    'scripts',
    'secrets',
    'service_accounts',
    'sessions',
    'short_codes',
    'transaction_events',
    'transactions',
    'verifications',
    'versions',
    'watched_runs',
  ])
})

test('leaves a database of a newer version unchanged', async () => {
  const { raw, db } = memory()
  await migrate(db)
  const future = (name: string) =>
    raw.exec(`insert into kysely_migration (name, timestamp) values ('${name}', '2030-01-01T00:00:00Z')`)
  // The next release leaves the data usable for this one, a later release doesn't say so.
  future('9998-next.after-1')
  await migrate(db)
  for (const name of ['9999-future', '9999-later.after-2']) {
    future(name)
    await expect(migrate(db)).rejects.toThrow(
      new RegExp(
        `newer version of Sidegate: it has the migration ${name}, .* Start the newer version, or restore`,
      ),
    )
    raw.exec(`delete from kysely_migration where name = '${name}'`)
  }
})

test('changes nothing if one of the migrations fails', async () => {
  const { raw, db } = memory()
  raw.exec('create table watched_runs (id text)')
  await expect(migrate(db)).rejects.toThrow(/cannot be migrated \(0001-schema\)/)
  raw.exec('drop table watched_runs')
  const tables = raw.prepare("select name from sqlite_schema where name not like 'kysely%'").all()
  expect(tables.filter(({ name }) => !/^sqlite_/.test(String(name)))).toEqual([])
  await migrate(db)
})
