import * as z from 'zod/mini'
import type { ItemOf } from '../../contract/endpoint.ts'
import { listSessions as listEndpoint, listOwnSessions as listOwnEndpoint } from '../../contract/sessions.ts'
import { callEndpoint, endpointPath } from './endpoint.ts'
import { readSignedInUser } from './own-session.ts'
import { ApiError, request } from './request.ts'

type Resource = ItemOf<typeof listEndpoint>

/** Times are epoch milliseconds. `isOwn`: it is the session of this request. */
export type Session = Omit<Resource, Time> & Record<Time, number>

type Time = 'createdTime' | 'latestAccessTime' | 'maxIdleExpirationTime' | 'maxSessionExpirationTime'

export type SessionPage = { sessions: Session[]; cookie: string | undefined }

const maxHandlesPerRequest = 100

/** Newest first. Source: `docs/operations-wire.md`, "Sessions". @param person username or id; undefined lists the whole realm. */
export async function listSessions(
  realm: string,
  person: string | undefined,
  { cookie, signal }: { cookie?: string | undefined; signal?: AbortSignal } = {},
): Promise<SessionPage> {
  const filter = person === undefined ? 'true' : `username eq ${JSON.stringify(person)}`
  const query = { _queryFilter: filter, _pageSize: 50, _pagedResultsCookie: cookie }
  const { result, pagedResultsCookie } = await callEndpoint(listEndpoint, { realm, query, signal })
  return { sessions: result.map(toSession), cookie: pagedResultsCookie ?? undefined }
}

/** The sessions of the signed-in person, newest first. */
export async function listOwnSessions(realm: string, id: string): Promise<Session[]> {
  return (await callEndpoint(listOwnEndpoint, { realm, id })).result.map(toSession)
}

function toSession(resource: Resource): Session {
  return {
    ...resource,
    createdTime: Date.parse(resource.createdTime),
    latestAccessTime: Date.parse(resource.latestAccessTime),
    maxIdleExpirationTime: Date.parse(resource.maxIdleExpirationTime),
    maxSessionExpirationTime: Date.parse(resource.maxSessionExpirationTime),
  }
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
  const path = endpointPath(listEndpoint, { realm })
  try {
    await request(schema, path, { method: 'POST', query: { _action: action }, body })
  } catch (error) {
    // As on the vendor's server, these actions return 400 instead of 401 when the session has ended.
    const isBadRequest = error instanceof ApiError && error.code === 400
    if (isBadRequest && (await readSignedInUser('/')) === undefined) {
      throw new ApiError({ code: 401, reason: 'Unauthorized', message: '' })
    }
    throw error
  }
}
