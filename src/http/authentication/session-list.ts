import type { ItemOf } from '../../../contract/endpoint.ts'
import { listOwnSessions, listSessions } from '../../../contract/sessions.ts'
import { badRequest, RequestError } from '../../base/errors.ts'
import { envelope, pick, wholeNumber } from '../../crest/collection.ts'
import { parseQueryFilter, requiredEquality } from '../../crest/query-filter.ts'
import type { Realm } from '../../realms/realm.ts'
import { idleExpiryOf, maxExpiryOf, type Session, universalIdOf } from '../../sessions/session.ts'
import type { SessionCursor } from '../../sessions/session-store.ts'
import { isoSeconds, type Sessions } from '../../sessions/sessions.ts'
import { type Answer, type Call, param, type Route } from '../route.ts'

type SessionListDependencies = {
  sessions: Pick<Sessions, 'newest' | 'ofIdentity'>
  findRealm(path: string): Promise<Realm | undefined>
  findPerson(realm: string, nameOrId: string): Promise<{ _id: string } | undefined>
}

const maxPageSize = 500

/** Lists sessions, without their tokens. Source: "Invalidate specific sessions" of the vendor's session guide. */
export function sessionListRoutes(from: SessionListDependencies): Route[] {
  return [
    {
      ...listSessions,
      access: 'people',
      summary:
        'Finds sessions, newest first: all of the realm with `_queryFilter=true`, or `username eq "x" and realm eq "/alpha"`.',
      handle: (call) => query(from, call),
    },
    {
      ...listOwnSessions,
      // The handler requires the person's own session.
      access: 'everyone',
      side: 'both',
      summary: 'Lists the sessions of the person who asks, newest first.',
      handle: (call) => own(from, call),
    },
  ]
}

async function own({ sessions }: SessionListDependencies, call: Call): Promise<Answer> {
  const session = (await call.session())?.session
  if (session === undefined) throw new RequestError(401, 'Access Denied')
  const { realm, identityId } = session
  // rule S42: otherwise anyone lists the sessions of anyone
  if (call.realm.path !== realm || param(call, 'id') !== identityId) throw new RequestError(403)
  const found = (await sessions.ofIdentity(realm, identityId)).toReversed()
  return { body: envelope(found.map((each) => toResource(each, session))) }
}

async function query(from: SessionListDependencies, call: Call): Promise<Answer> {
  const { username, realm: named } = parseFilter(call.query.get('_queryFilter') ?? 'true')
  const realm = await realmOf(from, call, named)
  const isElsewhere = realm !== call.realm.path
  if (isElsewhere && !(await call.rights()).may('people', realm ?? '')) throw new RequestError(403)
  if (realm === undefined) return { body: envelope([]) }
  const size = Math.min(wholeNumber(call.query, '_pageSize') || 100, maxPageSize)
  const after = cursorOf(call.query.get('_pagedResultsCookie'))
  const found =
    username === undefined
      ? await from.sessions.newest(realm, size, after)
      : await ofPerson(from, realm, username)
  const last = username === undefined && found.length === size ? found.at(-1) : undefined
  const own = (await call.session())?.session
  const fields = call.query.get('_fields')
  const result = found.map((session) => pick(toResource(session, own), fields))
  return { body: envelope(result, last === undefined ? null : cookieOf(last)) }
}

/** Parses the filters that AM supports. @throws RequestError 400 for any other filter. */
function parseFilter(text: string): { username?: string; realm?: string } {
  const filter = parseQueryFilter(text)
  if (filter.kind === 'constant' && filter.value) return {}
  const terms = requiredEquality(filter)
  const isKnown = terms.every(({ field }) => field === 'username' || field === 'realm')
  const count = filter.kind === 'and' ? filter.terms.length : 1
  if (!isKnown || terms.length !== count) {
    throw badRequest('_queryFilter must be true, or username eq "…" and realm eq "…"')
  }
  return Object.fromEntries(terms.map(({ field, value }) => [field, value]))
}

/** All sessions of a person, newest first. One person has few, so there are no pages. */
async function ofPerson(from: SessionListDependencies, realm: string, name: string): Promise<Session[]> {
  const person = await from.findPerson(realm, name)
  if (person === undefined) return []
  return (await from.sessions.ofIdentity(realm, person._id)).toReversed()
}

async function realmOf(
  { findRealm }: SessionListDependencies,
  call: Call,
  named: string | undefined,
): Promise<string | undefined> {
  return named === undefined ? call.realm.path : (await findRealm(named))?.path
}

function toResource(session: Session, own: Session | undefined): ItemOf<typeof listSessions> {
  const { realm, identityId, username, handle, authLevel, properties } = session
  return {
    username,
    universalId: universalIdOf(realm, identityId),
    realm,
    sessionHandle: handle,
    latestAccessTime: isoSeconds(session.lastUsedAt),
    maxIdleExpirationTime: isoSeconds(idleExpiryOf(session)),
    maxSessionExpirationTime: isoSeconds(maxExpiryOf(session)),
    createdTime: isoSeconds(session.createdAt),
    userId: identityId,
    journey: properties.Service ?? '',
    authLevel,
    isOwn: session.tokenHash === own?.tokenHash,
    browser: session.browser ?? '',
    address: session.address ?? '',
  }
}

function cookieOf({ createdAt, handle }: SessionCursor): string {
  return Buffer.from(`after:${createdAt}:${handle}`).toString('base64url')
}

function cursorOf(cookie: string | null): SessionCursor | undefined {
  if (cookie === null || cookie === '') return undefined
  const match = /^after:(\d{1,15}):(.+)$/.exec(Buffer.from(cookie, 'base64url').toString())
  if (match === null) throw badRequest('The query parameter _pagedResultsCookie is invalid')
  return { createdAt: Number(match[1]), handle: match[2] ?? '' }
}
