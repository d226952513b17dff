import { collection, envelope, pick, wholeNumber } from '../crest/collection.ts'
import { parseQueryFilter } from '../crest/query-filter.ts'
import { badRequest, notFound, RequestError } from '../errors.ts'
import type { Identities } from '../identities/identities.ts'
import type { Identity } from '../identities/identity.ts'
import { personOf } from '../identities/managed-object.ts'
import { parsePatch } from '../identities/patch-operations.ts'
import { userSchema } from '../identities/user-schema.ts'
import type { Realm } from '../realms/realm.ts'
import { type Answer, bodyObject, byAction, type Call, param, type Route } from './route.ts'

type OpenidmDependencies = {
  identities: Identities
  findRealm(path: string): Promise<Realm | undefined>
}

/** Most people that one answer holds, and that sorting can see. */
const maxPageSize = 10_000

/** People as managed objects. Source: "Managed objects" of the vendor's identity management REST reference. */
export function openidmRoutes(dependencies: OpenidmDependencies): Route[] {
  const all = '/openidm/managed/:object'
  const one = `${all}/:id`
  const access = 'administrator'
  const withRealm = (handle: (realm: string, call: Call, identities: Identities) => Promise<Answer>) => {
    return async (call: Call) => handle(await realmOf(call, dependencies), call, dependencies.identities)
  }
  return [
    { method: 'GET', path: all, access, summary: 'Finds people.', handle: withRealm(query) },
    {
      method: 'POST',
      path: all,
      access,
      summary: 'Creates a person (`_action=create`).',
      handle: byAction({ create: withRealm(create) }),
    },
    { method: 'GET', path: one, access, summary: 'Reads a person.', handle: withRealm(read) },
    { method: 'PUT', path: one, access, summary: 'Creates or replaces a person.', handle: withRealm(put) },
    {
      method: 'PATCH',
      path: one,
      access,
      summary: 'Changes attributes of a person.',
      handle: withRealm(patch),
    },
    {
      method: 'POST',
      path: one,
      access,
      summary: 'Changes attributes of a person (`_action=patch`), for clients that cannot send PATCH.',
      handle: byAction({ patch: withRealm(patch) }),
    },
    { method: 'DELETE', path: one, access, summary: 'Deletes a person.', handle: withRealm(remove) },
    {
      method: 'GET',
      path: '/openidm/schema/managed/:object',
      access,
      summary: 'Says which attributes people have, and which policies their values must meet.',
      handle: withRealm(async (_realm, call) => ({ body: userSchema(param(call, 'object')) })),
    },
  ]
}

/** `alpha_user` are the people of the realm `/alpha`, `user` those of the root realm. */
async function realmOf(call: Call, { findRealm }: OpenidmDependencies): Promise<string> {
  const object = param(call, 'object')
  const [, name] = /^(?:([\w-]+)_)?user$/.exec(object) ?? [object, undefined]
  const path = object === 'user' ? '/' : `/${name}`
  const realm = object === 'user' || name !== undefined ? await findRealm(path) : undefined
  if (realm?.isActive !== true) throw notFound(`Resource 'managed/${object}' not found`)
  return realm.path
}

async function query(realm: string, { query: asked }: Call, identities: Identities): Promise<Answer> {
  const filter = parseQueryFilter(filterOf(asked))
  const size = Math.min(wholeNumber(asked, '_pageSize') || maxPageSize, maxPageSize)
  const fields = asked.get('_queryId') === 'query-all-ids' ? '_id' : asked.get('_fields')
  if (asked.has('_sortKeys') || asked.has('_pagedResultsOffset')) {
    const found = await identities.search(realm, { filter, limit: maxPageSize })
    if (found.next !== undefined) throw badRequest('Too many people to sort or count off: narrow the filter')
    return { body: collection(found.identities.map(personOf), asked) }
  }
  const after = idOfCookie(asked.get('_pagedResultsCookie'))
  const { identities: found, next } = await identities.search(realm, { filter, limit: size, after })
  const people = found.map((identity) => pick(personOf(identity), fields))
  return { body: envelope(people, next === undefined ? null : cookieOf(next)) }
}

function filterOf(asked: URLSearchParams): string {
  const filter = asked.get('_queryFilter')
  if (filter !== null) return filter
  if (/^query-all(-ids)?$/.test(asked.get('_queryId') ?? '')) return 'true'
  throw badRequest('A query needs _queryFilter, or _queryId=query-all or query-all-ids')
}

async function create(realm: string, call: Call, identities: Identities): Promise<Answer> {
  return shown(call, await identities.create(realm, bodyObject(call)), 201)
}

async function read(realm: string, call: Call, identities: Identities): Promise<Answer> {
  return shown(call, await identities.read(realm, param(call, 'id')))
}

async function put(realm: string, call: Call, identities: Identities): Promise<Answer> {
  const id = param(call, 'id')
  const isNew = (await identities.findById(realm, id)) === undefined
  const rev = revisionAsked(call)
  if (isNew && rev === undefined) {
    return shown(call, await identities.create(realm, bodyObject(call), { id }), 201)
  }
  if (!isNew && call.headers['if-none-match'] === '*') throw new RequestError(412, `Object ${id} exists`)
  return shown(call, await identities.replace(realm, id, bodyObject(call), rev))
}

async function patch(realm: string, call: Call, identities: Identities): Promise<Answer> {
  const operations = parsePatch(call.body)
  return shown(call, await identities.patch(realm, param(call, 'id'), operations, revisionAsked(call)))
}

async function remove(realm: string, call: Call, identities: Identities): Promise<Answer> {
  return shown(call, await identities.remove(realm, param(call, 'id'), revisionAsked(call)))
}

function shown(call: Call, identity: Identity, status = 200): Answer {
  const body = pick(personOf(identity), call.query.get('_fields'))
  return { status, body, headers: { etag: `"${identity.rev}"` } }
}

/** `If-Match`, with or without quotes. */
function revisionAsked({ headers }: Call): string | undefined {
  return headers['if-match']?.replace(/^(?:W\/)?"(.*)"$/, '$1')
}

function cookieOf(id: string): string {
  return Buffer.from(`after:${id}`).toString('base64url')
}

function idOfCookie(cookie: string | null): string {
  if (cookie === null || cookie === '') return ''
  const [, id] = /^after:(.+)$/.exec(Buffer.from(cookie, 'base64url').toString()) ?? []
  if (id === undefined) throw badRequest('The query parameter _pagedResultsCookie is not one of ours')
  return id
}
