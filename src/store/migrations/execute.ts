import { type Kysely, PostgresAdapter, sql } from 'kysely'

/** A column that begins a line of its table, or that is added to one. */
const columns = /(^ {2}|add column )(\w+) (text|integer)\b/gm

/** Types of PostgreSQL that behave like SQLite's: text is compared byte by byte in every locale, and integers have 64 bits. */
const postgresTypes: Readonly<Record<string, string>> = { text: 'text collate "C"', integer: 'bigint' }

/** Runs the SQL of a migration on either database. Statements end in semicolons. */
export async function execute(db: Kysely<unknown>, statements: string): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter
  const spelled = isPostgres
    ? statements.replaceAll(columns, (_, before, name, type) => `${before}${name} ${postgresTypes[type]}`)
    : statements
  for (const statement of spelled.split(/;\s*(?:\n|$)/)) {
    if (statement.trim() !== '') await sql.raw(statement).execute(db)
  }
}
