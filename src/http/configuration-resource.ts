import * as z from 'zod'
import { badRequest, notFound, RequestError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import { resource, revisionOf } from '../crest/collection.ts'
import { isSafeName, safeName } from '../journeys/exchange/read-result.ts'
import type { Answer, Call } from './route.ts'

/** Members of every resource that are not attributes. */
const resourceMembers = new Set(['_id', '_rev', '_type', '_outcomes', '_findings'])

/**
 * Rejects unknown attributes. The vendor's tools then retry without those that `validAttributes` doesn't list.
 * @throws RequestError 400 with AM's message.
 */
export function refuseUnknownAttributes(body: JsonObject, valid: readonly string[]): void {
  const unknown = Object.keys(body).filter((name) => !resourceMembers.has(name) && !valid.includes(name))
  if (unknown.length > 0) {
    throw badRequest('Invalid attribute specified.', { validAttributes: valid.toSorted() })
  }
}

/**
 * Parses a configuration body.
 * @throws RequestError 400 with AM's message; its detail lists the expected value of each invalid member.
 */
export function parseAttributes<Schema extends z.core.$ZodType>(
  schema: Schema,
  body: unknown,
): z.output<Schema> {
  const parsed = z.safeParse(schema, body)
  if (parsed.success) return parsed.data
  throw invalidAttributes(parsed.error)
}

/** AM's answer to a document with invalid members. */
export function invalidAttributes({ issues }: z.core.$ZodError): RequestError {
  const expected = new Map<string, string>()
  for (const { path, message } of issues) {
    const member = path.map(String).join('.')
    // The first issue of a member is the most specific.
    if (!expected.has(member)) expected.set(member, message)
  }
  return invalidAttribute(String(issues[0]?.path[0] ?? ''), Object.fromEntries(expected))
}

/** AM names the attribute by its label, which starts with a capital letter. */
export function invalidAttribute(name: string, detail?: JsonObject): RequestError {
  const label = name.slice(0, 1).toUpperCase() + name.slice(1)
  return badRequest(`Data validation failed for the attribute, ${label}`, detail)
}

/**
 * Checks the id of a new resource.
 * @throws RequestError 400 if it is unsafe in a path.
 */
export function checkedId(id: string): string {
  if (!isSafeName(id)) throw badRequest(`The id must be ${safeName}`)
  return id
}

export function isCreateOnly({ headers }: Call): boolean {
  return headers['if-none-match']?.trim() === '*'
}

/**
 * The revisions in `If-Match`, or `*`. Clients of AM send them without quotes; proxies that compress responses make them weak.
 * Undefined without the header.
 */
export function expectedRevisions({ headers }: Call): string[] | undefined {
  return headers['if-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '').replaceAll('"', ''))
}

/**
 * Handles `If-None-Match: *` (create only) and `If-Match` (update this revision only).
 * @throws RequestError 404 or 412.
 */
export function checkPreconditions(call: Call, stored: JsonObject | undefined): void {
  if (isCreateOnly(call) && stored !== undefined) throw new RequestError(412)
  const expected = expectedRevisions(call)
  if (expected === undefined) return
  if (stored === undefined) throw notFound()
  if (expected.includes('*') || expected.includes(revisionOf(stored))) return
  throw new RequestError(412, 'It changed after it was read. Read it again before you change it.')
}

/** Characters. Proxies accept headers of 4 kB in any case. */
const maxFindings = 3500

/**
 * Names what has no effect here, in a header that clients of the vendor ignore. Headers are short, and have only printable ASCII:
 * other characters become question marks.
 */
export function withFindingsHeader(answer: Answer, findings: readonly string[]): Answer {
  if (findings.length === 0) return answer
  const text = findings.join('; ').replaceAll(/[^\x20-\x7e]/g, '?')
  const header = text.length <= maxFindings ? text : `${text.slice(0, maxFindings)}... and more`
  return { ...answer, headers: { ...answer.headers, 'sidegate-findings': header } }
}

/** An object in a list, with the same revision as when it is read alone. */
export function listed(object: JsonObject): JsonObject {
  return resource(object).body
}

/** The path of a collection below `/json{realm}`, and the id in it. */
type Place = { path: string; id: string }

/** The response to a write: 201 with `Location` for a new resource, otherwise 200. */
export function saved(call: Call, { path, id }: Place, object: JsonObject, isNew: boolean): Answer {
  const answer = resource(object, isNew ? 201 : 200)
  if (!isNew) return answer
  const location = `${call.baseUrl}/json${realmUrl(call.realm.path)}/${path}/${encodeURIComponent(id)}`
  return { ...answer, headers: { ...answer.headers, location } }
}

/** The part of a URL that names the realm. */
export function realmUrl(path: string): string {
  const names = ['root', ...path.split('/').filter((name) => name !== '')]
  return names.map((name) => `/realms/${encodeURIComponent(name)}`).join('')
}
