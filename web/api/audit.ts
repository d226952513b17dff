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

/** There will be members that this page does not know: it shows them all the same. */
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

/** An audit entry; members without a value are left out. */
export type AuditEntry = z.infer<typeof entrySchema>
export type AuditParty = z.infer<typeof partySchema>
export type AuditThing = z.infer<typeof thingSchema>

/** How long entries are kept (days, 0 for all), and where their chain begins and ends. */
export type AuditTrailSettings = z.infer<typeof trailSchema>

/** An entry by its place in the chain and its hash. */
export type AuditHead = z.infer<typeof linkSchema>

/** Whether the chain is whole; if not, from which entry on, and why in a few words. */
export type AuditVerdict = z.infer<typeof verdictSchema>

/** What is looked for: all that is set must fit. Times are ISO 8601, `to` is not included. */
export type AuditFilter = {
  /** Event names, comma between. */
  event?: string | undefined
  who?: string | undefined
  whom?: string | undefined
  transaction?: string | undefined
  ticket?: string | undefined
  from?: string | undefined
  to?: string | undefined
  text?: string | undefined
  /** In the root realm alone. */
  allRealms?: boolean | undefined
}

export type AuditPage = { entries: AuditEntry[]; cookie: string | undefined }

/** Newest first. A page may be short, even empty, and still have a cookie: the search is bounded. */
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

/** @throws ApiError 404 when there is none, or it is another realm's. */
export function readAuditEntry(realm: string, id: string, signal?: AbortSignal): Promise<AuditEntry> {
  return request(entrySchema, `${auditPath(realm)}/${encodeURIComponent(id)}`, { signal })
}

/** All that the filter finds, as JSON lines. */
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

/** Checks the whole chain, and against an end of it that was written down before. */
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
