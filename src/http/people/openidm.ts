import { changePerson, createPerson, patchPerson, people } from '../../../contract/people.ts'
import { userSchema } from '../../attributes/user-schema.ts'
import { badRequest, notFound, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { collection, envelope, pick, wholeNumber } from '../../crest/collection.ts'
import { parseQueryFilter, type QueryFilter } from '../../crest/query-filter.ts'
import type { Identities } from '../../people/identities.ts'
import type { Identity } from '../../people/identity.ts'
import { personOf } from '../../people/managed-object.ts'
import { parsePatch } from '../../people/patch-operations.ts'
import { peopleRulesOf, type Realm } from '../../realms/realm.ts'
import { realmOfUserObject } from '../realm-path.ts'
import {
  type Answer,
  always,
  bodyObject,
  byAction,
  type Call,
  type Handle,
  param,
  type Resource,
  type Route,
} from '../route.ts'
import { dangerousAction, dangerousPatch, dangerousReplacement } from './dangerous-person-writes.ts'
import { requireMayChange } from './granted-roles.ts'
import type { PersonAction } from './person-actions.ts'
import { personView } from './person-view.ts'

type OpenidmDependencies = {
  identities: Identities
  findRealm(path: string): Promise<Realm | undefined>
}

const resource: Resource = {
  kind: 'person',
  kindByAction: { setRoles: 'role', resetPassword: 'password' },
  isPerson: true,
  realmOf: ({ params }) => realmOfUserObject(params.object ?? '') ?? '/',
}

/** Maximum people in a response, and maximum number that can be sorted. */
const maxPageSize = 10_000

/**
 * People as managed objects. Source: "Managed objects" of the vendor's identity management REST reference.
 * @param actions further actions, which the vendor doesn't have.
 */
export function openidmRoutes(
  from: OpenidmDependencies,
  actions: Readonly<Record<string, PersonAction>> = {},
): Route[] {
  const at = { access: 'people' as const, resource, actsOn: (call: Call) => realmOf(call, from) }
  const on = handlerFor(from)
  return [
    { ...at, ...people.list, summary: 'Finds people.', handle: on(query) },
    {
      ...at,
      ...createPerson,
      summary: 'Creates a person (`_action=create`).',
      handle: byAction({ create: on(create) }),
    },
    { ...at, ...people.read, summary: 'Reads a person.', handle: on(read) },
    ...changes(from).map((route) => ({ ...at, ...route })),
    {
      ...at,
      ...changePerson,
      dangerous: dangerousAction(existingOf(from)),
      summary:
        'Changes attributes of a person (`patch`, for clients that cannot send PATCH), sets roles (`setRoles`), resets the password (`resetPassword`) or ends a lockout (`unlock`).',
      handle: byAction({
        ...Object.fromEntries(Object.entries(actions).map(([name, act]) => [name, on(act)])),
        patch: on(patch),
      }),
    },
    {
      ...at,
      method: 'GET',
      path: '/openidm/schema/managed/:object',
      summary: 'Reads the attributes of people and the policies for their values.',
      handle: on(async (path, call) => {
        const realm = await from.findRealm(path)
        return { body: userSchema(param(call, 'object'), peopleRulesOf(realm)) }
      }),
    },
  ]
}

function changes(from: OpenidmDependencies): Omit<Route, 'access'>[] {
  const on = handlerFor(from)
  const existing = existingOf(from)
  return [
    {
      ...people.save,
      dangerous: dangerousReplacement(existing),
      summary: 'Creates or replaces a person.',
      handle: on(put),
    },
    {
      ...patchPerson,
      dangerous: dangerousPatch(existing),
      summary: 'Changes attributes of a person.',
      handle: on(patch),
    },
    { ...people.remove, dangerous: always, summary: 'Deletes a person.', handle: on(remove) },
  ]
}

function existingOf(from: OpenidmDependencies): (call: Call) => Promise<Identity | undefined> {
  return async (call) => from.identities.findById(await realmOf(call, from), param(call, 'id'))
}

type InRealm = (realm: string, call: Call, identities: Identities) => Promise<Answer>

/** Runs a handler in the realm of the managed object type in the path. */
function handlerFor(from: OpenidmDependencies): (handle: InRealm) => Handle {
  return (handle) => async (call) => handle(await realmOf(call, from), call, from.identities)
}

async function realmOf(call: Call, { findRealm }: OpenidmDependencies): Promise<string> {
  const object = param(call, 'object')
  const path = realmOfUserObject(object)
  const realm = path === undefined ? undefined : await findRealm(path)
  if (realm?.isActive !== true) throw notFound(`Resource 'managed/${object}' not found`)
  return realm.path
}

async function query(realm: string, { query: asked }: Call, identities: Identities): Promise<Answer> {
  const filter = parseQueryFilter(filterOf(asked))
  const fields = asked.get('_queryId') === 'query-all-ids' ? '_id' : asked.get('_fields')
  const show = personView(identities, fields)
  const total = await totalOf(realm, filter, asked, identities)
  const sortKeys = asked.get('_sortKeys')?.trim() ?? ''
  // The store can order by username.
  const isInOrder = sortKeys === '' || /^\+?\/?userName$/.test(sortKeys)
  if (!isInOrder || asked.has('_pagedResultsOffset')) {
    const page = await sortedPage(realm, filter, asked, identities)
    return { body: { ...envelope(page.identities.map(show), page.cookie), ...total } }
  }
  const { identities: found, next } = await identities.search(realm, {
    filter,
    limit: Math.min(wholeNumber(asked, '_pageSize') || maxPageSize, maxPageSize),
    after: keyOfCookie(asked.get('_pagedResultsCookie')),
    order: sortKeys === '' ? 'id' : 'userName',
  })
  return { body: { ...envelope(found.map(show), next === undefined ? null : cookieOf(next)), ...total } }
}

/** @throws RequestError 400 if there are too many people to sort. */
async function sortedPage(
  realm: string,
  filter: QueryFilter,
  asked: URLSearchParams,
  identities: Identities,
) {
  const found = await identities.search(realm, { filter, limit: maxPageSize })
  if (found.next !== undefined) throw badRequest('Too many people to sort or skip: narrow the filter')
  const byId = new Map(found.identities.map((identity) => [identity.id, identity]))
  const whole = new URLSearchParams(asked)
  whole.delete('_fields')
  const { result, pagedResultsCookie: cookie } = collection(found.identities.map(personOf), whole)
  return { identities: result.flatMap(({ _id }) => byId.get(String(_id)) ?? []), cookie }
}

/** The count of all matches, if the client requests it. */
async function totalOf(
  realm: string,
  filter: QueryFilter,
  asked: URLSearchParams,
  identities: Identities,
): Promise<JsonObject> {
  if (asked.get('_totalPagedResultsPolicy')?.toUpperCase() !== 'EXACT') return {}
  const { count, isExact } = await identities.count(realm, filter)
  return { totalPagedResultsPolicy: isExact ? 'EXACT' : 'ESTIMATE', totalPagedResults: count }
}

function filterOf(asked: URLSearchParams): string {
  const filter = asked.get('_queryFilter')
  if (filter !== null) return filter
  if (/^query-all(-ids)?$/.test(asked.get('_queryId') ?? '')) return 'true'
  throw badRequest('A query needs _queryFilter, or _queryId=query-all or query-all-ids')
}

async function create(realm: string, call: Call, identities: Identities): Promise<Answer> {
  return answerWith(call, await identities.create(realm, bodyObject(call)), 201)
}

async function read(realm: string, call: Call, identities: Identities): Promise<Answer> {
  const identity = await identities.read(realm, param(call, 'id'))
  const body = personView(identities, call.query.get('_fields'))(identity)
  return { body, headers: { etag: `"${identity.rev}"` } }
}

async function put(realm: string, call: Call, identities: Identities): Promise<Answer> {
  const id = param(call, 'id')
  const existing = await identities.findById(realm, id)
  await requireMayChange(call, existing)
  const isNew = existing === undefined
  const rev = expectedRevision(call)
  if (isNew && rev === undefined) {
    return answerWith(call, await identities.create(realm, bodyObject(call), { id }), 201)
  }
  if (!isNew && call.headers['if-none-match'] === '*') throw new RequestError(412, `Object ${id} exists`)
  const context = { rev, actingSession: await actingSession(call) }
  return answerWith(call, await identities.replace(realm, id, bodyObject(call), context))
}

async function patch(realm: string, call: Call, identities: Identities): Promise<Answer> {
  await requireMayChange(call, await identities.findById(realm, param(call, 'id')))
  const operations = parsePatch(call.body)
  const context = { rev: expectedRevision(call), actingSession: await actingSession(call) }
  return answerWith(call, await identities.patch(realm, param(call, 'id'), operations, context))
}

async function remove(realm: string, call: Call, identities: Identities): Promise<Answer> {
  await requireMayChange(call, await identities.findById(realm, param(call, 'id')))
  return answerWith(call, await identities.remove(realm, param(call, 'id'), expectedRevision(call)))
}

function answerWith(call: Call, identity: Identity, status = 200): Answer {
  const body = pick(personOf(identity), call.query.get('_fields'))
  return { status, body, headers: { etag: `"${identity.rev}"` } }
}

async function actingSession(call: Call): Promise<string | undefined> {
  return (await call.session())?.session.tokenHash
}

/** `If-Match`, with or without quotes. */
function expectedRevision({ headers }: Call): string | undefined {
  return headers['if-match']?.replace(/^(?:W\/)?"(.*)"$/, '$1')
}

function cookieOf(key: string): string {
  return Buffer.from(`after:${key}`).toString('base64url')
}

function keyOfCookie(cookie: string | null): string {
  if (cookie === null || cookie === '') return ''
  const [, key] = /^after:(.+)$/s.exec(Buffer.from(cookie, 'base64url').toString()) ?? []
  if (key === undefined) throw badRequest('The query parameter _pagedResultsCookie is invalid')
  return key
}
