import { DatabaseSync } from 'node:sqlite'
import { CamelCasePlugin, Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { oldest } from './figures.ts'
import { migrate } from './migrations/migrate.ts'
import { migrationDialect } from './sqlite/migration-dialect.ts'
import type { Tables } from './tables.ts'

const usesIndex = (table: string) =>
  new RegExp(`^(SCAN|SEARCH) ${table} USING (COVERING )?INDEX ${table}_oldest`)

test('finds the oldest entry of each outbox by an index', async () => {
  const raw = new DatabaseSync(':memory:')
  const dialect = migrationDialect(raw)
  await migrate(new Kysely({ dialect }))
  const builder = new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] })
  for (const [table, statement] of Object.entries(oldest)) {
    const { sql, bind } = statement({}).query.compile(builder, [])
    const plan = raw.prepare(`explain query plan ${sql}`).all(...bind({}))
    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringMatching(usesIndex(table))])
  }
})
