import type { Collection } from '../../contract/collection.ts'
import type { Endpoint } from '../../contract/endpoint.ts'
import { notFound, type RequestError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import type { Awaitable } from '../base/work.ts'
import { collection, resource } from '../crest/collection.ts'
import { checkPreconditions, listed } from './configuration-resource.ts'
import type { StaffAccess } from './guards/rights.ts'
import { type Answer, type Call, type Handle, param, type Resource, type Route } from './route.ts'

type Method = 'list' | 'read' | 'save' | 'remove'

export type Endpoints = Readonly<Record<Method, Endpoint>>

/** A method's own members, besides those of all methods. */
type Part = { summary: string; access?: StaffAccess; handle?: Handle } & Pick<Route, 'actsOn' | 'dangerous'>

/** How clients read and write the resources of one kind. */
export type Served<Thing> = {
  endpoints: Endpoints | Pick<Collection, Method>
  access: StaffAccess | { read: StaffAccess; write: StaffAccess }
  resource: Resource
  actsOn?: Route['actsOn']
  list: Part
  read: Part
  save: Part & { handle: Handle }
  remove: Part
  all(call: Call): Awaitable<readonly Thing[]>
  find(call: Call, id: string): Awaitable<Thing | undefined>
  missing?(id: string, call: Call): RequestError
  toResource(thing: Thing, call: Call): Awaitable<JsonObject>
  /** A resource in a list. Default: with its revision. */
  toListed?(object: JsonObject): JsonObject
  /** The answer that has one resource. Default: with its revision in body and header. */
  toAnswer?(thing: Thing): Answer
  /** Removes what was found. False if it was removed in the meantime. */
  erase?(call: Call, thing: Thing): Awaitable<unknown>
  /** Whether a removal ignores `If-Match`, as in AM. */
  erasesAnyRevision?: true
}

/** The routes that list, read, save and remove the resources of one kind. */
export function serve<Thing>(served: Served<Thing>): Record<Method, Route> {
  const { endpoints, access, resource: audited, actsOn, all, toResource, toListed = listed } = served
  const readAccess = typeof access === 'string' ? access : access.read
  const common = actsOn === undefined ? {} : { actsOn }
  const reading = { access: readAccess, ...common }
  const writing = {
    access: typeof access === 'string' ? access : access.write,
    resource: audited,
    ...common,
  }
  const list: Handle = async (call) => {
    const objects = await Promise.all((await all(call)).map((thing) => toResource(thing, call)))
    return { body: collection(objects.map(toListed), call.query) }
  }
  const read: Handle = async (call) => answerOf(served, await findOr404(served, call), call)
  return {
    list: { ...reading, ...endpoints.list, handle: list, ...served.list },
    read: { ...reading, ...endpoints.read, handle: read, ...served.read },
    save: { ...writing, ...endpoints.save, ...served.save },
    remove: { ...writing, ...endpoints.remove, handle: (call) => remove(served, call), ...served.remove },
  }
}

/** The endpoints of resources that have no schemas in the contract. @param one ends with the parameter that has the id */
export function endpointsAt(path: string, one = `${path}/:id`): Endpoints {
  return {
    list: { method: 'GET', path },
    read: { method: 'GET', path: one },
    save: { method: 'PUT', path: one },
    remove: { method: 'DELETE', path: one },
  }
}

/** The resource in the path of a call. @throws RequestError 404. */
export async function findOr404<Thing>(
  { endpoints, find, missing = () => notFound() }: Pick<Served<Thing>, 'endpoints' | 'find' | 'missing'>,
  call: Call,
): Promise<Thing> {
  const id = idIn(endpoints, call)
  const found = await find(call, id)
  if (found === undefined) throw missing(id, call)
  return found
}

/** The id in the path of a call. */
export function idIn({ read: { path } }: Pick<Endpoints, 'read'>, call: Call): string {
  return param(call, path.slice(path.lastIndexOf(':') + 1))
}

async function remove<Thing>(served: Served<Thing>, call: Call): Promise<Answer> {
  const thing = await findOr404(served, call)
  const object = await served.toResource(thing, call)
  if (served.erasesAnyRevision !== true) checkPreconditions(call, object)
  const { missing = () => notFound(), endpoints } = served
  if ((await served.erase?.(call, thing)) === false) throw missing(idIn(endpoints, call), call)
  return resource(object)
}

async function answerOf<Thing>(
  { toAnswer, toResource }: Pick<Served<Thing>, 'toAnswer' | 'toResource'>,
  thing: Thing,
  call: Call,
): Promise<Answer> {
  return toAnswer === undefined ? resource(await toResource(thing, call)) : toAnswer(thing)
}
