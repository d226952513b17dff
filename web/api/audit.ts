import {
  exportAudit as exportEndpoint,
  listAudit as listEndpoint,
  readAuditEvent,
  readAuditSettings,
  saveAuditSettings,
  verifyAudit,
} from '../../contract/audit.ts'
import type { AnswerOf, ValueOf } from '../../contract/endpoint.ts'
import { callAction, callEndpoint, endpointPath } from './endpoint.ts'
import { requestFile } from './request.ts'

/** Members without a value are left out. The page also shows members that it doesn't know. */
export type AuditEntry = AnswerOf<typeof readAuditEvent>
export type AuditParty = NonNullable<AuditEntry['who']>
export type AuditThing = NonNullable<AuditEntry['what']>

/** `retentionDays` 0 keeps all entries. `first` and `last` are the ends of the hash chain. */
export type AuditTrailSettings = AnswerOf<typeof readAuditSettings>

/** An entry by its position in the chain and its hash. */
export type AuditHead = AuditTrailSettings['last']

/** Result of verifying the chain: intact, or broken from one entry on. */
export type AuditVerdict = AnswerOf<typeof verifyAudit.actions.verify>

/** All conditions must match. Times are ISO 8601; `to` is exclusive. */
export type AuditFilter = Omit<ValueOf<typeof exportEndpoint.query>, 'allRealms'> & {
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
  const query = { ...queryOf(filter), _pagedResultsCookie: cookie }
  const { result, pagedResultsCookie } = await callEndpoint(listEndpoint, { realm, query, signal })
  return { entries: result, cookie: pagedResultsCookie ?? undefined }
}

/** @throws ApiError 404 when the entry doesn't exist or belongs to another realm. */
export function readAuditEntry(realm: string, id: string, signal?: AbortSignal): Promise<AuditEntry> {
  return callEndpoint(readAuditEvent, { realm, id, signal })
}

/** All matching entries as JSON lines. */
export function exportAudit(realm: string, filter: AuditFilter): Promise<Blob> {
  return requestFile(endpointPath(exportEndpoint, { realm }), { query: queryOf(filter) })
}

export function readTrail(signal?: AbortSignal): Promise<AuditTrailSettings> {
  return callEndpoint(readAuditSettings, { signal })
}

export function changeTrail(changed: ValueOf<typeof saveAuditSettings.body>): Promise<AuditTrailSettings> {
  return callEndpoint(saveAuditSettings, { body: changed })
}

/** Verifies the whole chain, optionally against a head that was recorded earlier. */
export function verifyTrail(head?: AuditHead): Promise<AuditVerdict> {
  return callAction(verifyAudit, 'verify', { body: { head } })
}

function queryOf({ allRealms, ...filter }: AuditFilter): ValueOf<typeof exportEndpoint.query> {
  return { ...filter, allRealms: allRealms ? 'true' : undefined }
}
