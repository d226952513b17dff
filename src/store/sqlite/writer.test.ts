import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { OperationError } from '../../base/errors.ts'
import { migrate } from '../migrations/migrate.ts'
import { guarded, query } from '../query.ts'
import type { SecretTable } from '../tables.ts'
import { type Connection, connect } from './connection.ts'
import { migrationDialect } from './migration-dialect.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { createWriter, type Writer } from './writer.ts'

const insert = query<SecretTable>((db, $) => db.insertInto('secrets').values($))
const remove = query<{ name: string }>((db, $) => db.deleteFrom('secrets').where('name', '=', $.name))
const removeAll = query<Record<string, never>>((db) => db.deleteFrom('secrets'))
const names = query<Record<string, never>>((db) => db.selectFrom('secrets').select('name').orderBy('name'))
const save = (name: string, sealed = '') => insert({ name, sealed })

describe('the writer', () => {
  let connection: Connection
  let writer: Writer
  beforeEach(async () => {
    const file = join(temporaryFolder(), 'test.db')
    writeFileSync(file, '')
    connection = connect(file, { isReadOnly: false })
    onTestFinished(() => connection.raw.close())
    await migrate(new Kysely({ dialect: migrationDialect(connection.raw) }))
    writer = createWriter(connection)
  })
  const saved = () => connection.run(names({})).rows.map(({ name }) => name)

  test('undoes only its own unit when a guard refuses', async () => {
    const results = await Promise.all([
      writer.write([save('a')]),
      writer.write([save('b'), guarded(save('a'), 'taken'), save('c')]),
      writer.write([save('d')]),
    ])
    expect(results.map(({ kind }) => kind)).toEqual(['saved', 'refused', 'saved'])
    expect(results[1]).toEqual({ kind: 'refused', guard: 'taken' })
    expect(saved()).toEqual(['a', 'd'])
  })

  test('rejects only the unit of a failed statement', async () => {
    const results = await Promise.allSettled([
      writer.write([save('a')]),
      writer.write([save('b'), save('a')]),
      writer.write([save('c')]),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: expect.any(OperationError) })
    expect(saved()).toEqual(['a', 'c'])
  })

  test('undoes a refused or failed unit of one statement alone', async () => {
    await writer.write([save('a')])
    const results = await Promise.allSettled([
      writer.write([save('b')]),
      writer.write([guarded(save('a'), 'taken')]),
      writer.write([guarded(remove({ name: 'unknown' }), 'unknown')]),
      writer.write([save('a')]),
      writer.write([save('c')]),
    ])
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value.kind : 'failed'))).toEqual([
      'saved',
      'refused',
      'refused',
      'failed',
      'saved',
    ])
    expect(saved()).toEqual(['a', 'b', 'c'])
  })

  test('saves nothing of a batch in which a guarded statement alone wrote several rows', async () => {
    await writer.write([save('a'), save('b')])
    const results = await Promise.allSettled([
      writer.write([save('c')]),
      writer.write([guarded(removeAll({}), 'one')]),
    ])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(saved()).toEqual(['a', 'b'])
  })

  test('commits the units of one turn together', async () => {
    connection.raw.exec('pragma wal_checkpoint(truncate)')
    await Promise.all(Array.from({ length: 50 }, (_, i) => writer.write([save(`${i}`)])))
    // One page of the table and one of its index. Fifty commits would have written both fifty times.
    expect(walFrames(connection)).toBeLessThan(10)
  })

  test('rejects with the reason when the disk is full, and stays usable', async () => {
    await writer.write([save('a')])
    const pages = connection.raw.prepare('pragma page_count').get()?.page_count
    connection.raw.exec(`pragma max_page_count = ${pages}`)
    const large = writer.write([save('large', 'x'.repeat(100_000))])
    await expect(large).rejects.toThrow('database or disk is full')
    expect(saved()).toEqual(['a'])

    connection.raw.exec('pragma max_page_count = 100000')
    expect((await writer.write([save('large', 'x'.repeat(100_000))])).kind).toBe('saved')
    expect(saved()).toEqual(['a', 'large'])
  })

  test('rejects every unit of a batch when its commit fails', async () => {
    connection.raw.exec(
      'pragma foreign_keys = ON; create table child (secret text references secrets (name) deferrable initially deferred)',
    )
    const orphan = query<Record<string, never>>((db) =>
      // This table exists only for this test, so Kysely's types don't know it.
      db.insertInto('child' as 'secrets').values({ secret: 'nobody' } as never),
    )
    const results = await Promise.allSettled([writer.write([save('a')]), writer.write([orphan({})])])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(saved()).toEqual([])
    expect((await writer.write([save('b')])).kind).toBe('saved')
  })

  test('saves waiting units on closing and refuses later ones', async () => {
    const waiting = writer.write([save('a')])
    writer.close()
    expect((await waiting).kind).toBe('saved')
    await expect(writer.write([save('b')])).rejects.toThrow('The database is closed')
  })

  test('saves an empty unit', async () => {
    expect(await writer.write([])).toEqual({ kind: 'saved', results: [] })
  })
})

/** Frames in the write-ahead log since the last checkpoint. */
function walFrames({ raw }: Connection): number {
  return Number(raw.prepare('pragma wal_checkpoint(passive)').get()?.log)
}
