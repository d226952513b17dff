import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { migrationDialect } from '../sqlite/migration-dialect.ts'
import { transactions } from './0003-transactions.ts'
import { verifications } from './0009-verifications.ts'

test('gives existing transactions a reference that is not part of their hash', async () => {
  const raw = new DatabaseSync(':memory:')
  const db = new Kysely<unknown>({ dialect: migrationDialect(raw) })
  await transactions.up(db)
  const insert = raw.prepare(
    `insert into transactions (id_hash, realm, journey, state, result, is_cancelled, data, session_properties,
      allow_retry, audit_tracking_id, opened_by, created_at, expires_at, sequence)
      values (?, '/alpha', 'Login', 'CREATED', 'UNKNOWN', 0, '{}', '{}', 1, 'audit', '{}', 0, 0, 0)`,
  )
  for (const hash of ['hash-of-one', 'hash-of-two']) insert.run(hash)
  await verifications.up(db)
  const rows = raw.prepare('select id_hash, reference from transactions').all()
  expect(new Set(rows.map(({ reference }) => reference)).size).toBe(2)
  for (const { id_hash, reference } of rows) {
    expect(reference).toMatch(/^[0-9A-F]{8}$/)
    expect(String(id_hash).toUpperCase()).not.toContain(reference)
  }
})
