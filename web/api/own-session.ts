import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { ApiError, request, sendRequest } from './request.ts'

const signedInUserSchema = z.object({
  id: z.string(),
  realm: z.string(),
  dn: z.string(),
  successURL: z.optional(z.nullable(z.string())),
  fullLoginURL: z.optional(z.nullable(z.string())),
})

/** Who is signed in: their object id and the realm of their session. */
export type SignedInUser = z.infer<typeof signedInUserSchema>

/** @returns undefined when nobody is, or the session has ended. */
export async function readSignedInUser(realm: string): Promise<SignedInUser | undefined> {
  try {
    return await request(signedInUserSchema, `${realmPath(realm)}/users`, {
      method: 'POST',
      query: { _action: 'idFromSession' },
      body: {},
    })
  } catch (error) {
    if (error instanceof ApiError && (error.code === 401 || error.code === 403)) return undefined
    throw error
  }
}

const profileSchema = z.object({
  username: z._default(z.string(), ''),
  cn: z._default(z.array(z.string()), []),
})

/** The session ended, or is not that of an administrator any more: signing in again mends it. */
export function isSignedOut(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  // A refusal with a reason of its own is about what was asked, not about who asked.
  return error.code === 401 || (error.code === 403 && error.message === error.reason)
}

/** The name of who is signed in, as people say it. */
export async function readDisplayName({ id, realm }: SignedInUser): Promise<string> {
  const { cn, username } = await request(profileSchema, `${realmPath(realm)}/users/${encodeURIComponent(id)}`)
  return cn[0] || username
}

/** Ends the session of this browser. */
export async function signOut(realm: string): Promise<void> {
  await sendRequest(`${realmPath(realm)}/sessions`, {
    method: 'POST',
    query: { _action: 'logout' },
    body: {},
  })
}

/** Ends a session that this browser does not have the cookie of. */
export async function endSession(realm: string, tokenId: string): Promise<void> {
  await sendRequest(`${realmPath(realm)}/sessions`, {
    method: 'POST',
    query: { _action: 'logout' },
    body: {},
    headers: { iplanetdirectorypro: tokenId },
    credentials: 'omit',
  })
}

/** The sign-in page, that comes back to `goto` (a path of this origin) when the person has signed in. */
export function signInUrl(realm: string, goto: string): string {
  return `/am/XUI/?${new URLSearchParams({ realm, goto })}`
}

/** The same for somebody who is signed in and has to show once more who they are. */
export function freshSignInUrl(realm: string, goto: string): string {
  return `${signInUrl(realm, goto)}&ForceAuth=true`
}
