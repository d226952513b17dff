import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Collector } from '../database.ts'
import { migrate } from '../migrations/migrate.ts'
import { guarded, query, type Statement } from '../query.ts'
import type { SecretTable } from '../tables.ts'
import { type Connection, connect } from './connection.ts'
import { migrationDialect } from './migration-dialect.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { createWriter, type Writer } from './writer.ts'

const insert = query<SecretTable>((db, $) => db.insertInto('secrets').values($))
const names = query<Record<string, never>>((db) => db.selectFrom('secrets').select('name').orderBy('name'))
const save = (name: string, sealed = '') => insert({ name, sealed })
const marked = (name: string): Statement => ({ ...save(name), collected: [{ name }] })

describe('marked statements', () => {
  let connection: Connection
  let writer: Writer
  let batches: unknown[][]
  let saved: number
  let failures: unknown[]
  beforeEach(async () => {
    const file = join(temporaryFolder(), 'test.db')
    writeFileSync(file, '')
    connection = connect(file, { isReadOnly: false })
    onTestFinished(() => connection.raw.close())
    await migrate(new Kysely({ dialect: migrationDialect(connection.raw) }))
    writer = createWriter(connection)
    batches = []
    failures = []
    saved = 0
    writer.collect(collecting())
  })
  const collecting = (change: Partial<Collector> = {}): Collector => ({
    run(statements, run) {
      batches.push(statements.map(({ values }) => values.name))
      run(save(`batch ${batches.length}`))
    },
    saved: () => void saved++,
    failed: (error) => void failures.push(error),
    ...change,
  })
  const stored = () => connection.run(names({})).rows.map(({ name }) => name)

  test('of all units are replaced together, in order, but not those of a refused or failed unit', async () => {
    await Promise.allSettled([
      writer.write([save('a'), marked('1'), marked('2')]),
      writer.write([marked('refused'), guarded(save('a'), 'taken')]),
      writer.write([marked('failed'), save('a')]),
      writer.write([marked('3'), save('b')]),
    ])
    expect(batches).toEqual([['1', '2', '3']])
    expect(stored()).toEqual(['a', 'b', 'batch 1'])
    expect(saved).toBe(1)
    await writer.write([marked('4')])
    expect(batches).toEqual([['1', '2', '3'], ['4']])
  })

  test('run as they are without a collector', async () => {
    writer.collect(undefined)
    await writer.write([marked('1')])
    expect(stored()).toEqual(['1'])
  })

  test('run as they are if the collector fails, and its changes are undone', async () => {
    const run: Collector['run'] = (_statements, runOne) => {
      runOne(save('half'))
      throw new Error('broken')
    }
    writer.collect(collecting({ run }))
    const [written] = await Promise.all([writer.write([save('a'), marked('1')]), writer.write([marked('2')])])
    expect(written.kind).toBe('saved')
    expect(stored()).toEqual(['1', '2', 'a'])
    expect(failures).toMatchObject([{ message: 'broken' }])
    expect(saved).toBe(0)
  })

  test('are not reported as saved if the commit fails', async () => {
    connection.raw.exec(
      'create table child (secret text references secrets (name) deferrable initially deferred)',
    )
    const run: Collector['run'] = () => connection.raw.exec(`insert into child values ('nobody')`)
    writer.collect(collecting({ run }))
    await expect(writer.write([save('a'), marked('1')])).rejects.toThrow('The database did not save')
    expect(stored()).toEqual([])
    expect(saved).toBe(0)
    writer.collect(collecting())
    await writer.write([marked('2')])
    expect(batches).toEqual([['2']])
    expect(saved).toBe(1)
  })
})
