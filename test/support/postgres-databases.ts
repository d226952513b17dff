import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { openStores } from '../../src/store/stores.ts'
import { startPostgres } from './postgres-server.ts'

/** Tells test files where the server is. Set from outside, it names one to use instead: as its superuser, please. */
const variable = 'SIDEGATE_TEST_POSTGRES'

/** Copied for each test: quicker than migrating anew. */
const template = 'sidegate_test_template'

/** Runs once before all tests: starts one PostgreSQL for all of them. @returns what stops it. */
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
  /** Brings it back to what it was when it was made. */
  empty(): Promise<void>
  drop(): Promise<void>
}

/** A migrated database without content. It takes longer to make one than to empty it: one for each test file will do. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { url, drop } = await bareDatabase(template)
  return { url, empty: () => asSuperuser(emptyTables, url), drop }
}

/** A database without tables, unless it is a copy of another. */
export async function bareDatabase(original = 'template1'): Promise<Omit<FreshDatabase, 'empty'>> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asSuperuser((client) => client.query(`create database ${name} template ${original}`))
  return {
    url: urlOf(name),
    drop: () =>
      asSuperuser(async (client) => void (await client.query(`drop database ${name} with (force)`))),
  }
}

/** What migrations put into a new database is taken from the template. */
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
    const held = await client.query(`select coalesce(json_agg(t), '[]')::text as content from ${name} t`)
    found.set(name, held.rows[0].content)
  }
  return found
}

/** Uses a database as who may do everything. */
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
