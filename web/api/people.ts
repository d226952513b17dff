import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { userObject } from './realm-path.ts'
import { request } from './request.ts'

const accessSchema = z.object({
  kind: z._default(z.string(), 'user'),
  isActive: z.boolean(),
  isLocked: z.boolean(),
  lockedUntil: z.nullable(z.string()),
  failedPasswords: z._default(z.number(), 0),
  hasPassword: z.boolean(),
  mustChangePassword: z.boolean(),
  roles: z.array(z.string()),
})

/** What is known of somebody beside their attributes. `lockedUntil` is ISO 8601. */
export type Access = z.infer<typeof accessSchema>

const text = z.catch(z.optional(z.string()), undefined)

const rowSchema = z.object({
  _id: z.string(),
  userName: z.string(),
  givenName: text,
  sn: text,
  mail: text,
  telephoneNumber: text,
  _access: accessSchema,
})

/** Somebody in a list. */
export type PersonRow = z.infer<typeof rowSchema>

const pageSchema = z.object({
  result: z.array(rowSchema),
  pagedResultsCookie: z.nullable(z.string()),
  totalPagedResultsPolicy: z._default(z.string(), 'NONE'),
  totalPagedResults: z._default(z.number(), -1),
})

export type PeopleQuery = {
  /** Words, each in a name, the mail address or the telephone number. */
  text: string
  status: 'all' | 'active' | 'inactive'
  /** Attributes to sort by, `-` before one that goes down. Others than `userName` take 10,000 people at most. */
  sort: string
  /** Of the page before. */
  cookie?: string | undefined
  signal?: AbortSignal
}

/** `total` is a lower bound unless `isExact`. */
export type PeoplePage = { people: PersonRow[]; next: string | null; total: number; isExact: boolean }

const pageSize = 50

/** Source: `docs/operations-wire.md`, "Identities". @throws ApiError 400 for too many people to sort. */
export async function listPeople(realm: string, query: PeopleQuery): Promise<PeoplePage> {
  const { sort, cookie, signal } = query
  const page = await request(pageSchema, objectPath(realm), {
    query: {
      _queryFilter: filterFrom(query),
      _fields: 'userName,givenName,sn,mail,telephoneNumber,_access',
      _sortKeys: sort,
      _pageSize: pageSize,
      _totalPagedResultsPolicy: 'EXACT',
      _pagedResultsCookie: cookie,
    },
    signal,
  })
  // Where most people do not fit, the server stops looking after a while: it goes on behind the cookie.
  if (page.result.length === 0 && page.pagedResultsCookie !== null) {
    return listPeople(realm, { ...query, cookie: page.pagedResultsCookie })
  }
  return {
    people: page.result,
    next: page.pagedResultsCookie,
    total: page.totalPagedResults,
    isExact: page.totalPagedResultsPolicy === 'EXACT',
  }
}

/** How many people a realm has; a lower bound where there are very many. */
export async function countPeople(realm: string): Promise<number> {
  const { totalPagedResults } = await request(
    z.object({ totalPagedResults: z.number() }),
    objectPath(realm),
    { query: { _queryFilter: true, _fields: '_id', _pageSize: 1, _totalPagedResultsPolicy: 'EXACT' } },
  )
  return totalPagedResults
}

/** So many are enough to choose from. */
const suggested = 8

/** User names of people whose user name, name or mail address begins so. */
export async function suggestUserNames(realm: string, text: string, signal?: AbortSignal): Promise<string[]> {
  const begins = ['userName', 'givenName', 'sn', 'mail'].map((name) => `${name} sw ${JSON.stringify(text)}`)
  const { result } = await request(
    z.object({ result: z.array(z.object({ userName: z.string() })) }),
    objectPath(realm),
    { query: { _queryFilter: anyOf(begins), _fields: 'userName', _pageSize: suggested }, signal },
  )
  return [...new Set(result.map(({ userName }) => userName))]
}

const searched = ['userName', 'givenName', 'sn', 'mail', 'telephoneNumber']

