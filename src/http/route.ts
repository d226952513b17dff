import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { Endpoint } from '../../contract/endpoint.ts'
import { isJsonObject, type Json, type JsonObject } from '../engine/json.ts'
import { badRequest, RequestError } from '../errors.ts'
import type { Realm } from '../realms/realm.ts'
import type { Session } from '../sessions/session.ts'
import type { Rights, StaffAccess } from './guards/rights.ts'

/**
 * Who may call a route. `everyone` needs nothing, `backchannel` a bearer token with the scope
 * `back_channel_authentication`, `metrics` an administrator or whoever knows the password for metrics; any other a
 * session whose identity has a role for it. A route that decides for itself, such as the live feed, is `everyone` and
 * says so beside its handler.
 */
export type Access = 'everyone' | 'backchannel' | 'metrics' | StaffAccess

/** A client that showed a bearer token. */
export type BearerClient = { clientId: string; scopes: readonly string[] }

/** Who is signed in, and how the token came. */
export type SignedIn = { session: Session; token: string; isCookie: boolean }

/** One request as handlers see it, whatever way it named its realm. */
export type Call = {
  /** An existing, active realm. */
  realm: Realm
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** Parsed JSON; undefined when there was none. */
  body: Json | undefined
  /** Scheme, host and context path under which the client reached us. */
  baseUrl: string
  /** Of the other end of the connection. */
  clientIp: string
  /** `X-ForgeRock-TransactionId`, or ours: one id through logs, scripts and outgoing calls. */
  correlationId: string
  /** Who is signed in, by cookie or by header; undefined for nobody or an ended session. */
  session(): Promise<SignedIn | undefined>
  /** What that person may do. Asked at every request: a role that was taken away ends at once, not with the session. */
  rights(): Promise<Rights>
  /** Whose bearer token came along; undefined for none or one that does not count. */
  client(): Promise<BearerClient | undefined>
  /** Aborted once the answer is written or the client is away. */
  gone(): AbortSignal
}

export type Reply = Answer | Streamed

/** A JSON answer. */
export type Answer = {
  status?: number
  body?: unknown
  headers?: Readonly<Record<string, string>>
  /** Ready `Set-Cookie` values. */
  cookies?: readonly string[]
}

/** An answer that the handler writes itself, such as server-sent events; the usual headers are set already. */
export type Streamed = { stream: (reply: FastifyReply) => void }

export type Handle = (call: Call) => Promise<Reply> | Reply

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
  /** Its id, from the id in the path. */
  idOf?(idInPath: string): string
  /** Its name; by default that of the document. */
  nameOf?(call: Call, document: JsonObject): string | undefined
}

/** An endpoint, and how the server answers it. */
export type Route = Endpoint & {
  access: Access
  /** Required for writes of staff, which the audit book records. */
  resource?: Resource
  /** Actions of a POST that change nothing: they leave no audit entry, and `readAccess` is enough for them. */
  reads?: readonly string[]
  /** Who may call the actions in `reads`, if not only those with `access`. */
  readAccess?: Access
  /** Whether this call of a writing action changes nothing. Asked once the body is read. */
  isDryRun?(call: Call): boolean
  /**
   * The realm that a call acts on, where its path does not say it: roles count in their own realm.
   * @throws RequestError for one that there is not.
   */
  actsOn?(call: Call): Promise<string> | string
  /** Calls that need a sign-in of a short while ago; `when` is for the reference. Asked once the body is read. */
  dangerous?: { when: string; is(call: Call): Promise<boolean> | boolean }
  /** For the REST reference: one sentence. */
  summary: string
  /** The largest body it takes; unset means the limit for its method and access, in `body-limits.ts`. */
  bodyLimitBytes?: number
  handle: Handle
}

/** For routes whose every call is dangerous. */
export const always: NonNullable<Route['dangerous']> = { when: 'always', is: () => true }

/** Whether a call names an action that only reads. */
export function isRead({ reads = [] }: Pick<Route, 'reads'>, { query }: Pick<Call, 'query'>): boolean {
  return reads.includes(query.get('_action') ?? '')
}

/** The access that a call of a route needs. */
export function accessOf(route: Pick<Route, 'access' | 'reads' | 'readAccess'>, call: Call): Access {
  return route.readAccess !== undefined && isRead(route, call) ? route.readAccess : route.access
}

/** Hands `?_action=name` to its handler; 501 for others, as AM answers. */
export function byAction(handlers: Readonly<Record<string, Handle>>): Handle {
  return (call) => {
    const action = call.query.get('_action')
    if (action === null) throw badRequest('The query parameter _action is missing')
    const handler = Object.hasOwn(handlers, action) ? handlers[action] : undefined
    if (handler === undefined) {
      throw new RequestError(501, `Action ${action} not implemented for this resource`)
    }
    return handler(call)
  }
}

/** For routes of the whole server that staff of a realm may call: the realm of whoever calls. */
export async function homeOf(call: Call): Promise<string> {
  return (await call.rights()).realm
}

/** The body, when it is a JSON object. @throws RequestError 400 otherwise. */
export function bodyObject(call: Call): JsonObject {
  if (call.body === undefined) return {}
  if (isJsonObject(call.body)) return call.body
  throw badRequest('The request body must be a JSON object')
}

/** A path parameter. The route table guarantees that it is there. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? ''
}
