import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const sessionSchema = z.object({
  sessionHandle: z.string(),
  createdTime: z.string(),
  latestAccessTime: z.string(),
  journey: z._default(z.string(), ''),
  isOwn: z._default(z.boolean(), false),
})

/** A person's session. Times are ISO 8601. `isOwn`: it is the session of this request. */
export type PersonSession = z.infer<typeof sessionSchema>

/** Newest first. Source: `docs/operations-wire.md`, "Sessions". */
export async function listPersonSessions(
  realm: string,
  person: string,
  signal?: AbortSignal,
): Promise<PersonSession[]> {
  const { result } = await request(
    z.object({ result: z.array(sessionSchema) }),
    `${realmPath(realm)}/sessions`,
    {
      query: { _queryFilter: `username eq ${JSON.stringify(person)} and realm eq ${JSON.stringify(realm)}` },
      signal,
    },
  )
  return result
}

/** Ends all sessions of a person. */
export async function endPersonSessions(realm: string, person: string): Promise<void> {
  await request(z.unknown(), `${realmPath(realm)}/sessions`, {
    method: 'POST',
    query: { _action: 'logoutByUser' },
    body: { username: person },
  })
}
