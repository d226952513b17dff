import { z } from 'zod'
import { RequestError } from '../base/errors.ts'
import { type Json, jsonObjectSchema, jsonSchema } from '../base/json.ts'
import { collection, envelope, pick } from '../crest/collection.ts'
import { parseQueryFilter } from '../crest/query-filter.ts'
import { type HostCall, HostCallError } from '../sandbox/script-engine.ts'
import { amAttributesOf, managedValues } from './am-attributes.ts'
import type { IdentityUnit } from './identity-unit.ts'
import { parsePatch } from './patch-operations.ts'

/** Maximum people in the result of one script query. */
const maxResults = 1000

type ScriptIdentities = {
  unit: IdentityUnit
  /** AM's long form of a name. */
  universalId(id: string): string
}

/**
 * Answers `openidm.*` for the realm's people, and `idRepository.*`. Changes are saved with the step; creations and
 * deletions take effect immediately.
 * @returns undefined for other calls.
 * @throws HostCallError that the script may catch: unknown resources, policies, revisions.
 */
export async function answerIdentityCall(
  { op, args }: HostCall,
  identities: ScriptIdentities,
): Promise<Json | undefined> {
  const answer = Object.hasOwn(answers, op) ? answers[op] : undefined
  if (answer === undefined) return undefined
  try {
    return await answer(args, identities)
  } catch (error) {
    if (error instanceof RequestError)
      throw new HostCallError(error.message, error.status, error.detail ?? {})
    if (error instanceof z.ZodError) throw new HostCallError(`The arguments of ${op} are not valid`, 400)
    throw error
  }
}

type Answer = (args: Json[], identities: ScriptIdentities) => Promise<Json>

const revision = z
  .string()
  .nullish()
  .transform((rev) => rev ?? undefined)
const fields = z
  .array(z.string())
  .nullish()
  .transform((names) => names?.join(',') ?? null)
const ignored = jsonSchema.optional()
const texts = z.record(z.string(), z.array(z.string()))

const answers: Readonly<Record<string, Answer>> = {
  async 'openidm.create'(args, { unit }) {
    const [resource, newId, content, , names] = z
      .tuple([z.string(), revision, jsonObjectSchema, ignored, fields])
      .parse(args)
    personIn(unit, resource, 'collection')
    return pick(await unit.create(content, newId), names)
  },
  async 'openidm.read'(args, { unit }) {
    const [resource, , names] = z.tuple([z.string(), ignored, fields]).parse(args)
    const id = personIn(unit, resource, 'object')
    const person = await unit.find(id)
    if (person?._id !== id) return null
    return isAccessAsked(names)
      ? { ...pick(person, names), _access: { ...(await unit.accessOf(id)) } }
      : pick(person, names)
  },
  async 'openidm.update'(args, { unit }) {
    const [resource, rev, content, , names] = z
      .tuple([z.string(), revision, jsonObjectSchema, ignored, fields])
      .parse(args)
    return pick(await unit.replace(personIn(unit, resource, 'object'), content, rev), names)
  },
  async 'openidm.patch'(args, { unit }) {
    const [resource, rev, operations, , names] = z
      .tuple([z.string(), revision, jsonSchema, ignored, fields])
      .parse(args)
    const id = personIn(unit, resource, 'object')
    return pick(await unit.applyPatch(id, parsePatch(operations), rev), names)
  },
  async 'openidm.delete'(args, { unit }) {
    const [resource, rev, , names] = z.tuple([z.string(), revision, ignored, fields]).parse(args)
    return pick(await unit.remove(personIn(unit, resource, 'object'), rev), names)
  },
  async 'openidm.query'(args, { unit }) {
    const [resource, params, names] = z.tuple([z.string(), queryParams, fields]).parse(args)
    personIn(unit, resource, 'collection')
    const filter = parseQueryFilter(params._queryFilter ?? 'true')
    const order = orderIn(params)
    // An order counts for all people that match, so that the page is taken afterwards.
    const size = (order === undefined && params._pageSize) || maxResults + 1
    const people = await unit.search(filter, Math.min(size, maxResults + 1))
    if (people.length > maxResults) {
      const advice = order === undefined ? 'narrow the query, or set _pageSize' : 'narrow the query'
      throw new HostCallError(`More than ${maxResults} people match: ${advice}`, 400)
    }
    const page = order === undefined ? envelope(people) : collection(people, order)
    return { ...page, result: page.result.map((person) => pick(person, names ?? params._fields ?? null)) }
  },
  async 'openidm.action'(args) {
    const [resource, name] = z.tuple([z.string(), z.string()]).rest(ignored).parse(args)
    throw new HostCallError(`Action ${name} of ${resource} is not supported`, 501)
  },
  async 'idRepository.getIdentity'(args, { unit, universalId }) {
    const [name] = z.tuple([z.string()]).parse(args)
    const person = await unit.find(name)
    if (person === undefined) return { id: '', name, universalId: '', attributes: {}, exists: false }
    const { _id: id } = person
    return { id, name: id, universalId: universalId(id), attributes: amAttributesOf(person), exists: true }
  },
  async 'idRepository.store'(args, { unit }) {
    const [id, { set, add }] = z.tuple([z.string(), z.object({ set: texts, add: texts })]).parse(args)
    await unit.patch(id, managedValues(await withAdded(unit, id, set, add)))
    return null
  },
}

