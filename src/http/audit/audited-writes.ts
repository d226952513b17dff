import type { AuditBook, NewEntry } from '../../audit/audit-book.ts'
import type { Thing } from '../../audit/audit-entry.ts'
import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import { RequestError } from '../../errors.ts'
import { isStaffAccess } from '../guards/rights.ts'
import type { Answer, Call, Handle, Reply, Route } from '../route.ts'
import { type Subject, subjectOf } from './audited-subject.ts'
import { commonOf, partyOf } from './call-audit.ts'
import { changedFields } from './changed-fields.ts'
import { isReadingAction } from './reading-actions.ts'

/**
 * Every write of staff leaves an entry in the audit book: saved before the route's own handler runs, completed
 * after. It follows from the route table, so that a new route cannot forget it. What there was before is what the route's
 * own GET answers.
 */
export function auditedWrites(routes: readonly Route[], from: { auditBook: AuditBook }): Route[] {
  const reads = new Map(
    routes.filter(({ method }) => method === 'GET').map((route) => [route.path, route.handle]),
  )
  return routes.map((route) =>
    isStaffAccess(route.access) && route.access !== 'helpdesk' && route.method !== 'GET'
      ? { ...route, handle: audited(route, isOfOneThing(route) ? reads.get(route.path) : undefined, from) }
      : route,
  )
}

function audited(route: Route, read: Handle | undefined, { auditBook }: { auditBook: AuditBook }): Handle {
  return async (call) => {
    if (isReading(route, call)) return route.handle(call)
    const before = read === undefined ? undefined : await documentOf(read, call)
    const entry = entryOf(call, subjectOf(route, call, before ?? call.body), thingOf(route, call, before))
    const who = (await call.session())?.session
    return auditBook.during(
      { ...entry, ...(who === undefined ? {} : { who: partyOf(who) }) },
      async () => route.handle(call),
      (reply) => completed(route, call, entry, before, reply),
    )
  }
}

/** What is posted to a list is new: the list says nothing about it. */
function isOfOneThing({ method, path }: Route): boolean {
  return method !== 'POST' || /\/:\w+$/.test(path)
}

function isReading(route: Route, { query, body }: Call): boolean {
  if (route.method !== 'POST') return false
  const action = query.get('_action')
  // Trying a script touches nobody unless it is told to.
  if (action === 'try') return !(isJsonObject(body) && body.effects === true)
  return isReadingAction(action) || query.get('dryRun') === 'true'
}

/** The document that the route's GET answers; undefined when there is none. */
async function documentOf(read: Handle, call: Call): Promise<JsonObject | undefined> {
  try {
    return bodyOf(await read(call))
  } catch (error) {
    if (error instanceof RequestError) return undefined
    throw error
  }
}

function thingOf({ method }: Route, { query }: Call, before: JsonObject | undefined): Operation {
  const action = query.get('_action')
  if (method === 'DELETE') return { operation: 'DELETE' }
  if (method === 'POST' && action !== null && action !== 'create' && action !== 'patch')
    return { operation: 'ACTION', action }
  return { operation: before === undefined ? 'CREATE' : 'UPDATE' }
}

type Operation = Pick<Thing, 'operation' | 'action'>

function entryOf(call: Call, subject: Subject, operation: Operation): NewEntry & { what: Thing } {
  const { eventName, realm, kind, id, name, whom } = subject
  return {
    ...commonOf(call),
    realm,
    eventName,
    ...(whom === undefined ? {} : { whom }),
    what: {
      kind,
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name }),
      ...operation,
    },
  }
}

/** What is known once it is done: the id and name of what is new, the names of fields that are different. */
function completed(
  route: Route,
  call: Call,
  { what }: { what: Thing },
  before: JsonObject | undefined,
  reply: Reply,
): Partial<NewEntry> {
  const after = bodyOf(reply)
  const { id, name, whom } = subjectOf(route, call, { ...before, ...after })
  const fields =
    what.operation === 'UPDATE' && before !== undefined && after !== undefined
      ? { fields: changedFields(before, after) }
      : {}
  return {
    ...(whom === undefined ? {} : { whom }),
    what: {
      ...what,
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name }),
      ...fields,
    },
  }
}

function bodyOf(reply: Reply): JsonObject | undefined {
  const { body }: Answer = 'stream' in reply ? {} : reply
  return isJsonObject(body) ? body : undefined
}
