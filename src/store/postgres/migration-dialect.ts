import {
  type DataTypeNode,
  type Dialect,
  PostgresAdapter,
  PostgresDialect,
  type PostgresPool,
  PostgresQueryCompiler,
} from 'kysely'

/** Creates tables that behave like SQLite's: text is compared byte by byte in every locale, and integers have 64 bits. */
class SqliteLikeCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    const isColumn = this.parentNode?.kind === 'ColumnDefinitionNode'
    if (isColumn && node.dataType === 'text') this.append('text collate "C"')
    else if (isColumn && node.dataType === 'integer') this.append('bigint')
    else super.visitDataType(node)
  }
}

/** If several servers start together, one migrates and the others wait, because Kysely takes an advisory lock. */
export function migrationDialect(pool: PostgresPool): Dialect {
  const dialect = new PostgresDialect({ pool })
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => dialect.createDriver(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => new SqliteLikeCompiler(),
  }
}
