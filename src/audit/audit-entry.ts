import { z } from 'zod'

/** Texts of an entry are short and without control characters: what is longer is cut, so that nothing hides in one. */
function text(maxLength: number) {
  return z.string().transform((value) => value.replace(/\p{Cc}+/gu, ' ').slice(0, maxLength))
}

/** What is over is left out. */
function listOf(item: z.ZodType<string, string>, maxLength: number) {
  return z.array(item).transform((items) => items.slice(0, maxLength))
}

const name = text(255)

/** Somebody: who did it, or whom it was done to. */
const partySchema = z.object({
  id: name,
  name: name.exactOptional(),
  realm: name,
})

/** What was changed: its kind and name, what was done, and the names of fields. There is no place for a value. */
const thingSchema = z.object({
  kind: text(64),
  id: name.exactOptional(),
  name: name.exactOptional(),
  operation: z.enum(['CREATE', 'UPDATE', 'DELETE', 'ACTION']),
  /** Of `ACTION`. */
  action: text(64).exactOptional(),
  fields: listOf(text(128), 100).exactOptional(),
})

/**
 * An audit event as it is kept. The members are a closed set, each with its own type: whatever else comes along is
 * left out, so that no password, token, answer or transaction id has a way in. The order of the members is the order in
 * which they are written and hashed.
 */
export const auditEntrySchema = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  realm: name,
  eventName: text(64),
  /** `UNKNOWN`: the server died while it was being done. */
  result: z.enum(['SUCCESSFUL', 'FAILED', 'UNKNOWN']).exactOptional(),
  who: partySchema.exactOptional(),
  whom: partySchema.exactOptional(),
  what: thingSchema.exactOptional(),
  /** Of the help desk. */
  ticket: text(64).exactOptional(),
  /** Of a transaction: ours and the opener's. */
  trackingIds: listOf(text(64), 4).exactOptional(),
  ip: text(64).exactOptional(),
  correlationId: text(128).exactOptional(),
  journey: name.exactOptional(),
  /** Of a node that ran. */
  node: z.object({ id: name, type: name, name, outcome: name }).exactOptional(),
  /** How many: people found, rows removed. */
  count: z.number().exactOptional(),
  /** Keyed hash of a search text: equal texts have equal hashes, and the text cannot be guessed from it without the key. */
  textHash: text(64).exactOptional(),
})

export type AuditEntry = z.output<typeof auditEntrySchema>

export type Party = NonNullable<AuditEntry['who']>
export type Thing = NonNullable<AuditEntry['what']>

/** The text of an entry that is kept and hashed: always the same for the same entry. */
export function canonicalText(entry: AuditEntry): string {
  return JSON.stringify(auditEntrySchema.parse(entry))
}

/** An entry as it was kept. @throws Error for a text that is none. */
export function readEntry(content: string): AuditEntry {
  return auditEntrySchema.parse(JSON.parse(content))
}
