import type { AuditBook, NewEntry } from '../../audit/audit-book.ts'
import type { Thing } from '../../audit/audit-entry.ts'
import { defined } from '../../base/defined.ts'
import { RequestError } from '../../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { isStaffAccess } from '../guards/rights.ts'
import {
  type Answer,
  type Call,
  type Handle,
  isRead,
  type Reply,
  type Resource,
  type Route,
} from '../route.ts'
import { type Subject, subjectOf } from './audited-subject.ts'
import { commonOf, partyOf } from './call-audit.ts'

/**
 * Wraps every writing route of staff, so that each write leaves an entry in the audit book: saved before the handler runs, and
 * completed afterwards. The GET route of the same path provides the state before the write.
 */
export function auditedWrites(routes: readonly Route[], from: { auditBook: AuditBook }): Route[] {
  const reads = new Map(
    routes.filter(({ method }) => method === 'GET').map((route) => [route.path, route.handle]),
  )
  return routes.map((route) => {
    if (!isStaffAccess(route.access) || route.access === 'helpdesk' || route.method === 'GET') return route
    const { resource } = route
    if (resource === undefined)
      throw new Error(`${route.method} ${route.path} names no resource for its audit entry`)
    const read = isOfOneThing(route) ? reads.get(route.path) : undefined
    return { ...route, handle: audited({ ...route, resource }, read, from) }
  })
}

type AuditedRoute = Route & { resource: Resource }

function audited(
  route: AuditedRoute,
  read: Handle | undefined,
  { auditBook }: { auditBook: AuditBook },
): Handle {
  const handle: Handle = async (call) => {
    if (isReading(route, call)) return route.handle(call)
    const before = read === undefined ? undefined : await documentOf(read, call)
    const entry = entryOf(
      call,
      subjectOf(route.resource, call, before ?? call.body),
      operationOf(route, call, before),
    )
    const who = (await call.session())?.session
    return auditBook.during(
      { ...entry, ...defined({ who: who && partyOf(who) }) },
      async () => route.handle(call),
      (reply) => completed(route, call, entry, before, reply),
    )
  }
  return Object.assign(handle, defined({ actions: route.handle.actions }))
}

/** Whether GET on the same path returns the changed thing. After a POST to a list, it is new. */
function isOfOneThing({ method, path }: Route): boolean {
  return method !== 'POST' || /\/:\w+$/.test(path)
}

function isReading(route: Route, call: Call): boolean {
  return route.method === 'POST' && (isRead(route, call) || route.isDryRun?.(call) === true)
}

/** The document that the GET route returns; undefined if there is none. */
async function documentOf(read: Handle, call: Call): Promise<JsonObject | undefined> {
  try {
    return bodyOf(await read(call))
  } catch (error) {
    if (error instanceof RequestError) return undefined
    throw error
  }
}

function operationOf({ method }: Route, { query }: Call, before: JsonObject | undefined): Operation {
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
    ...defined({ whom }),
    what: {
      kind,
      ...defined({ id, name }),
      ...operation,
    },
  }
}

/** The result of the write: id and name of a new thing, and the names of changed fields. */
function completed(
  { resource }: AuditedRoute,
  call: Call,
  { what }: { what: Thing },
  before: JsonObject | undefined,
  reply: Reply,
): Partial<NewEntry> {
  const after = bodyOf(reply)
  const { id, name, whom } = subjectOf(resource, call, { ...before, ...after })
  const fields =
    what.operation === 'UPDATE' && before !== undefined && after !== undefined
      ? { fields: changedFields(before, after) }
      : {}
  return {
    // rule R13: otherwise the realm of a discarded entry does not see that it was discarded
    ...defined({ realm: resource.realmIn?.(after ?? {}), whom }),
    what: {
      ...what,
      ...defined({ id, name }),
      ...fields,
    },
  }
}

function bodyOf(reply: Reply): JsonObject | undefined {
  const { body }: Answer = 'stream' in reply ? {} : reply
  return isJsonObject(body) ? body : undefined
}

/** Maximum depth of reported names: `nodes.<id>` and `lockout.maxFailures`. Deeper members may be content rather than names. */
const maxDepth = 2

/** Members that the server computes. */
const ours = /^(draft\.)?(_(id|rev|type|outcomes|findings)|saves|saved\w+|isDefault|isBehind)(\.|$)/

/** The names of members that differ, `parent.child` for nested ones. Omits values, which may be secrets. */
function changedFields(before: JsonObject, after: JsonObject): string[] {
  return differences(before, after, 1).filter((name) => !ours.test(name))
}

function differences(before: JsonObject, after: JsonObject, depth: number): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return names.flatMap((name) => {
    const [left, right] = [own(before, name), own(after, name)]
    if (JSON.stringify(left) === JSON.stringify(right)) return []
    if (depth === maxDepth || !isJsonObject(left) || !isJsonObject(right)) return [name]
    return differences(left, right, depth + 1).map((inner) => `${name}.${inner}`)
  })
}

function own(object: JsonObject, name: string): Json {
  return Object.hasOwn(object, name) ? (object[name] ?? null) : null
}
