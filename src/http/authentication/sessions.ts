import { manageSessions, tokenSchema } from '../../../contract/sessions.ts'
import type { AuditBook, NewEntry } from '../../audit/audit-book.ts'
import type { AuditTrail } from '../../audit/audit-trail.ts'
import { defined } from '../../base/defined.ts'
import { badRequest, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { isProtectedProperty, logoutDetailPrefix } from '../../engine/system-properties.ts'
import type { Realm } from '../../realms/realm.ts'
import { idleExpiryOf, maxExpiryOf, type Session, universalIdOf } from '../../sessions/session.ts'
import { isoSeconds, type Sessions } from '../../sessions/sessions.ts'
import { commonOf, partyOf } from '../audit/call-audit.ts'
import { parseBody } from '../body.ts'
import { sessionToken } from '../call.ts'
import type { Rights } from '../guards/rights.ts'
import { type Answer, bodyObject, byAction, type Call, type Handle, type Route } from '../route.ts'
import { clearSessionCookie } from './session-cookie.ts'

export type SessionDependencies = {
  sessions: Sessions
  /** The rights of a session's identity. */
  rightsOf(session: Session): Promise<Rights>
  findRealm(path: string): Promise<Realm | undefined>
  findPerson(realm: string, nameOrId: string): Promise<{ _id: string } | undefined>
  /** The URL at which the identity provider ends its own session; undefined if it has none. */
  logoutElsewhere(session: Session): Promise<string | undefined>
  now(): number
  audit(call: Call): AuditTrail
  auditBook: Pick<AuditBook, 'during'>
}

/** Reads and ends sessions by token. Source: "Manage sessions over REST". */
export function sessionRoutes(dependencies: SessionDependencies): Route[] {
  const on =
    (handle: (dependencies: SessionDependencies, call: Call) => Promise<Answer>): Handle =>
    (call) =>
      handle(dependencies, call)
  return [
    {
      ...manageSessions,
      // The handlers require the token; ending other people's sessions needs a role.
      access: 'everyone',
      side: 'both',
      summary: 'Describes, validates, refreshes or ends a session, or reads and sets its properties.',
      handle: byAction({
        getSessionInfo: on((from, call) => describe(from, call, false)),
        getSessionInfoAndResetIdleTime: on((from, call) => describe(from, call, true)),
        validate: on(validate),
        refresh: on(refresh),
        logout: on(logout),
        logoutByHandle: on(logoutByHandle),
        logoutByUser: on(logoutByUser),
        getSessionProperties: on(getProperties),
        updateSessionProperties: on(updateProperties),
      }),
    },
  ]
}

/** The token that a call is about, from its body, query, header or cookie, in this order. */
async function tokenOf(call: Call): Promise<{ token: string; isOwn: boolean } | undefined> {
  const named = parseBody(tokenSchema(), call).tokenId ?? call.query.get('tokenId') ?? undefined
  if (named !== undefined) return { token: named, isOwn: false }
  const signedIn = await call.session()
  return signedIn === undefined ? undefined : { token: signedIn.token, isOwn: true }
}

async function find(
  { sessions }: SessionDependencies,
  call: Call,
  use: boolean,
): Promise<Session | undefined> {
  const token = await tokenOf(call)
  return token === undefined ? undefined : sessions.find(token.token, use)
}

/** @throws RequestError 400 without a token, 401 for an invalid one. */
async function required(dependencies: SessionDependencies, call: Call, use = true): Promise<Session> {
  const token = await tokenOf(call)
  const presented = token ?? sessionToken(call.headers)
  const session = presented && (await dependencies.sessions.find(presented.token, use && token !== undefined))
  // rule R1: otherwise an origin that a realm lists learns about a session of another realm
  const isIgnored = token === undefined && session !== undefined
  if (presented === undefined || isIgnored) throw badRequest('iPlanetDirectoryCookie not set on request')
  if (session === undefined) throw new RequestError(401, 'The session is not valid')
  return session
}

async function describe(dependencies: SessionDependencies, call: Call, resetsIdle: boolean): Promise<Answer> {
  const found = await required(dependencies, call, false)
  const session = resetsIdle ? await dependencies.sessions.touch(found) : found
  return {
    body: {
      username: session.username,
      universalId: universalIdOf(session.realm, session.identityId),
      realm: session.realm,
      latestAccessTime: isoSeconds(session.lastUsedAt),
      maxIdleExpirationTime: isoSeconds(idleExpiryOf(session)),
      maxSessionExpirationTime: isoSeconds(maxExpiryOf(session)),
      properties: await visible(dependencies, session),
    },
  }
}

/** The properties that the realm of the session lists: the realm of the path may list others. */
async function visible(from: SessionDependencies, { realm, properties }: Session): Promise<JsonObject> {
  const names = await listedNames(from, realm)
  return Object.fromEntries(Object.entries(properties).filter(([name]) => names.has(name)))
}

async function listedNames({ findRealm }: SessionDependencies, realm: string): Promise<Set<string>> {
  return new Set((await findRealm(realm))?.settings.visibleSessionProperties)
}

async function validate(dependencies: SessionDependencies, call: Call): Promise<Answer> {
  const session = await find(dependencies, call, call.query.get('refresh') !== 'false')
  if (session === undefined) return { body: { valid: false } }
  const { handle, username, realm } = session
  return { body: { valid: true, sessionUid: handle, uid: username, realm } }
}

async function refresh(dependencies: SessionDependencies, call: Call): Promise<Answer> {
  const session = await dependencies.sessions.touch(await required(dependencies, call))
  const secondsLeft = Math.max(0, Math.floor((maxExpiryOf(session) - dependencies.now()) / 1000))
  return {
    body: {
      uid: session.username,
      realm: session.realm,
      idletime: 0,
      maxidletime: session.maxIdleMinutes,
      maxsessiontime: session.maxSessionMinutes,
      maxtime: secondsLeft,
    },
  }
}

async function logout(dependencies: SessionDependencies, call: Call): Promise<Answer> {
  const session = await find(dependencies, call, false)
  const hasEnded = session !== undefined && (await dependencies.sessions.end(session, 'LOGOUT'))
  if (hasEnded) {
    dependencies.audit(call).record({
      eventName: 'AM-LOGOUT',
      result: 'SUCCESSFUL',
      userId: session.identityId,
      who: partyOf(session),
    })
  }
  const goto = hasEnded ? await dependencies.logoutElsewhere(session) : undefined
  return {
    body: hasEnded
      ? { ...logoutDetailsOf(session), ...defined({ goto }), result: 'Successfully logged out' }
      : { result: 'Token has expired' },
    cookies: [clearSessionCookie(call.baseUrl)],
  }
}

/** What Set Logout Details nodes of the session's journey asked to say. */
function logoutDetailsOf({ properties }: Session): JsonObject {
  const details = Object.entries(properties).filter(([name]) => name.startsWith(logoutDetailPrefix))
  return Object.fromEntries(details.map(([name, text]) => [name.slice(logoutDetailPrefix.length), text]))
}

async function logoutByHandle(dependencies: SessionDependencies, call: Call): Promise<Answer> {
  const own = await required(dependencies, call)
  const { sessionHandles } = parseBody(manageSessions.actions.logoutByHandle.body(), call)
  const rights = await dependencies.rightsOf(own)
  const mayEnd = (session: Session) => isOfSame(session, own) || rights.may('people', session.realm)
  const result: JsonObject = {}
  for (const handle of sessionHandles) {
    const session = await dependencies.sessions.byHandle(handle)
    const isAllowed = session !== undefined && mayEnd(session)
    result[handle] = isAllowed && (await revoke(dependencies, call, own, [session]))
  }
  return { body: { result } }
}

type Owned = Pick<Session, 'realm' | 'identityId'>

function isOfSame(one: Owned, other: Owned): boolean {
  return one.realm === other.realm && one.identityId === other.identityId
}

/** Ends sessions of one person and records it in the audit book. @returns whether any session ended. */
async function revoke(
  { sessions, auditBook }: SessionDependencies,
  call: Call,
  own: Session,
  ended: readonly Session[],
): Promise<boolean> {
  const [first] = ended
  if (first === undefined) return false
  const entry: NewEntry = {
    ...commonOf(call),
    realm: first.realm,
    eventName: 'AM-SESSION-DESTROYED',
    who: partyOf(own),
    whom: partyOf(first),
    what: { kind: 'session', operation: 'DELETE' },
  }
  const why = isOfSame(first, own) ? 'LOGOUT' : 'DESTROY'
  const endAll = async () => {
    const ends = await Promise.all(ended.map((session) => sessions.end(session, why)))
    return ends.filter((hasEnded) => hasEnded).length
  }
  return (await auditBook.during(entry, endAll, (count) => ({ count }))) > 0
}

async function logoutByUser(dependencies: SessionDependencies, call: Call): Promise<Answer> {
  const own = await required(dependencies, call)
  const { username } = parseBody(manageSessions.actions.logoutByUser.body(), call)
  const person = await dependencies.findPerson(call.realm.path, username)
  const { path } = call.realm
  const isSelf = person !== undefined && isOfSame(own, { realm: path, identityId: person._id })
  if (!isSelf && !(await dependencies.rightsOf(own)).may('people', path)) throw new RequestError(403)
  if (person === undefined) return { body: { result: false } }
  await revoke(dependencies, call, own, await dependencies.sessions.ofIdentity(path, person._id))
  return { body: { result: true } }
}

async function getProperties(dependencies: SessionDependencies, call: Call): Promise<Answer> {
  return { body: await visible(dependencies, await required(dependencies, call)) }
}

async function updateProperties(dependencies: SessionDependencies, call: Call): Promise<Answer> {
  const session = await required(dependencies, call)
  const { tokenId: _token, ...changes } = bodyObject(call)
  const allowed = await listedNames(dependencies, session.realm)
  for (const [name, value] of Object.entries(changes)) {
    if (!allowed.has(name) || isProtectedProperty(name)) throw new RequestError(403)
    if (typeof value !== 'string') throw badRequest(`${name}: must be a string`)
  }
  const properties = { ...session.properties, ...(changes as Record<string, string>) }
  await dependencies.sessions.setProperties(session, properties)
  return { body: await visible(dependencies, { ...session, properties }) }
}
