import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { request, requestFile } from './request.ts'

const partySchema = z.object({ id: z.string(), name: z.optional(z.string()), realm: z.string() })

const thingSchema = z.object({
  kind: z.string(),
  id: z.optional(z.string()),
  name: z.optional(z.string()),
  operation: z.string(),
  action: z.optional(z.string()),
  fields: z.optional(z.array(z.string())),
})

/** Loose: the page also shows members that it doesn't know. */
const entrySchema = z.looseObject({
  _id: z.string(),
  timestamp: z.string(),
  realm: z.string(),
  eventName: z.string(),
  result: z.optional(z.string()),
  who: z.optional(partySchema),
  whom: z.optional(partySchema),
  what: z.optional(thingSchema),
  ticket: z.optional(z.string()),
  trackingIds: z.optional(z.array(z.string())),
  ip: z.optional(z.string()),
  correlationId: z.optional(z.string()),
  journey: z.optional(z.string()),
  node: z.optional(z.looseObject({ name: z.string(), outcome: z.string() })),
  count: z.optional(z.number()),
  hash: z.string(),
})

const pageSchema = z.object({ result: z.array(entrySchema), pagedResultsCookie: z.nullable(z.string()) })

const linkSchema = z.object({ sequence: z.number(), hash: z.string() })

const trailSchema = z.object({
  retentionDays: z.number(),
  keepsNodes: z.boolean(),
  first: z.number(),
  last: linkSchema,
  waiting: z.number(),
})

const verdictSchema = z.discriminatedUnion('isWhole', [
  z.object({ isWhole: z.literal(true), rows: z.number(), last: linkSchema }),
  z.object({ isWhole: z.literal(false), rows: z.number(), brokenAt: z.number(), reason: z.string() }),
])

/** Members without a value are left out. */
export type AuditEntry = z.infer<typeof entrySchema>
export type AuditParty = z.infer<typeof partySchema>
export type AuditThing = z.infer<typeof thingSchema>

/** `retentionDays` 0 keeps all entries. `first` and `last` are the ends of the hash chain. */
export type AuditTrailSettings = z.infer<typeof trailSchema>

/** An entry by its position in the chain and its hash. */
export type AuditHead = z.infer<typeof linkSchema>

/** Result of verifying the chain: intact, or broken from one entry on. */
export type AuditVerdict = z.infer<typeof verdictSchema>

/** All conditions must match. Times are ISO 8601; `to` is exclusive. */
export type AuditFilter = {
  /** Comma-separated event names. */
  event?: string | undefined
  who?: string | undefined
  whom?: string | undefined
  transaction?: string | undefined
  ticket?: string | undefined
  from?: string | undefined
  to?: string | undefined
  text?: string | undefined
  /** Only allowed in the root realm. */
  allRealms?: boolean | undefined
}

export type AuditPage = { entries: AuditEntry[]; cookie: string | undefined }

/** Newest first. The server bounds each search, so even an empty page can have a cookie for the next one. */
export async function listAudit(
  realm: string,
  filter: AuditFilter,
  { cookie, signal }: { cookie?: string | undefined; signal?: AbortSignal } = {},
): Promise<AuditPage> {
  const { result, pagedResultsCookie } = await request(pageSchema, auditPath(realm), {
    query: { ...filter, _pagedResultsCookie: cookie },
    signal,
  })
  return { entries: result, cookie: pagedResultsCookie ?? undefined }
}

/** @throws ApiError 404 when the entry doesn't exist or belongs to another realm. */
export function readAuditEntry(realm: string, id: string, signal?: AbortSignal): Promise<AuditEntry> {
  return request(entrySchema, `${auditPath(realm)}/${encodeURIComponent(id)}`, { signal })
}

/** All matching entries as JSON lines. */
export function exportAudit(realm: string, filter: AuditFilter): Promise<Blob> {
  return requestFile(`${auditPath(realm)}/export`, { query: filter })
}

export function readTrail(signal?: AbortSignal): Promise<AuditTrailSettings> {
  return request(trailSchema, settingsPath, { signal })
}

export function changeTrail(
  changed: Partial<Pick<AuditTrailSettings, 'retentionDays' | 'keepsNodes'>>,
): Promise<AuditTrailSettings> {
  return request(trailSchema, settingsPath, { method: 'PUT', body: changed })
}

/** Verifies the whole chain, optionally against a head that was recorded earlier. */
export function verifyTrail(head?: AuditHead): Promise<AuditVerdict> {
  return request(verdictSchema, settingsPath, {
    method: 'POST',
    query: { _action: 'verify' },
    body: head === undefined ? {} : { head },
  })
}

const settingsPath = '/am/json/global-config/audit'

function auditPath(realm: string): string {
  return `${realmPath(realm)}/audit`
}
