import { randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { unknownOpener } from '../../src/help-desk/transactions/transaction.ts'
import { newTransaction } from '../../src/help-desk/transactions/transactions.ts'
import { openStores } from '../../src/store/stores.ts'
import { userName } from './people.ts'
import { temporaryFolder } from './servers.ts'

const dayMs = 24 * 3_600_000

/**
 * A copy of a data folder with `count` more people and finished transactions. The stores create one of each;
 * SQL copies their rows with new keys, names and times.
 */
export async function filledCopy(folder: string, count: number): Promise<string> {
  const copy = temporaryFolder()
  cpSync(folder, copy, { recursive: true })
  const transaction = await finishedTransaction(copy)
  const database = new DatabaseSync(join(copy, 'sidegate.db'))
  // Without a journal or checks: the copy is disposable, and its rows are like those that the stores wrote.
  database.exec('pragma synchronous = off; pragma journal_mode = off; pragma foreign_keys = off')
  database.exec('pragma cache_size = -2000000')
  try {
    addPeople(database, count)
    addTransactions(database, transaction, count)
    database.exec('pragma journal_mode = wal; pragma analysis_limit = 1000; analyze')
  } finally {
    database.close()
  }
  return copy
}

/**
 * Creates a transaction that was approved after one notification.
 * @returns the hash of its id.
 */
async function finishedTransaction(folder: string): Promise<string> {
  const { transactions, close } = await openStores({ dataFolder: folder, databaseUrl: undefined })
  const now = Date.now()
  const { transaction } = newTransaction(
    {
      realm: '/alpha',
      journey: 'BenchCaller',
      subject: { kind: 'user', id: randomUUID(), name: userName(0) },
      data: { note: 'x'.repeat(300) },
      allowRetry: true,
      trackingId: undefined,
      lifeSeconds: 300,
      openedBy: unknownOpener,
    },
    now,
  )
  const { idHash } = transaction
  try {
    await transactions.apply([{ kind: 'create', transaction }])
    await transactions.apply([{ kind: 'start', idHash, now }])
    await transactions.notify(idHash, 'one', { journeyStatus: 'User has entered their credentials' }, now)
    await transactions.apply([{ kind: 'complete', idHash, now, sessionProperties: {}, reportedAfter: now }])
  } finally {
    await close()
  }
  return idHash
}

function addPeople(database: DatabaseSync, count: number): void {
  const { id, user_name: name } = one(database, 'select id, user_name from identities where user_name = ?', [
    userName(0),
  ])
  const renamed = (column: string) => `replace(${column}, '${name}', 'many-' || n)`
  const newId = `printf('%08x-0000-4000-8000-%012d', n * ${spacing(2 ** 32, count)}, n)`
  copyRows(database, 'identities', { id }, count, {
    id: newId,
    user_name: renamed('user_name'),
    user_name_folded: renamed('user_name_folded'),
    attributes: renamed('attributes'),
  })
  copyRows(database, 'identity_index', { identity_id: id }, count, {
    identity_id: newId,
    value_folded: renamed('value_folded'),
  })
}

/** Spread over the thirty days for which transactions are kept. */
function addTransactions(database: DatabaseSync, idHash: string, count: number): void {
  const ago = `(n % 29) * ${dayMs}`
  const id = `${base64url(`n * ${spacing(64 ** 5, count)}`)} || printf('%038d', n)`
  copyRows(database, 'transactions', { id_hash: idHash }, count, {
    id_hash: id,
    reference: "printf('%s-%d', reference, n)",
    audit_tracking_id: "printf('%08x-%d', (n * 2246822519) % 4294967296, n)",
    created_at: `created_at - ${ago}`,
    expires_at: `expires_at - ${ago}`,
    ended_at: `ended_at - ${ago}`,
  })
  copyRows(database, 'transaction_events', { id_hash: idHash }, count, { id_hash: id, at: `at - ${ago}` })
}

/** New keys ascend, which makes inserts fast, and lie between any two keys that servers choose at random. */
function spacing(keys: number, count: number): number {
  return Math.floor(keys / (count + 1))
}

/** SQL for the first five characters of a base64url key whose number is `value`, in the order of bytes. */
function base64url(value: string): string {
  const alphabet = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
  const digit = (shift: number) => `substr('${alphabet}', 1 + ((${value} >> ${shift}) & 63), 1)`
  return [24, 18, 12, 6, 0].map(digit).join(' || ')
}

/** @param changed SQL for the columns that differ between copies, using the number `n` and the original row. */
function copyRows(
  database: DatabaseSync,
  table: string,
  key: Readonly<Record<string, unknown>>,
  count: number,
  changed: Readonly<Record<string, string>>,
): void {
  const columns = database
    .prepare(`pragma table_info(${table})`)
    .all()
    .map(({ name }) => String(name))
  const [[column, value] = ['', '']] = Object.entries(key)
  const copy = `insert into ${table} (${columns.join()})
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${count})
    select ${columns.map((name) => changed[name] ?? name).join()}
    from numbers cross join (select * from ${table} where ${column} = ?)`
  database.prepare(copy).run(String(value))
}

function one(database: DatabaseSync, sql: string, values: readonly string[]): Record<string, unknown> {
  const row = database.prepare(sql).get(...values)
  if (row === undefined) throw new Error(`nothing to copy: ${sql}`)
  return row
}
