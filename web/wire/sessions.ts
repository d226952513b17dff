import * as z from 'zod/mini'
import { realmPath } from './realm.ts'
import { request } from './request.ts'

const time = z.pipe(z.string(), z.transform(Date.parse))

const sessionSchema = z.object({
  sessionHandle: z.string(),
  username: z.string(),
  userId: z.string(),
  realm: z.string(),
  journey: z.string(),
  authLevel: z.number(),
  createdTime: time,
  latestAccessTime: time,
  maxIdleExpirationTime: time,
  maxSessionExpirationTime: time,
  isOwn: z.boolean(),
})

const pageSchema = z.object({ result: z.array(sessionSchema), pagedResultsCookie: z.nullable(z.string()) })

/** Somebody is signed in. Times are epoch milliseconds; `isOwn` is the session that asks. */
export type Session = z.infer<typeof sessionSchema>

export type SessionPage = { sessions: Session[]; cookie: string | undefined }

/** So many may be ended in one request. */
const handlesAtOnce = 100

/** Newest first: of the realm, or all of one person, by user name or id. */
export async function listSessions(
  realm: string,
  person: string | undefined,
  { cookie, signal }: { cookie?: string | undefined; signal?: AbortSignal } = {},
): Promise<SessionPage> {
  const filter = person === undefined ? 'true' : `username eq ${JSON.stringify(person)}`
  const { result, pagedResultsCookie } = await request(pageSchema, sessionsPath(realm), {
    query: { _queryFilter: filter, _pageSize: 50, _pagedResultsCookie: cookie },
    signal,
  })
  return { sessions: result, cookie: pagedResultsCookie ?? undefined }
}

/** @returns how many ended: others had before. */
export async function endSessions(realm: string, handles: readonly string[]): Promise<number> {
  let ended = 0
  for (let first = 0; first < handles.length; first += handlesAtOnce) {
    const sessionHandles = handles.slice(first, first + handlesAtOnce)
    const { result } = await request(
      z.object({ result: z.record(z.string(), z.boolean()) }),
      sessionsPath(realm),
      { method: 'POST', query: { _action: 'logoutByHandle' }, body: { sessionHandles } },
    )
    ended += Object.values(result).filter((hasEnded) => hasEnded).length
  }
  return ended
}

/** Ends all that somebody has. */
export async function endSessionsOf(realm: string, username: string): Promise<void> {
  await request(z.object({ result: z.boolean() }), sessionsPath(realm), {
    method: 'POST',
    query: { _action: 'logoutByUser' },
    body: { username },
  })
}

function sessionsPath(realm: string): string {
  return `${realmPath(realm)}/sessions`
}
