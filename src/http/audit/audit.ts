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
import { envelope, resource, wholeNumber } from '../../crest/collection.ts'
import type { JsonObject } from '../../engine/json.ts'
import { badRequest, notFound } from '../../errors.ts'
import { parseBody } from '../body.ts'
import { type Answer, always, byAction, type Call, param, type Reply, type Route } from '../route.ts'
import { partyOf } from './call-audit.ts'
import { isoMilliseconds, timeAsked } from './time-parameter.ts'

type AuditDependencies = { auditBook: AuditBook; audit(call: Call): AuditTrail }

const maxPageSize = 500
const access = 'audit'

/** What happened, for the record: read, exported, checked. */
export function auditRoutes(from: AuditDependencies): Route[] {
  return [
    {
      ...listAudit,
      access,
      summary:
        'Finds audit events, newest first: `event`, `who`, `whom`, `transaction`, `ticket`, `from`, `to`, `text`, `allRealms`.',
      handle: (call) => list(from, call),
    },
    {
      ...exportAudit,
      access,
      dangerous: always,
      summary: 'Writes all audit events that the same parameters find, as JSON lines.',
      handle: (call) => exportAll(from, call),
    },
    {
      ...readAuditEvent,
      access,
      summary: 'Reads an audit event.',
      handle: (call) => one(from, call),
    },
    ...settingRoutes(from),
  ]
}

function settingRoutes(from: AuditDependencies): Route[] {
  return [
    {
      ...readAuditSettings,
      access,
      summary: 'Tells how long audit events are kept, and where their chain begins and ends.',
      handle: async () => resource(await settings(from)),
    },
    {
      ...saveAuditSettings,
      access: 'administrator',
      resource: { kind: 'audit' },
      summary: 'Says how long audit events are kept, and whether each node that ran is among them.',
      handle: (call) => configure(from, call),
    },
    {
      ...verifyAudit,
      access,
      resource: { kind: 'audit' },
      reads: ['verify'],
      summary: 'Checks the chain of audit events from end to end (`verify`).',
      handle: byAction({ verify: (call) => verify(from, call) }),
    },
  ]
}

async function list({ auditBook }: AuditDependencies, call: Call): Promise<Answer> {
  const limit = Math.min(wholeNumber(call.query, '_pageSize') || 50, maxPageSize)
  const before = sequenceOf(call.query.get('_pagedResultsCookie'))
  const page = before === undefined ? { limit } : { limit, before }
  const { found, next } = await auditBook.search(filterOf(call), page)
  return { body: envelope(found.map(shown), next === undefined ? null : cookieOf(next)) }
}

async function one({ auditBook }: AuditDependencies, call: Call): Promise<Answer> {
  const sequence = Number(/^\d{1,15}$/.exec(param(call, 'id'))?.[0])
  const found = Number.isInteger(sequence) ? await auditBook.read(sequence) : undefined
  const isVisible = call.realm.path === '/' || found?.entry.realm === call.realm.path
  if (found === undefined || !isVisible) throw notFound()
  return { body: shown(found) }
}

async function exportAll(from: AuditDependencies, call: Call): Promise<Reply> {
  const filter = filterOf(call)
  const who = (await call.session())?.session
  from.audit(call).record({
    eventName: 'SIDEGATE-AUDIT-READ',
    result: 'SUCCESSFUL',
    ...(who === undefined ? {} : { who: partyOf(who) }),
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
    yield found.map((entry) => `${JSON.stringify(shown(entry))}\n`).join('')
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
  const { retentionDays, keepsNodes } = parseBody(saveAuditSettings.body, call)
  const held = await from.auditBook.state()
  await from.auditBook.configure({
    retentionDays: retentionDays ?? held.retentionDays,
    keepsNodes: keepsNodes ?? held.keepsNodes,
  })
  return resource(await settings(from))
}

async function verify({ auditBook }: AuditDependencies, call: Call): Promise<Answer> {
  const { head } = parseBody(verifyAudit.actions.verify.body, call)
  return { body: await auditBook.verify(head) }
}

function filterOf({ realm, query }: Call): AuditFilter {
  const isOfAll = query.get('allRealms') === 'true'
  if (isOfAll && realm.path !== '/') throw badRequest('allRealms is for the root realm')
  const given = (name: string) => query.get(name) || undefined
  const events = given('event')
    ?.split(',')
    .filter((event) => event !== '')
  const optional = {
    events,
    who: given('who'),
    whom: given('whom'),
    transaction: given('transaction'),
    ticket: given('ticket'),
    text: given('text'),
    from: timeAsked(query, 'from'),
    to: timeAsked(query, 'to'),
  }
  const set = Object.entries(optional).filter(([, value]) => value !== undefined)
  return { realm: isOfAll ? undefined : realm.path, ...Object.fromEntries(set) }
}

function shown({ sequence, hash, entry: { at, ...entry } }: FoundEntry): JsonObject {
  return { _id: String(sequence), timestamp: isoMilliseconds(at), ...entry, hash }
}

function cookieOf(sequence: number): string {
  return Buffer.from(`before:${sequence}`).toString('base64url')
}

function sequenceOf(cookie: string | null): number | undefined {
  if (cookie === null || cookie === '') return undefined
  const [, sequence] = /^before:(\d{1,15})$/.exec(Buffer.from(cookie, 'base64url').toString()) ?? []
  if (sequence === undefined) throw badRequest('The query parameter _pagedResultsCookie is invalid')
  return Number(sequence)
}
