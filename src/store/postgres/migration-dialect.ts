import {
  type DataTypeNode,
  type Dialect,
  PostgresAdapter,
  PostgresDialect,
  type PostgresPool,
  PostgresQueryCompiler,
} from 'kysely'

/**
 * Makes tables that behave as those of SQLite do: text is compared byte by byte whatever the locale of the database, and
 * integers have 64 bits.
 */
class AlikeCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    const isColumn = this.parentNode?.kind === 'ColumnDefinitionNode'
    if (isColumn && node.dataType === 'text') this.append('text collate "C"')
    else if (isColumn && node.dataType === 'integer') this.append('bigint')
    else super.visitDataType(node)
  }
}

/** Of several servers that start at once, one migrates and the others wait: Kysely takes an advisory lock. */
export function migrationDialect(pool: PostgresPool): Dialect {
  const dialect = new PostgresDialect({ pool })
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => dialect.createDriver(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => new AlikeCompiler(),
  }
}
