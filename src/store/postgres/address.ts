import type { ClientConfig } from 'pg'
import { OperationError } from '../../errors.ts'

/** Where a database is. `shown` may be told to anybody: it has neither user nor password. */
export type Address = { client: ClientConfig; shown: string }

/** How long the server of the database may take to let us in, in milliseconds. */
const connectMs = 5_000

/** How long a statement may take; the database ends it. */
const statementMs = 15_000

/** When the database says nothing at all, the connection counts as lost. */
const silenceMs = 20_000

/** How long a transaction may stand still, should this process be stopped in its middle: it holds locks. */
const standstillMs = 30_000

/** @throws OperationError that repeats nothing of a URL that is none: it may carry a password. */
export function addressOf(databaseUrl: string): Address {
  if (!URL.canParse(databaseUrl)) {
    throw new OperationError(
      'DATABASE_URL is not a URL: postgres://user:password@host:5432/database, with special characters of the password as %XX',
    )
  }
  const { hostname, port, pathname } = new URL(databaseUrl)
  return {
    client: {
      connectionString: databaseUrl,
      application_name: 'sidegate',
      connectionTimeoutMillis: connectMs,
      statement_timeout: statementMs,
      query_timeout: silenceMs,
      idle_in_transaction_session_timeout: standstillMs,
      keepAlive: true,
    },
    shown: `${hostname || 'localhost'}:${port || '5432'}${pathname}`,
  }
}
