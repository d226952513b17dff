import { PostgresDialect } from 'kysely'
import { Client, Pool } from 'pg'
import type { BackupSource, BackupTarget, RawRow } from '../backup/ends.ts'
import { fillingOrder } from '../backup/filling-order.ts'
import { kyselyTarget } from '../backup/kysely-target.ts'
import { addressOf } from './address.ts'
import { operationError } from './failures.ts'
import { ignoreIdleErrors } from './pooled-database.ts'
import { getTypeParser } from './whole-numbers.ts'

/** Rows per fetch. */
const batchRows = 500

/**
 * The database at this moment. Servers can continue to use it.
 * @throws OperationError if it doesn't answer or was never used.
 */
export async function postgresSource(databaseUrl: string): Promise<BackupSource> {
  const { client: options, shown } = addressOf(databaseUrl)
  // No idle timeout, because writing the backup can be slow.
  const client = new Client({ ...options, idle_in_transaction_session_timeout: 0, types: { getTypeParser } })
  client.on('error', () => undefined)
  const failed = (error: unknown) => operationError(`The database at ${shown} cannot be backed up`, error)
  const names = async (query: string): Promise<string[]> =>
    (await client.query(query)).rows.map(({ name }) => String(name))
  try {
    await client.connect()
    await client.query('begin isolation level repeatable read read only')
    const [migration = ''] = await names('select name from kysely_migration order by name desc limit 1')
    const tables = await names(
      'select tablename as name from pg_tables where schemaname = current_schema() order by tablename',
    )
    return {
      migration,
      tables: fillingOrder(tables),
      async *rows(table) {
        try {
          yield* rowsOf(client, table)
        } catch (error) {
          throw failed(error)
        }
      },
      async record(at) {
        await client.query('rollback')
        await client.query(
          'insert into backups (id, made_at) values (1, $1) on conflict (id) do update set made_at = excluded.made_at',
          [at],
        )
      },
      close: () => client.end(),
    }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw failed(error)
  }
}

async function* rowsOf(client: Client, table: string): AsyncGenerator<RawRow> {
  await client.query(`declare rows_of_table no scroll cursor for select * from "${table}"`)
  for (;;) {
    const { rows } = await client.query<RawRow>(`fetch ${batchRows} from rows_of_table`)
    if (rows.length === 0) break
    yield* rows
  }
  await client.query('close rows_of_table')
}

/** @throws OperationError if it doesn't answer. */
export async function postgresTarget(databaseUrl: string): Promise<BackupTarget> {
  const { client, shown } = addressOf(databaseUrl)
  const unhurried = { statement_timeout: 0, query_timeout: 0, idle_in_transaction_session_timeout: 0 }
  const pool = new Pool({ ...client, ...unhurried, max: 1 })
  ignoreIdleErrors(pool)
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    throw operationError(`The database at ${shown} cannot be used`, error)
  }
  const dialect = new PostgresDialect({ pool })
  return kyselyTarget({ dialect, failed: operationError, close: () => pool.end() })
}
