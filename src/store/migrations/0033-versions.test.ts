import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { contentHash } from '../../journeys/history/content-hash.ts'
import { migrationDialect } from '../sqlite/migration-dialect.ts'
import { migrate } from './migrate.ts'

test('keeps the state of everything that exists, so that an unchanged save is no new version', async () => {
  const raw = new DatabaseSync(':memory:')
  const db = new Kysely<unknown>({ dialect: migrationDialect(raw) })
  await migrate(db, '0032-sessions-ended-at')
  const add = (table: string, row: Record<string, string | number>) => {
    const names = Object.keys(row)
    raw
      .prepare(`insert into ${table} (${names.join()}) values (${names.map(() => '?').join()})`)
      .run(...Object.values(row))
  }
  const config = { a: 1 }
  const script = { id: 's', name: 'Decide', source: 'x', createdBy: 'dana', lastModifiedAt: 5 }
  raw.exec('update configuration set version = 7')
  add('journeys', { realm: '/alpha', name: 'Login', document: '{"_id":"Login"}' })
  add('nodes', { realm: '/alpha', id: 'n', type: 'T', version: '2.0', config: JSON.stringify(config) })
  add('scripts', { realm: '/alpha', id: 's', name: 'Decide', document: JSON.stringify(script) })
  add('custom_node_types', { service_name: 'one', display_name: 'One', document: '{"displayName":"One"}' })
  for (const kind of ['theme', 'emailTemplate', 'variable']) {
    add('realm_documents', { realm: '/alpha', kind, id: 'd', document: '{"name":"Named"}' })
  }
  add('realms', { path: '/alpha', is_active: 1, aliases: '[]', settings: '{"journeyMinutes":5}' })
  await migrate(db)
  const rows = raw.prepare('select * from versions order by kind').all()
  expect(rows.map(({ realm, kind, id, name }) => `${realm} ${kind} ${id} ${name}`)).toEqual([
    '* customNodeType one One',
    '/alpha emailTemplate d Named',
    '/alpha journey Login Login',
    '/alpha node n n',
    '/alpha realmSettings settings settings',
    '/alpha script s Decide',
    '/alpha theme d Named',
  ])
  for (const row of rows) expect(row).toMatchObject({ number: 7, cause: 'existing', saved_at: null })
  const stored = (kind: string) => rows.find((row) => row.kind === kind)
  const node = { version: '2.0', id: 'n', config, type: 'T' }
  expect(JSON.parse(String(stored('node')?.content))).toEqual(node)
  expect(stored('node')?.hash).toBe(contentHash(node))
  expect(stored('script')?.hash).toBe(contentHash({ source: 'x', name: 'Decide', id: 's' }))
})