const queryParams = z.object({
  _queryFilter: z.string().optional(),
  _queryId: z.literal(['query-all', 'query-all-ids']).optional(),
  _fields: z.string().optional(),
  _pageSize: z.coerce.number().int().nonnegative().optional(),
  _sortKeys: z.string().nullish(),
  _pagedResultsOffset: z.coerce.number().int().nonnegative().optional(),
  _pagedResultsCookie: z.string().nullish(),
})

/** @returns undefined if the query asks for no order and for no later page */
function orderIn(params: z.infer<typeof queryParams>): URLSearchParams | undefined {
  const { _sortKeys, _pagedResultsOffset, _pagedResultsCookie, _pageSize = 0 } = params
  if (!_sortKeys && !_pagedResultsOffset && !_pagedResultsCookie) return undefined
  const order = { _sortKeys, _pagedResultsOffset, _pagedResultsCookie, _pageSize }
  const given = Object.entries(order).filter(([, value]) => value)
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
}

/** `_access` is returned only if asked for by name: it is not an attribute, and scripts write back what they read. */
function isAccessAsked(fields: string | null): boolean {
  return fields?.split(',').includes('_access') === true
}

/** Both `managed/alpha_user` and `managed/user` name the people of the journey's realm. @returns the object id. */
function personIn(unit: IdentityUnit, resource: string, expected: 'collection' | 'object'): string {
  const [, object, id = ''] = /^\/?managed\/([^/]+)(?:\/([^/]+))?$/.exec(resource) ?? []
  const isOurs = object === 'user' || (unit.realm !== '/' && object === `${unit.realm.slice(1)}_user`)
  if (!isOurs || (id === '') !== (expected === 'collection')) {
    throw new HostCallError(`Resource '${resource}' not found`, 404)
  }
  return id
}

/** Merges additions into the values to set: they follow the value being set, or else the existing one. */
async function withAdded(
  unit: IdentityUnit,
  id: string,
  set: Record<string, string[]>,
  add: Record<string, string[]>,
): Promise<Record<string, string[]>> {
  const person = await unit.find(id)
  const existing = person === undefined ? {} : amAttributesOf(person)
  const added = Object.entries(add).map(([name, values]): [string, string[]] => {
    const before = set[name] ?? existing[name] ?? []
    return [name, [...new Set([...before, ...values])]]
  })
  return { ...set, ...Object.fromEntries(added) }
}
