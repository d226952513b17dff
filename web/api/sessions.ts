import * as z from 'zod/mini'
import { readSignedInUser } from './own-session.ts'
import { realmPath } from './realm-path.ts'
import { ApiError, request } from './request.ts'

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

/** Times are epoch milliseconds. `isOwn`: it is the session of this request. */
export type Session = z.infer<typeof sessionSchema>

export type SessionPage = { sessions: Session[]; cookie: string | undefined }

const maxHandlesPerRequest = 100

/** Newest first. @param person username or id; undefined lists the whole realm. */
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

/** Ignores sessions that have already ended. */
export async function endSessions(realm: string, handles: readonly string[]): Promise<void> {
  const schema = z.object({ result: z.record(z.string(), z.boolean()) })
  for (let first = 0; first < handles.length; first += maxHandlesPerRequest) {
    await act(schema, realm, 'logoutByHandle', {
      sessionHandles: handles.slice(first, first + maxHandlesPerRequest),
    })
  }
}

/** @param person username or id. */
export async function endSessionsOfPerson(realm: string, person: string): Promise<void> {
  await act(z.object({ result: z.boolean() }), realm, 'logoutByUser', { username: person })
}

async function act(schema: z.ZodMiniType, realm: string, action: string, body: object): Promise<void> {
  try {
    await request(schema, sessionsPath(realm), { method: 'POST', query: { _action: action }, body })
  } catch (error) {
    // Like the vendor's server, these actions answer 400 instead of 401 when the session has ended.
    const isBadRequest = error instanceof ApiError && error.code === 400
    if (isBadRequest && (await readSignedInUser('/')) === undefined) {
      throw new ApiError({ code: 401, reason: 'Unauthorized', message: '' })
    }
    throw error
  }
}

function sessionsPath(realm: string): string {
  return `${realmPath(realm)}/sessions`
}
