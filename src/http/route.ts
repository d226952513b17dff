import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { Endpoint } from '../../contract/endpoint.ts'
import { badRequest, RequestError } from '../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import type { Awaitable } from '../base/work.ts'
import type { Realm } from '../realms/realm.ts'
import type { Session } from '../sessions/session.ts'
import type { Rights, StaffAccess } from './guards/rights.ts'
import type { Side } from './guards/staff-host.ts'

/**
 * The credentials that a call of a route needs. `everyone`: none. `backchannel`: a bearer token with the scope
 * `back_channel_authentication`. `metrics`: an administrator's session or the metrics password. `logs`: the log API key. Any
 * other access: a session whose identity has a role for it. Routes whose handlers check the call themselves, such as the live feed, are `everyone` with
 * a comment.
 */
export type Access = 'everyone' | 'backchannel' | 'metrics' | 'logs' | StaffAccess

/** The client of a valid bearer token. */
export type BearerClient = { clientId: string; scopes: readonly string[] }

/**
 * The session of a call. `isCookie` tells whether its token came as a cookie. `isServiceAccount`: a program with a token, whose
 * session stands for the check of its key.
 */
export type SignedIn = { session: Session; token: string; isCookie: boolean; isServiceAccount?: boolean }

/** A request as handlers see it, independent of how its URL names the realm. */
export type Call = {
  /** An existing, active realm. */
  realm: Realm
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** Parsed JSON; undefined without a body. */
  body: Json | undefined
  /** Scheme, host and context path that the client used. */
  baseUrl: string
  /** The same for links that callers get. Another host if staff have one of their own. */
  callersUrl: string
  /** Address of the client, as trusted proxies report it. */
  clientIp: string
  /** Address of the connection, if it is that of a trusted proxy: only then do headers of the proxy count. */
  proxyAddress: string | undefined
  /** `X-ForgeRock-TransactionId` or a new id. Logs, scripts and outgoing calls carry it. */
  correlationId: string
  /** The session in the cookie or header; undefined without one, or once it has ended. */
  session(): Awaitable<SignedIn | undefined>
  /** Rights of the session's identity. Read for every request, so that a revoked role loses its effect at once. */
  rights(): Promise<Rights>
  /** The scopes of the token of administration that makes the call; undefined for a session. */
  tokenScopes(): Promise<readonly string[] | undefined>
  /** The client of the bearer token; undefined without a valid one. */
  client(): Promise<BearerClient | undefined>
  /** Aborted when the client disconnects before the response is complete. */
  disconnected(): AbortSignal
}

export type Reply = Answer | Streamed

/** A JSON response. */
export type Answer = {
  status?: number
  body?: unknown
  headers?: Readonly<Record<string, string>>
  /** Ready `Set-Cookie` values. */
  cookies?: readonly string[]
}

/** A response that the handler writes itself, such as server-sent events. The common headers are already set. */
export type Streamed = { stream: (reply: FastifyReply) => void }

/** `actions` are the values of `_action` of which a call needs one. */
export type Handle = { (call: Call): Promise<Reply> | Reply; actions?: readonly string[] }

export const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
] as const satisfies readonly Endpoint['method'][]

/** The thing that a write changes, as its audit entry names it. */
export type Resource = {
  /** Such as `journey`. */
  kind: string
  /** Actions that change another kind of thing: `setRoles` changes a `role`. */
  kindByAction?: Readonly<Record<string, string>>
  /** Whether it is a person; everything else counts as configuration. */
  isPerson?: boolean
  /** The realm it belongs to; by default the realm of the path. */
  realmOf?(call: Call): string
  /** The same, if only the answer of a successful write has it. */
  realmIn?(answer: JsonObject): string | undefined
  /** Its id, from the id in the path. */
  idOf?(idInPath: string): string
  /** Its name; by default that of the document. */
  nameOf?(call: Call, document: JsonObject): string | undefined
}

/** An endpoint with its handler. Routes without credentials name the host that answers them; for others their access does. */
export type Route = RouteParts &
  ({ access: 'everyone'; side: Side } | { access: Exclude<Access, 'everyone'>; side?: Side })

type RouteParts = Endpoint & {
  /** Required for writes of staff, which are recorded in the audit book. */
  resource?: Resource
  /** Actions of a POST that change nothing: they leave no audit entry, and `readAccess` is enough for them. */
  reads?: readonly string[]
  /** Access to the actions in `reads`, if it differs from `access`. */
  readAccess?: Access
  /** Whether this call of a writing action changes nothing. Called after the body is read. */
  isDryRun?(call: Call): boolean
  /**
   * The realm that a call acts on, if it isn't the realm of the path. Roles apply only in their own realm.
   * @throws RequestError for an unknown realm.
   */
  actsOn?(call: Call): Promise<string> | string
  /** Calls that need a recent sign-in. Checked after the body is read. `when` is for docs/access.md. */
  dangerous?: { when: string; is(call: Call): Promise<boolean> | boolean }
  /** A health check. It runs without realm, guards and `Call`, because none of them may wait for the database. */
  isHealth?: true
  /** One sentence for docs/rest.md. */
  summary: string
  /** The content types of a successful answer that isn't JSON. */
  contentTypes?: readonly string[]
  /** Whether the body may be a form. Its values are texts. */
  takesForms?: true
  /** Maximum body size. Default: the limit for the method and access, in `body-limits.ts`. */
  bodyLimitBytes?: number
  handle: Handle
}

/** For routes that always need a recent sign-in. */
export const always: NonNullable<Route['dangerous']> = { when: 'always', is: () => true }

/** Whether a call's action only reads. */
export function isRead({ reads = [] }: Pick<Route, 'reads'>, { query }: Pick<Call, 'query'>): boolean {
  return reads.includes(query.get('_action') ?? '')
}

/** The access that a call of a route needs. */
export function accessOf(route: Pick<Route, 'access' | 'reads' | 'readAccess'>, call: Call): Access {
  return route.readAccess !== undefined && isRead(route, call) ? route.readAccess : route.access
}

/** Calls the handler of `?_action=name`. Other actions get 501, as in AM. */
export function byAction(handlers: Readonly<Record<string, Handle>>): Handle {
  const handle: Handle = (call) => {
    const action = call.query.get('_action')
    if (action === null) throw badRequest('The query parameter _action is missing')
    const handler = Object.hasOwn(handlers, action) ? handlers[action] : undefined
    if (handler === undefined) {
      throw new RequestError(501, `Action ${action} not implemented for this resource`)
    }
    return handler(call)
  }
  return Object.assign(handle, { actions: Object.keys(handlers) })
}

/** The caller's own realm: `actsOn` of server-wide routes that staff of any realm may call. */
export async function homeOf(call: Call): Promise<string> {
  return (await call.rights()).realm
}

/** The body as an object; empty without a body. @throws RequestError 400 for any other JSON. */
export function bodyObject(call: Call): JsonObject {
  if (call.body === undefined) return {}
  if (isJsonObject(call.body)) return call.body
  throw badRequest('The request body must be a JSON object')
}

/** Reads a query parameter with a fixed set of values, the first of which is the default. @throws RequestError 400. */
export function choice<Value extends string>(
  call: Call,
  name: string,
  values: readonly [Value, ...Value[]],
): Value {
  const given = call.query.get(name)
  const found = given === null ? values[0] : values.find((value) => value === given)
  if (found === undefined) throw badRequest(`The query parameter ${name} must be ${values.join(' or ')}`)
  return found
}

/** A parameter of the path. The router guarantees that it exists. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? ''
}