function filterFrom({ text, status }: PeopleQuery): string {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const inWords = words.map((word) => anyOf(searched.map((name) => `${name} co ${JSON.stringify(word)}`)))
  const digits = text.replace(/\D/g, '')
  const isNumber = digits.length >= 3 && /^[\d\s+()./-]+$/.test(text.trim())
  const wanted = [
    ...(words.length === 0 ? [] : [inWords.join(' and ')]),
    ...(isNumber ? [`telephoneNumber co "${digits}"`] : []),
  ]
  const terms = [
    ...(wanted.length === 0 ? [] : [anyOf(wanted)]),
    ...(status === 'all' ? [] : [`accountStatus eq "${status}"`]),
  ]
  return terms.length === 0 ? 'true' : terms.join(' and ')
}

function anyOf(terms: readonly string[]): string {
  return `(${terms.join(' or ')})`
}

const documentSchema = z.record(z.string(), z.json())

/** Somebody with all attributes. `revision` changes whenever one of them does. */
export type StoredPerson = { id: string; document: JsonObject; revision: string; access: Access }

/** @throws ApiError 404. */
export async function readPerson(realm: string, id: string, signal?: AbortSignal): Promise<StoredPerson> {
  const body = await request(documentSchema, personPath(realm, id), {
    query: { _fields: '*,_access' },
    signal,
  })
  return toStored(body)
}

function toStored({ _id, _rev, _access, ...document }: z.infer<typeof documentSchema>): StoredPerson {
  return { id: String(_id), document, revision: String(_rev), access: z.parse(accessSchema, _access) }
}

/** @throws ApiError 403 or 409 with the policies that are not met, 412 for a taken id. @returns the id. */
export async function createPerson(realm: string, object: JsonObject): Promise<string> {
  const made = await request(z.object({ _id: z.string() }), objectPath(realm), {
    method: 'POST',
    query: { _action: 'create' },
    body: object,
  })
  return made._id
}

/** A change of one attribute; without a value it is taken away. */
export type AttributeChange = { field: string; value?: unknown }

/**
 * @param revision that was read; without it, whatever is there now.
 * @throws ApiError 403 or 409 with the policies that are not met, 412 when somebody else changed the person.
 */
export async function patchPerson(
  realm: string,
  id: string,
  changes: readonly AttributeChange[],
  revision?: string,
): Promise<void> {
  const operations = changes.map(({ field, value }) =>
    value === undefined ? { operation: 'remove', field } : { operation: 'replace', field, value },
  )
  await request(z.unknown(), personPath(realm, id), {
    method: 'PATCH',
    body: operations,
    headers: revision === undefined ? undefined : { 'if-match': `"${revision}"` },
  })
}

/** @throws ApiError 409 for the last administrator. */
export async function removePerson(realm: string, id: string): Promise<void> {
  await request(z.unknown(), personPath(realm, id), { method: 'DELETE' })
}

/** Lets somebody try again whom wrong passwords locked out. */
export async function unlockPerson(realm: string, id: string): Promise<StoredPerson> {
  return toStored(await act(realm, id, 'unlock', documentSchema))
}

/** @throws ApiError 409 for the last administrator. */
export async function setRoles(realm: string, id: string, roles: readonly string[]): Promise<StoredPerson> {
  return toStored(await act(realm, id, 'setRoles', documentSchema, { roles }))
}

const resetSchema = z.object({
  temporaryPassword: z.optional(z.string()),
  mailedTo: z.optional(z.string()),
})

/** What a reset answers: the password that the server made up, shown this once, or where a link was mailed to. */
export type PasswordReset = z.infer<typeof resetSchema>

/**
 * Gives somebody a password that has to be changed at the next sign-in, or mails them a link.
 * @param how nothing lets the server make one up.
 * @throws ApiError 403 with the policies that a given one does not meet, 409 when nothing can be mailed.
 */
export function resetPassword(
  realm: string,
  id: string,
  how: { password?: string; byMail?: boolean } = {},
): Promise<PasswordReset> {
  return act(realm, id, 'resetPassword', resetSchema, how)
}

function act<Schema extends z.ZodMiniType>(
  realm: string,
  id: string,
  action: string,
  schema: Schema,
  body: unknown = {},
): Promise<z.infer<Schema>> {
  return request(schema, personPath(realm, id), { method: 'POST', query: { _action: action }, body })
}

function objectPath(realm: string): string {
  return `/openidm/managed/${encodeURIComponent(userObject(realm))}`
}

function personPath(realm: string, id: string): string {
  return `${objectPath(realm)}/${encodeURIComponent(id)}`
}
