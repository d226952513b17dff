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

/** Account state of a person, kept beside their attributes. `lockedUntil` is ISO 8601. */
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

export type PersonRow = z.infer<typeof rowSchema>

const pageSchema = z.object({
  result: z.array(rowSchema),
  pagedResultsCookie: z.nullable(z.string()),
  totalPagedResultsPolicy: z._default(z.string(), 'NONE'),
  totalPagedResults: z._default(z.number(), -1),
})

export type PeopleQuery = {
  /** Each word must be in a name, the email address or the telephone number. */
  text: string
  status: 'all' | 'active' | 'inactive'
  /** Attributes to sort by, with `-` for descending. Attributes other than `userName` work for up to 10,000 people. */
  sort: string
  /** Cookie of the previous page. */
  cookie?: string | undefined
  signal?: AbortSignal
}

/** `total` is a lower bound unless `isExact`. */
export type PeoplePage = { people: PersonRow[]; next: string | null; total: number; isExact: boolean }

const pageSize = 50

/** Source: `docs/operations-wire.md`, "Identities". @throws ApiError 400 when there are too many people to sort. */
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
  // The server bounds each search. An empty page with a cookie means that it has not searched everybody yet.
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

const foundSchema = z.pick(rowSchema, { _id: true, userName: true, givenName: true, sn: true, mail: true })

/** A person in the results of a search. */
export type FoundPerson = z.infer<typeof foundSchema>

const maxFound = 6

/** The first people whose data contains all words. The server looks through a limited number of people. */
export async function findPeople(realm: string, text: string, signal: AbortSignal): Promise<FoundPerson[]> {
  const { result } = await request(z.object({ result: z.array(foundSchema) }), objectPath(realm), {
    query: {
      _queryFilter: filterFrom({ text, status: 'all' }),
      _fields: 'userName,givenName,sn,mail',
      _sortKeys: 'userName',
      _pageSize: maxFound,
    },
    signal,
  })
  return result
}

/** Number of people in a realm; a lower bound for very large realms. */
export async function countPeople(realm: string): Promise<number> {
  const { totalPagedResults } = await request(
    z.object({ totalPagedResults: z.number() }),
    objectPath(realm),
    { query: { _queryFilter: true, _fields: '_id', _pageSize: 1, _totalPagedResultsPolicy: 'EXACT' } },
  )
  return totalPagedResults
}

const maxSuggestions = 8

/** Usernames of people whose username, name or email address starts with the text. */
export async function suggestUserNames(realm: string, text: string, signal?: AbortSignal): Promise<string[]> {
  const begins = ['userName', 'givenName', 'sn', 'mail'].map((name) => `${name} sw ${JSON.stringify(text)}`)
  const { result } = await request(
    z.object({ result: z.array(z.object({ userName: z.string() })) }),
    objectPath(realm),
    { query: { _queryFilter: anyOf(begins), _fields: 'userName', _pageSize: maxSuggestions }, signal },
  )
  return [...new Set(result.map(({ userName }) => userName))]
}

const searchedAttributes = ['userName', 'givenName', 'sn', 'mail', 'telephoneNumber']

function filterFrom({ text, status }: Pick<PeopleQuery, 'text' | 'status'>): string {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const inWords = words.map((word) =>
    anyOf(searchedAttributes.map((name) => `${name} co ${JSON.stringify(word)}`)),
  )
  const digits = text.replace(/\D/g, '')
  const isNumber = digits.length >= 3 && /^[\d\s+()./-]+$/.test(text.trim())
  const alternatives = [
    ...(words.length === 0 ? [] : [inWords.join(' and ')]),
    ...(isNumber ? [`telephoneNumber co "${digits}"`] : []),
  ]
  const terms = [
    ...(alternatives.length === 0 ? [] : [anyOf(alternatives)]),
    ...(status === 'all' ? [] : [`accountStatus eq "${status}"`]),
  ]
  return terms.length === 0 ? 'true' : terms.join(' and ')
}

function anyOf(terms: readonly string[]): string {
  return `(${terms.join(' or ')})`
}

const documentSchema = z.record(z.string(), z.json())

/** A person with all attributes. `revision` is the ETag. */
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

/** @throws ApiError 403 or 409 with the failed policies, 412 when the id is taken. @returns the id. */
export async function createPerson(realm: string, object: JsonObject): Promise<string> {
  const made = await request(z.object({ _id: z.string() }), objectPath(realm), {
    method: 'POST',
    query: { _action: 'create' },
    body: object,
  })
  return made._id
}

/** Without a value, the attribute is removed. */
export type AttributeChange = { field: string; value?: unknown }

/**
 * @param revision of the person that was read; without it, concurrent changes are overwritten.
 * @throws ApiError 403 or 409 with the failed policies, 412 after a concurrent change.
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

/** Unlocks a person who entered too many wrong passwords. */
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

/** The generated password, which cannot be read again, or the address that got a reset link. */
export type PasswordReset = z.infer<typeof resetSchema>

/**
 * Sets a temporary password that the person must change at the next sign-in, or emails them a reset link.
 * @param how without members, the server generates a password.
 * @throws ApiError 403 with the policies that the given password fails, 409 when the link cannot be emailed.
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
