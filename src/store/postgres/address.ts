import type { ClientConfig } from 'pg'
import { OperationError } from '../../base/errors.ts'

/** Address of a database. `shown` has neither user nor password, so it can be logged. */
export type Address = { client: ClientConfig; shown: string }

/** Time to connect, in milliseconds. */
const connectMs = 5_000

/** Time for a statement, in milliseconds. The database ends slower ones. */
const statementMs = 15_000

/** Time without a response, in milliseconds, after which a connection counts as lost. */
const silenceMs = 20_000

/** Time that a database transaction can stay idle, in milliseconds. A suspended process must not keep its locks. */
const standstillMs = 30_000

/** @throws OperationError that doesn't repeat an invalid URL, because it can contain a password. */
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
