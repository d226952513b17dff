import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type AuditRow, type Link, nextRow, noHash } from '../../src/audit/chain.ts'

/** Opens the database of a stopped server like an attacker who can write to it, but has no key. */
export function openRaw(folder: string): DatabaseSync {
  return new DatabaseSync(join(folder, 'sidegate.db'))
}

/** Rewrites the chain without the rows that contain a text, with links as a server computes them. */
export function rewriteChain(raw: DatabaseSync, without: string): Link {
  const rows = raw.prepare('select * from audit_rows order by sequence').all() as unknown as AuditRow[]
  raw.exec('delete from audit_rows')
  let last: Link = { sequence: 0, hash: noHash }
  const insert = raw.prepare(
    'insert into audit_rows (sequence, at, realm, content, hash) values (?, ?, ?, ?, ?)',
  )
  for (const { content } of rows.filter((row) => !row.content.includes(without))) {
    const row = nextRow(last, content)
    insert.run(row.sequence, row.at, row.realm, row.content, row.hash)
    last = row
  }
  moveHead(raw, last)
  return last
}

/** Deletes rows at the end. */
export function cutChain(raw: DatabaseSync, count: number): void {
  raw.exec(`delete from audit_rows where sequence > (select head_sequence - ${count} from audit_chain)`)
  const last = raw.prepare('select sequence, hash from audit_rows order by sequence desc limit 1').get()
  moveHead(raw, last as unknown as Link)
}

function moveHead(raw: DatabaseSync, { sequence, hash }: Link): void {
  raw.prepare('update audit_chain set head_sequence = ?, head_hash = ?').run(sequence, hash)
}
