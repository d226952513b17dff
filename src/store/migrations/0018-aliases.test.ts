import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { migrationDialect } from '../sqlite/migration-dialect.ts'
import { people } from './0002-people.ts'
import { aliases } from './0018-aliases.ts'

test('finds existing people by their aliases', async () => {
  const raw = new DatabaseSync(':memory:')
  const db = new Kysely<unknown>({ dialect: migrationDialect(raw) })
  await people.up(db)
  const add = raw.prepare(
    `insert into identities values (?, '/alpha', 1, 'user', ?, ?, 1, ?, null, 0, '[]', 0, 0, 0)`,
  )
  for (let i = 0; i < 501; i++) add.run(`id-${i}`, `kim${i}`, `kim${i}`, '{}')
  add.run('id-x', 'ann', 'ann', '{"aliasList":["Google-1","google-1","acme-2"]}')
  add.run('id-y', 'bob', 'bob', '{"aliasList":"odd"}')
  await aliases.up(db)
  expect(
    raw.prepare('select value_folded, identity_id from identity_index order by value_folded').all(),
  ).toEqual([
    { value_folded: 'acme-2', identity_id: 'id-x' },
    { value_folded: 'google-1', identity_id: 'id-x' },
  ])
})
