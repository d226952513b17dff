import type { AuditBook } from '../../audit/audit-book.ts'
import type { AuditEntry } from '../../audit/audit-entry.ts'
import type { AuditEventName } from '../../audit/audit-trail.ts'
import { badRequest } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { envelope, wholeNumber } from '../../crest/collection.ts'
import type { Answer, Call, Route } from '../route.ts'
import { cookieOf, sequenceOf } from './sequence-cookie.ts'

type LogDependencies = { auditBook: Pick<AuditBook, 'ofRequests' | 'countWaiting'> }

const source = 'am-authentication'
const endEvent: AuditEventName = 'AM-TREE-LOGIN-COMPLETED'
const events: ReadonlySet<string> = new Set<AuditEventName>(['AM-NODE-LOGIN-COMPLETED', endEvent])

const maxPageSize = 1000

/** The log API of PingOne Advanced Identity Cloud, for the nodes of one run. Source: "Get audit and debug logs". */
export function logRoutes({ auditBook }: LogDependencies): Route[] {
  return [
    {
      method: 'GET',
      path: '/monitoring/logs',
      access: 'logs',
      summary:
        'Reads the nodes of the runs whose client sent this `transactionId`, oldest first; only with `keepsNodes`.',
      handle: (call) => read(auditBook, call),
    },
    {
      method: 'GET',
      path: '/monitoring/logs/sources',
      access: 'logs',
      summary: 'Lists the sources of logs.',
      handle: () => ({ body: { ...envelope([], null), result: [source], resultCount: 1 } }),
    },
  ]
}

/** @throws RequestError 400 without an id: the key gives nobody a list of runs. */
async function read(auditBook: LogDependencies['auditBook'], { query }: Call): Promise<Answer> {
  const id = query.get('transactionId') ?? ''
  if (!/^[\w./-]{8,128}$/.test(id)) throw badRequest('transactionId must be the id that the client sent')
  const sources = (query.get('source') ?? '').split(',')
  if (!sources.includes(source)) return { body: envelope([], null) }
  // Events that are not chained yet could belong to the run, so it is not complete.
  const isSettled = (await auditBook.countWaiting()) === 0
  const limit = Math.min(wholeNumber(query, '_pageSize') || maxPageSize, maxPageSize)
  const after = sequenceOf(query.get('_pagedResultsCookie')) ?? 0
  const { found, next } = await auditBook.ofRequests(id, { after, limit })
  const entries = found.filter(
    ({ entry: { eventName } }) => events.has(eventName) && (isSettled || eventName !== endEvent),
  )
  return {
    body: envelope(
      entries.map(({ sequence, entry }) => logged(sequence, entry, id)),
      next === undefined ? null : cookieOf(next),
    ),
  }
}

/** Without people: a run is read for its nodes. */
function logged(
  sequence: number,
  { at, eventName, result, realm, journey, node }: AuditEntry,
  id: string,
): JsonObject {
  const timestamp = new Date(at).toISOString()
  const info = node && {
    nodeOutcome: node.outcome,
    treeName: journey ?? '',
    displayName: node.name,
    nodeType: node.type,
    nodeId: node.id,
  }
  return {
    source,
    timestamp,
    type: 'application/json',
    payload: {
      _id: String(sequence),
      component: 'Authentication',
      entries: info === undefined ? [] : [{ info }],
      eventName,
      level: 'INFO',
      realm,
      ...(result === undefined ? {} : { result }),
      source: 'audit',
      timestamp,
      topic: 'authentication',
      transactionId: id,
    },
  }
}
