import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import {
  exportAudit,
  listAudit,
  readAuditEvent,
  readAuditSettings,
  saveAuditSettings,
  verifyAudit,
} from '../../../contract/audit.ts'
import type { AuditBook } from '../../audit/audit-book.ts'
import type { AuditFilter, FoundEntry } from '../../audit/audit-search.ts'
import type { AuditTrail } from '../../audit/audit-trail.ts'
import { defined } from '../../base/defined.ts'
import { badRequest, notFound } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { envelope, resource, wholeNumber } from '../../crest/collection.ts'
import type { Realm } from '../../realms/realm.ts'
import { parseBody } from '../body.ts'
import { type Answer, always, byAction, type Call, param, type Reply, type Route } from '../route.ts'
import { partyOf } from './call-audit.ts'
import { cookieOf, sequenceOf } from './sequence-cookie.ts'

type AuditDependencies = { auditBook: AuditBook; audit(call: Call): AuditTrail }

const maxPageSize = 500
const access = 'audit'

/** Reads, exports and verifies the audit trail. */
export function auditRoutes(from: AuditDependencies): Route[] {
  return [
    {
      ...listAudit,
      access,
      summary:
        'Finds audit events, newest first: `event`, `who`, `whom`, `person`, `transaction`, `ticket`, `journey`, `from`, `to`, `text`, `allRealms`.',
      handle: (call) => list(from, call),
    },
    {
      ...exportAudit,
      contentTypes: ['application/x-ndjson'],
      access,
      dangerous: always,
      summary: 'Exports all audit events that match the same parameters, as JSON lines.',
      handle: (call) => exportAll(from, call),
    },
    {
      ...readAuditEvent,
      access,
      summary: 'Reads an audit event.',
      handle: (call) => readOne(from, call),
    },
    ...settingRoutes(from),
  ]
}

function settingRoutes(from: AuditDependencies): Route[] {
  return [
    {
      ...readAuditSettings,
      access,
      summary: 'Reads how long audit events are kept, and the first and last event of their chain.',
      handle: async () => resource(await settings(from)),
    },
    {
      ...saveAuditSettings,
      access: 'administrator',
      dangerous: always,
      resource: { kind: 'audit' },
      summary: 'Sets how long audit events are kept, and whether each node that ran is recorded.',
      handle: (call) => configure(from, call),
    },
    {
      ...verifyAudit,
      access,
      resource: { kind: 'audit' },
      reads: ['verify'],
      summary: 'Verifies the whole chain of audit events (`verify`).',
      handle: byAction({ verify: (call) => verify(from, call) }),
    },
  ]
}

async function list({ auditBook }: AuditDependencies, call: Call): Promise<Answer> {
  const limit = Math.min(wholeNumber(call.query, '_pageSize') || 50, maxPageSize)
  const before = sequenceOf(call.query.get('_pagedResultsCookie'))
  const page = before === undefined ? { limit } : { limit, before }
  const { found, next } = await auditBook.search(filterOf(call), page)
  return { body: envelope(found.map(toResource), next === undefined ? null : cookieOf(next)) }
}

async function readOne({ auditBook }: AuditDependencies, call: Call): Promise<Answer> {
  const sequence = Number(/^\d{1,15}$/.exec(param(call, 'id'))?.[0])
  const found = Number.isInteger(sequence) ? await auditBook.read(sequence) : undefined
  const { path } = call.realm
  // rule S71: otherwise the auditors of a new realm read an event of a removed one by its id
  const isVisible = path === '/' || (found?.entry.realm === path && found.entry.at >= trailStart(call.realm))
  if (found === undefined || !isVisible) throw notFound()
  return { body: toResource(found) }
}

async function exportAll(from: AuditDependencies, call: Call): Promise<Reply> {
  const filter = filterOf(call)
  const who = (await call.session())?.session
  from.audit(call).record({
    eventName: 'SIDEGATE-AUDIT-READ',
    result: 'SUCCESSFUL',
    ...defined({ who: who && partyOf(who) }),
  })
  return {
    stream(reply: FastifyReply) {
      reply
        .type('application/x-ndjson')
        .header('content-disposition', 'attachment; filename="audit.jsonl"')
        .send(Readable.from(linesOf(from.auditBook, filter)))
    },
  }
}

async function* linesOf(auditBook: AuditBook, filter: AuditFilter): AsyncGenerator<string> {
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const { found, next } = await auditBook.search(filter, { limit: maxPageSize, before })
    yield found.map((entry) => `${JSON.stringify(toResource(entry))}\n`).join('')
    if (next === undefined) return
    before = next
  }
}

async function settings({ auditBook }: AuditDependencies): Promise<JsonObject> {
  const { retentionDays, keepsNodes, head, removed } = await auditBook.state()
  const waiting = await auditBook.countWaiting()
  return { _id: '', retentionDays, keepsNodes, first: removed.sequence + 1, last: { ...head }, waiting }
}

async function configure(from: AuditDependencies, call: Call): Promise<Answer> {
  const { retentionDays, keepsNodes } = parseBody(saveAuditSettings.body(), call)
  const current = await from.auditBook.state()
  await from.auditBook.configure({
    retentionDays: retentionDays ?? current.retentionDays,
    keepsNodes: keepsNodes ?? current.keepsNodes,
  })
  return resource(await settings(from))
}

async function verify({ auditBook }: AuditDependencies, call: Call): Promise<Answer> {
  const { head } = parseBody(verifyAudit.actions.verify.body(), call)
  return { body: await auditBook.verify(head) }
}

function filterOf({ realm, query }: Call): AuditFilter {
  const isOfAll = query.get('allRealms') === 'true'
  if (isOfAll && realm.path !== '/') throw badRequest('allRealms needs the root realm')
  const given = (name: string) => query.get(name) || undefined
  const events = given('event')
    ?.split(',')
    .filter((event) => event !== '')
  const optional = {
    events,
    who: given('who'),
    whom: given('whom'),
    person: given('person'),
    transaction: given('transaction'),
    ticket: given('ticket'),
    journey: given('journey'),
    result: given('result'),
    text: given('text'),
    from: timeParameter(query, 'from'),
    to: timeParameter(query, 'to'),
  }
  const from = Math.max(
    optional.from ?? 0,
    // rule S71: otherwise the auditors of a new realm find events of a removed one
    isOfAll ? 0 : trailStart(realm),
  )
  if (from > 0) optional.from = from
  const set = Object.entries(optional).filter(([, value]) => value !== undefined)
  return { realm: isOfAll ? undefined : realm.path, ...Object.fromEntries(set) }
}

/** The trail of an earlier realm at the same path belongs to administrators of the server. */
function trailStart({ createdAt = 0 }: Realm): number {
  return createdAt
}

function toResource({ sequence, hash, entry: { at, ...entry } }: FoundEntry): JsonObject {
  return { _id: String(sequence), timestamp: isoMilliseconds(at), ...entry, hash }
}

/**
 * A time in the query, in ISO 8601 or epoch milliseconds.
 * @throws RequestError 400 for anything else.
 */
function timeParameter(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  const time = /^\d{1,15}$/.test(text)
    ? Number(text)
    : /^\d{4}-\d\d-\d\d/.test(text)
      ? Date.parse(text)
      : Number.NaN
  if (Number.isNaN(time)) throw badRequest(`The query parameter ${name} must be a time in ISO 8601`)
  return time
}

/** `2026-01-31T08:00:00.123Z`. */
function isoMilliseconds(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
