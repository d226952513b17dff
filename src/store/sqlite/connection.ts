import { DatabaseSync, type StatementSync } from 'node:sqlite'
import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  type SelectModifierNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Row, StatementResult } from '../database.ts'
import { type CompiledSql, type Query, type Statement, tablesWrittenBy } from '../query.ts'
import type { Tables } from '../tables.ts'

/** One connection with its prepared statements. All calls are synchronous. */
export type Connection = {
  raw: DatabaseSync
  run(statement: Statement<string>): StatementResult
  /** The number of statements that wrote the table. */
  writesTo(table: string): number
}

type Prepared = {
  bind: CompiledSql['bind']
  statement: StatementSync
  /** Column names of the result in the database and in our rows. Empty for a plain write. */
  columns: readonly (readonly [string, string])[]
  /** The written tables. */
  writes: readonly string[]
}

const rowLocks: ReadonlySet<SelectModifierNode['modifier']> = new Set([
  'ForUpdate',
  'ForKeyShare',
  'SkipLocked',
])

/** Omits row locks, which SQLite doesn't support and a single writer doesn't need. */
class OneWriterCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (!rowLocks.has(node.modifier)) super.visitSelectModifier(node)
  }
}

/** Only compiles. Connections run the queries. */
const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new OneWriterCompiler(),
  },
  plugins: [new CamelCasePlugin()],
})

/** Compiled once for all connections. */
const compiled = new WeakMap<Query, CompiledSql>()

function compiledSql(query: Query, names: readonly string[]): CompiledSql {
  const known = compiled.get(query)
  if (known !== undefined) return known
  const sql = query.compile(builder, names)
  compiled.set(query, sql)
  return sql
}

/** Opens a connection to an existing file. */
export function connect(file: string, options: { isReadOnly: boolean }): Connection {
  const raw = new DatabaseSync(file, { timeout: 5000, readOnly: options.isReadOnly })
  if (!options.isReadOnly) {
    raw.exec('pragma journal_mode = WAL; pragma synchronous = FULL; pragma foreign_keys = ON')
  }
  // Bounded by the number of queries in the source. Each is prepared when it is first used.
  const prepared = new Map<Query, Prepared>()
  const writes = new Map<string, number>()
  const writesTo = (table: string) => writes.get(table) ?? 0

  return {
    raw,
    writesTo,
    run({ query, values }) {
      let known = prepared.get(query)
      if (known === undefined) {
        known = prepare(raw, compiledSql(query, Object.keys(values)))
        prepared.set(query, known)
      }
      for (const table of known.writes) writes.set(table, writesTo(table) + 1)
      const parameters = known.bind(values)
      if (known.columns.length === 0) {
        return { affected: Number(known.statement.run(...parameters).changes), rows: [] }
      }
      const rows = rowsOf(known, known.statement.all(...parameters))
      return { affected: rows.length, rows }
    },
  }
}

function prepare(raw: DatabaseSync, { sql, bind }: CompiledSql): Prepared {
  const statement = raw.prepare(sql)
  const columns = statement.columns().map(({ name }) => [name, camelCase(name)] as const)
  return { bind, statement, columns, writes: tablesWrittenBy(sql) }
}

function rowsOf({ columns }: Prepared, found: readonly Row[]): Row[] {
  return found.map((row) => {
    const renamed: Record<string, unknown> = {}
    for (const [name, ours] of columns) renamed[ours] = row[name]
    return renamed
  })
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
