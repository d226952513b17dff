import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { notFound, RequestError } from '../base/errors.ts'
import type { Awaitable } from '../base/work.ts'
import type { Realm } from '../realms/realm.ts'
import { answerError } from './error-answer.ts'
import { answerPreflight } from './guards/cross-origin.ts'
import { isAnsweredAt, notHere, sideOf } from './guards/divided-hosts.ts'
import type { OwnAddresses, Side } from './guards/staff-host.ts'
import { methods, type Route } from './route.ts'

// One hook answers OPTIONS, and 405 to the methods that a path lacks: routes for them would be half of Fastify's.

declare module 'fastify' {
  interface FastifyRequest {
    /** The path that the request names, if no route of it has the method. */
    pathOfOthers?: string
  }
}

/** Methods that some path has. Source: RFC 9110, section 9.1. */
const implemented: ReadonlySet<string> = new Set([...methods, 'HEAD', 'OPTIONS'])

type Routes = readonly [Route, ...Route[]]

type Path = { url: string; segments: readonly string[]; routes: Routes }

/** The path of a URL: its routes, and the value of `:realmPath`. */
type Found = { url: string; routes: Routes; realmPath: string | undefined }

/** Finds the routes of a path. A named segment wins over a parameter, as in Fastify's router. */
export class PathTable {
  /** By number of segments. */
  readonly #paths: ReadonlyMap<number, readonly Path[]>

  /** @param urlOf the URL of a route, with parameters such as `:id`. */
  constructor(routes: readonly Route[], urlOf: (route: Route) => string) {
    const paths = [...Map.groupBy(routes, urlOf)].flatMap(([url, [first, ...others]]): Path[] =>
      first === undefined ? [] : [{ url, segments: url.split('/'), routes: [first, ...others] }],
    )
    const parameters = ({ segments }: Path) => segments.filter(isParameter).length
    paths.sort((one, other) => parameters(one) - parameters(other))
    this.#paths = Map.groupBy(paths, ({ segments }) => segments.length)
  }

  /** @param url without a query. */
  find(url: string): Found | undefined {
    const sent = url.replace(/(?<=.)\/$/, '').split('/')
    const found = this.#paths.get(sent.length)?.find(({ segments }) => fits(sent, segments))
    const realmAt = found?.segments.indexOf(':realmPath') ?? -1
    return found && { ...found, realmPath: realmAt < 0 ? undefined : decoded(sent[realmAt] ?? '') }
  }

  /**
   * Methods that a path lacks, and that another path has for the same URLs: `/journeys/findings` for `/journeys/:name`. Without a
   * route of their own, requests would reach the other path.
   */
  hidden(): { method: Route['method']; url: string; routes: Routes }[] {
    return [...this.#paths.values()].flatMap((paths) =>
      paths.flatMap(({ url, segments, routes }) => {
        const others = paths.filter((other) => other.url !== url && fits(segments, other.segments))
        const taken = new Set(others.flatMap((other) => other.routes.map(({ method }) => method)))
        return missingIn(routes)
          .filter((method) => taken.has(method))
          .map((method) => ({ method, url, routes }))
      }),
    )
  }
}

/** Answers requests whose path has routes, but none for the method. Call it after the hooks that every answer needs. */
export function answerOtherMethods(
  app: FastifyInstance,
  { table, own, realmOf }: { table: PathTable; own: OwnAddresses; realmOf: RealmOf },
): void {
  app.addHook('onRequest', (request, reply, done) => {
    const [url = ''] = request.url.split('?')
    const found = request.is404 ? table.find(url) : undefined
    if (found === undefined) {
      done(implemented.has(request.method) ? undefined : new RequestError(501))
      return
    }
    request.pathOfOthers = found.url
    if (!isAnsweredAt(own, request.headers.host, commonSide(found.routes))) done(notFound(notHere))
    else if (request.method === 'OPTIONS') {
      reply.header('allow', `${methodsOf(found.routes)}, OPTIONS`)
      preflight(request, reply, async () => realmOf(found)).catch(done)
    } else refuseMethod(found.routes, request, reply)
  })
}

type RealmOf = (found: Pick<Found, 'routes' | 'realmPath'>) => Awaitable<Realm>

async function preflight(
  request: FastifyRequest,
  reply: FastifyReply,
  realm: () => Promise<Realm>,
): Promise<void> {
  answerPreflight(reply, await realm(), request.headers.origin)
}

/** 405 with the methods of the path. */
export function refuseMethod(
  routes: readonly Pick<Route, 'method'>[],
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.header('allow', methodsOf(routes))
  answerError(new RequestError(405), request, reply)
}

function methodsOf(routes: readonly Pick<Route, 'method'>[]): string {
  return routes.map(({ method }) => method).join(', ')
}

/** Methods that no route of a path has. */
function missingIn(routes: Routes): Route['method'][] {
  return methods.filter((method) => routes.every((route) => route.method !== method))
}

/** The side of all routes of a path; `both` if they differ. */
export function commonSide(routes: Routes): Side {
  const side = sideOf(routes[0])
  return routes.every((route) => sideOf(route) === side) ? side : 'both'
}

function isParameter(segment: string): boolean {
  return segment.startsWith(':')
}

/** Whether a URL fits a path with as many segments. Fastify's router lets a parameter be empty, too. */
function fits(sent: readonly string[], segments: readonly string[]): boolean {
  return segments.every((segment, at) => isParameter(segment) || segment === sent[at])
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
