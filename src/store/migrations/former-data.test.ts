import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { asSuperuser, bareDatabase } from '../../../test/support/postgres-databases.ts'
import { backUp, restore } from '../backup/backup.ts'
import { temporaryFolder } from '../sqlite/temporary-folder.ts'
import { openStores, type StoreSettings } from '../stores.ts'

/** The tables that version 0.2 made in 56 migrations, with rows in each. */
const formerData = readFileSync(join(import.meta.dirname, '../../../test/fixtures/former-data.sql'), 'utf8')

type Row = Record<string, unknown>

type Subject = {
  settings: StoreSettings
  run(statements: string): Promise<void>
  ask(query: string): Promise<Row[]>
}

type Kind = {
  /** A database without tables. */
  create(): Promise<Subject>
  data: string
  /** Servers that start together. */
  servers: number
  /** Queries for tables, columns, indexes and constraints. */
  schema: readonly string[]
  /** Lets the database refuse the name of the first migration. */
  sabotage: string
}

const sqlite: Kind = {
  async create() {
    const dataFolder = temporaryFolder()
    const use = <Value>(work: (raw: DatabaseSync) => Value) => {
      const raw = new DatabaseSync(join(dataFolder, 'sidegate.db'))
      try {
        return work(raw)
      } finally {
        raw.close()
      }
    }
    return {
      settings: { dataFolder, databaseUrl: undefined },
      run: async (statements) => use((raw) => raw.exec(statements)),
      ask: async (query) => use((raw) => raw.prepare(query).all()),
    }
  },
  data: `pragma journal_mode = WAL; ${formerData}`,
  servers: 1,
  schema: [
    `select t.name, c.name as column, c.type, "notnull", dflt_value, c.pk
      from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table'`,
    `select t.name, "from", "table", "to", on_delete
      from sqlite_schema t, pragma_foreign_key_list(t.name) where t.type = 'table'`,
    `select t.name, origin, "unique", partial, (select group_concat(name) from pragma_index_info(i.name)) as columns
      from sqlite_schema t, pragma_index_list(t.name) i where t.type = 'table'`,
    "select lower(replace(replace(replace(sql, '\"', ''), ' ', ''), char(10), '')) as name from sqlite_schema where type = 'index'",
  ],
  sabotage: `create trigger refused before insert on kysely_migration
    begin select raise(abort, 'refused'); end`,
}

const postgres: Kind = {
  async create() {
    const { url, drop } = await bareDatabase()
    onTestFinished(drop)
    return {
      settings: { dataFolder: '', databaseUrl: url },
      run: (statements) => asSuperuser(async (client) => void (await client.query(statements)), url),
      ask: (query) => asSuperuser(async (client) => (await client.query(query)).rows, url),
    }
  },
  // Its migrations made these types of SQLite's.
  data: formerData.replaceAll('" text', '" text collate "C"').replaceAll('" integer', '" bigint'),
  servers: 5,
  schema: [
    `select table_name as name, column_name, data_type, is_nullable, column_default, collation_name
      from information_schema.columns where table_schema = 'public'`,
    "select tablename as name, indexdef from pg_indexes where schemaname = 'public'",
    `select conrelid::regclass::text as name, conname, pg_get_constraintdef(oid)
      from pg_constraint where connamespace = 'public'::regnamespace`,
  ],
  sabotage: "alter table kysely_migration add constraint refused check (name <> '0001-schema')",
}

describe.each([
  ['SQLite', sqlite],
  ['PostgreSQL', postgres],
])('the data of 0.2 on %s', (_, { create, data, servers, schema, sabotage }) => {
  async function withFormerData(): Promise<Subject> {
    const subject = await create()
    await subject.run(data)
    return subject
  }

  async function start({ settings }: Subject): Promise<void> {
    const opened = await Promise.all(Array.from({ length: servers }, () => openStores(settings)))
    await Promise.all(opened.map((stores) => stores.close()))
  }

  /** Answers of a query about all tables except those of Kysely and SQLite, sorted. */
  async function askAboutOurs({ ask }: Subject, query: string): Promise<string[]> {
    const ours = (await ask(query)).filter(({ name }) => !/^(kysely|sqlite)_/.test(String(name)))
    return ours.map((row) => JSON.stringify(row)).toSorted()
  }

  const schemaOf = (subject: Subject) => Promise.all(schema.map((query) => askAboutOurs(subject, query)))

  const migrationsOf = async ({ ask }: Subject) =>
    (await ask('select name from kysely_migration order by name')).map(({ name }) => name)

  /** Without members that are null, as later columns are. */
  async function rowsOf(subject: Subject): Promise<Record<string, string[]>> {
    const tables = new Set(formerData.match(/(?<=^create table ")(?!kysely)\w+/gm))
    const rows = [...tables].map(async (table) => {
      const found = await subject.ask(`select * from "${table}"`)
      const kept = found.map((row) => Object.entries(row).filter(([, value]) => value !== null))
      return [table, kept.map((row) => JSON.stringify(row.toSorted())).toSorted()] as const
    })
    return Object.fromEntries(await Promise.all(rows))
  }

  test('has every row and the tables of a new database after the start', async () => {
    const subject = await withFormerData()
    const before = await rowsOf(subject)
    expect(Object.values(before).filter((rows) => rows.length === 0)).toEqual([])
    await start(subject)
    expect(await rowsOf(subject)).toEqual(before)
    const created = await create()
    await start(created)
    expect(await schemaOf(subject)).toEqual(await schemaOf(created))
    expect(await migrationsOf(subject)).toEqual(await migrationsOf(created))
  })

  test('stays as it is if only some of its migrations ran', async () => {
    const subject = await withFormerData()
    await subject.run("delete from kysely_migration where name = '0072-backups'")
    const [before, names] = [await rowsOf(subject), await migrationsOf(subject)]
    await expect(start(subject)).rejects.toThrow(
      /of an unfinished version of Sidegate: its newest migration is 0071-oldest-unsent, .* Upgrade it first/,
    )
    expect(await rowsOf(subject)).toEqual(before)
    expect(await migrationsOf(subject)).toEqual(names)
  })

  test('keeps the names of its migrations if the new one is not saved', async () => {
    const subject = await withFormerData()
    const names = await migrationsOf(subject)
    await subject.run(sabotage)
    await expect(openStores(subject.settings)).rejects.toThrow(/refused|error 23514/)
    expect(await migrationsOf(subject)).toEqual(names)
  })

  test('is restored from a backup of its former migrations', async () => {
    const subject = await withFormerData()
    const target = await create()
    const rows = await rowsOf(subject)
    const file = join(temporaryFolder(), 'backup')
    await backUp(subject.settings, file, 1)
    expect(await restore(target.settings, file)).toMatchObject({ migration: '0072-backups' })
    expect(await rowsOf(target)).toEqual(rows)
    await start(target)
  })

  test('is not restored from a backup of some of its former migrations', async () => {
    const subject = await withFormerData()
    await subject.run("delete from kysely_migration where name = '0072-backups'")
    const file = join(temporaryFolder(), 'backup')
    await backUp(subject.settings, file, 1)
    await expect(restore((await create()).settings, file)).rejects.toThrow(
      /from an unfinished one before 0\.2: its last migration is 0071-oldest-unsent/,
    )
  })
})
