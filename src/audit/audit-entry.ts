import { z } from 'zod'

/** Cuts long texts and removes control characters, so that nobody can hide data in an entry. */
function text(maxLength: number) {
  return z.string().transform((value) => value.replace(/\p{Cc}+/gu, ' ').slice(0, maxLength))
}

/** Drops surplus items. */
function listOf(item: z.ZodType<string, string>, maxLength: number) {
  return z.array(item).transform((items) => items.slice(0, maxLength))
}

const name = text(255)

/** The person who acted, or the one affected. */
const partySchema = z.object({
  id: name,
  name: name.exactOptional(),
  realm: name,
})

/** The changed object: kind, name, operation and the names of changed fields, but no values. */
const thingSchema = z.object({
  kind: text(64),
  id: name.exactOptional(),
  name: name.exactOptional(),
  operation: z.enum(['CREATE', 'UPDATE', 'DELETE', 'ACTION']),
  /** Set for the operation `ACTION`. */
  action: text(64).exactOptional(),
  fields: listOf(text(128), 100).exactOptional(),
})

/**
 * A stored audit event. Its members are a closed set with their own types, so that no password, token, answer or
 * transaction id can get in. They are written and hashed in this order.
 */
export const auditEntrySchema = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  realm: name,
  eventName: text(64),
  /** `UNKNOWN`: the server died before the work was completed. */
  result: z.enum(['SUCCESSFUL', 'FAILED', 'UNKNOWN']).exactOptional(),
  who: partySchema.exactOptional(),
  whom: partySchema.exactOptional(),
  what: thingSchema.exactOptional(),
  /** What a transaction is for, as the caller reads it. */
  action: name.exactOptional(),
  /** The help desk's ticket number. */
  ticket: text(64).exactOptional(),
  /** A transaction's reference, which people read aloud. */
  reference: text(64).exactOptional(),
  /** A transaction's tracking ids: ours and the opener's. */
  trackingIds: listOf(text(64), 4).exactOptional(),
  ip: text(64).exactOptional(),
  correlationId: text(128).exactOptional(),
  journey: name.exactOptional(),
  /** An executed node; for a journey that failed, the one that decided it. */
  node: z.object({ id: name, type: name, name, outcome: name }).exactOptional(),
  /** People found or rows deleted. */
  count: z.number().exactOptional(),
  /** Keyed hash of a search text. Equal texts have equal hashes, and guessing the text needs the key. */
  textHash: text(64).exactOptional(),
  /** Id of the journey session that ended, which names its run. */
  run: text(64).exactOptional(),
  /** Why a journey failed, in a text of the server. */
  reason: text(500).exactOptional(),
  /** The times that an export is about; epoch milliseconds. */
  period: z.object({ from: z.number(), to: z.number() }).exactOptional(),
  /** Node types of a journey whose outcome was declared by an administrator: they checked nothing. */
  standIns: listOf(name, 20).exactOptional(),
})

export type AuditEntry = z.output<typeof auditEntrySchema>

export type Party = NonNullable<AuditEntry['who']>
export type Thing = NonNullable<AuditEntry['what']>

/** The stored and hashed text of an entry, identical for equal entries. */
export function canonicalText(entry: AuditEntry): string {
  return JSON.stringify(auditEntrySchema.parse(entry))
}

/** An entry from the text that `canonicalText` returned, without checking it again. */
export function writtenEntry(content: string): AuditEntry {
  // `canonicalText` takes an entry.
  return JSON.parse(content) as AuditEntry
}

/** Parses a stored entry. @throws Error for an invalid text. */
export function readEntry(content: string): AuditEntry {
  return auditEntrySchema.parse(JSON.parse(content))
}
