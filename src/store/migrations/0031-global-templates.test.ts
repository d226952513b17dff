import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { migrationDialect } from '../sqlite/migration-dialect.ts'
import { realmDocuments } from './0006-realm-documents.ts'
import { globalTemplates } from './0031-global-templates.ts'

test('makes the templates of alpha global and keeps all other documents', async () => {
  const raw = new DatabaseSync(':memory:')
  const db = new Kysely<unknown>({ dialect: migrationDialect(raw) })
  await realmDocuments.up(db)
  const add = raw.prepare(`insert into realm_documents values (?, ?, 'one', '{}')`)
  add.run('/alpha', 'emailTemplate')
  add.run('/alpha', 'theme')
  add.run('/bravo', 'emailTemplate')
  await globalTemplates.up(db)
  expect(raw.prepare('select realm, kind from realm_documents order by realm').all()).toEqual([
    { realm: '*', kind: 'emailTemplate' },
    { realm: '/alpha', kind: 'theme' },
    { realm: '/bravo', kind: 'emailTemplate' },
  ])
})
