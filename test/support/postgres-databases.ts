import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { openStores } from '../../src/store/stores.ts'
import { startPostgres } from './postgres-server.ts'

/** Environment variable with a superuser's URL of the server. If it is set, the tests use that server. */
const variable = 'SIDEGATE_TEST_POSTGRES'

/** A migrated database. Copying it is faster than migrating a new one. */
const template = 'sidegate_test_template'

/** Runs once before all tests: starts one PostgreSQL for all of them. @returns a function that stops it. */
export async function setup(): Promise<() => Promise<void>> {
  const server = process.env[variable] === undefined ? await startPostgres() : undefined
  if (server !== undefined) process.env[variable] = server.url
  await asSuperuser((client) => client.query(`drop database if exists ${template}`))
  await asSuperuser((client) => client.query(`create database ${template}`))
  const stores = await openStores({ dataFolder: '', databaseUrl: urlOf(template) })
  await stores.close()
  return async () => server?.stop()
}

export type FreshDatabase = {
  url: string
  /** Restores the initial content. */
  empty(): Promise<void>
  drop(): Promise<void>
}

/** A new migrated database. Emptying one is faster than creating one, so a test file needs only one. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { url, drop } = await bareDatabase(template)
  return { url, empty: () => asSuperuser(emptyTables, url), drop }
}

/** Copies a database; by default an empty one. */
export async function bareDatabase(original = 'template1'): Promise<Omit<FreshDatabase, 'empty'>> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asSuperuser((client) => client.query(`create database ${name} template ${original}`))
  return {
    url: urlOf(name),
    drop: () =>
      asSuperuser(async (client) => void (await client.query(`drop database ${name} with (force)`))),
  }
}

/** Deletes all rows, and restores those that migrations insert. */
async function emptyTables(client: Client): Promise<void> {
  contents ??= asSuperuser(contentsOf, urlOf(template))
  await client.query('set session_replication_role = replica')
  for (const [table, rows] of await contents) {
    await client.query(`delete from ${table}`)
    await client.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [
      rows,
    ])
  }
}

let contents: Promise<Map<string, string>> | undefined

async function contentsOf(client: Client): Promise<Map<string, string>> {
  const { rows } = await client.query(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
  )
  const found = new Map<string, string>()
  for (const { name } of rows) {
    const content = await client.query(`select coalesce(json_agg(t), '[]')::text as content from ${name} t`)
    found.set(name, content.rows[0].content)
  }
  return found
}

/** Runs statements as the superuser. */
export async function asSuperuser<Value>(
  work: (client: Client) => Promise<Value>,
  url: string = serverUrl(),
): Promise<Value> {
  const client = new Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function urlOf(database: string): string {
  const url = new URL(serverUrl())
  url.pathname = database
  return url.href
}

function serverUrl(): string {
  const url = process.env[variable]
  if (url === undefined) throw new Error(`${variable} is not set: run the tests with Vitest`)
  return url
}
