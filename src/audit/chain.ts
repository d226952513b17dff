import { hash } from 'node:crypto'
import { z } from 'zod'
import { readEntry } from './audit-entry.ts'

export const auditRowSchema = z.object({
  sequence: z.number(),
  /** `at`, `realm` and `correlationId` repeat the content for searches. */
  at: z.number(),
  realm: z.string(),
  /** Null also in rows that servers of 0.1 wrote. */
  correlationId: z.string().nullable(),
  /** The canonical text of the entry. */
  content: z.string(),
  /** Hexadecimal SHA-256 of the previous row's hash, this row's number and content. */
  hash: z.string(),
})

/** A row of the chain. Numbers start at 1 and have no gaps; all realms share them. */
export type AuditRow = z.infer<typeof auditRowSchema>

/** A position in the chain. Before the first row: 0 and {@link noHash}. */
export type Link = Pick<AuditRow, 'sequence' | 'hash'>

export const noHash = '0'.repeat(64)

export function nextRow(before: Link, content: string, entry = readEntry(content)): AuditRow {
  const { at, realm, correlationId = null } = entry
  const sequence = before.sequence + 1
  return { sequence, at, realm, correlationId, content, hash: hashOf(before, sequence, content) }
}

/** The reason why a row can't follow another; undefined if it can. */
export function faultOf(before: Link, row: AuditRow): string | undefined {
  if (row.sequence !== before.sequence + 1) return `row ${before.sequence + 1} is missing`
  // rule H18: otherwise a changed audit event is not detected
  if (row.hash !== hashOf(before, row.sequence, row.content)) {
    return 'its hash does not match its content and the previous row'
  }
  const { at, realm, correlationId } = readEntry(row.content)
  const isSame = row.at === at && row.realm === realm && [null, correlationId].includes(row.correlationId)
  return isSame ? undefined : 'its columns do not match its content'
}

function hashOf(before: Link, sequence: number, content: string): string {
  return hash('sha256', `${before.hash}\n${sequence}\n${content}`)
}
