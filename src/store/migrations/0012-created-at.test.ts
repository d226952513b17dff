import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { migrationDialect } from '../sqlite/migration-dialect.ts'
import { people } from './0002-people.ts'
import { createdAt } from './0012-created-at.ts'

test('counts existing people as created at the upgrade', async () => {
  const raw = new DatabaseSync(':memory:')
  const db = new Kysely<unknown>({ dialect: migrationDialect(raw) })
  await people.up(db)
  raw.exec(
    `insert into identities values ('id-1', '/alpha', 1, 'user', 'kim', 'kim', 1, '{}', null, 0, '[]', 0, 0, 0)`,
  )
  const before = Date.now()
  await createdAt.up(db)
  const [row] = raw.prepare('select created_at from identities').all()
  expect(Number(row?.created_at)).toBeGreaterThanOrEqual(before)
  expect(Number(row?.created_at)).toBeLessThanOrEqual(Date.now())
})
