import { hash } from 'node:crypto'
import { readEntry } from './audit-entry.ts'

/** A row of the chain. Numbers count from 1 without gaps, over all realms. */
export type AuditRow = {
  sequence: number
  /** Copies of what the content says, for searches. */
  at: number
  realm: string
  /** The canonical text of the entry. */
  content: string
  /** SHA-256 over the hash of the row before and this row's number and content, in hexadecimal. */
  hash: string
}

/** Where a chain stands: the number and the hash of a row. Before the first: 0 and {@link noHash}. */
export type Link = Pick<AuditRow, 'sequence' | 'hash'>

export const noHash = '0'.repeat(64)

/** The row that comes after another. */
export function nextRow(before: Link, content: string): AuditRow {
  const sequence = before.sequence + 1
  const { at, realm } = readEntry(content)
  return { sequence, at, realm, content, hash: hashOf(before, sequence, content) }
}

/** Why a row does not belong behind another; undefined when it does. */
export function faultOf(before: Link, row: AuditRow): string | undefined {
  if (row.sequence !== before.sequence + 1) return `row ${before.sequence + 1} is missing`
  if (row.hash !== hashOf(before, row.sequence, row.content)) {
    return 'its hash is not that of its content and the row before'
  }
  const { at, realm } = readEntry(row.content)
  return row.at === at && row.realm === realm ? undefined : 'its columns are not what its content says'
}

function hashOf(before: Link, sequence: number, content: string): string {
  return hash('sha256', `${before.hash}\n${sequence}\n${content}`)
}
