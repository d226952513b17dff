import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { ask, request, WireError } from './request.ts'

const signedInSchema = z.object({
  id: z.string(),
  realm: z.string(),
  dn: z.string(),
  successURL: z.optional(z.nullable(z.string())),
  fullLoginURL: z.optional(z.nullable(z.string())),
})

/** Who is signed in: their object id and the realm of their session. */
export type SignedIn = z.infer<typeof signedInSchema>

/** @returns undefined when nobody is, or the session has ended. */
export async function whoIsSignedIn(realm: string): Promise<SignedIn | undefined> {
  try {
    return await request(signedInSchema, `${realmPath(realm)}/users`, {
      method: 'POST',
      query: { _action: 'idFromSession' },
      body: {},
    })
  } catch (error) {
    if (error instanceof WireError && (error.code === 401 || error.code === 403)) return undefined
    throw error
  }
}

const profileSchema = z.object({
  username: z._default(z.string(), ''),
  cn: z._default(z.array(z.string()), []),
})

/** The session ended, or is not that of an administrator any more: signing in again mends it. */
export function isSignedOut(error: unknown): boolean {
  if (!(error instanceof WireError)) return false
  // A refusal with a reason of its own is about what was asked, not about who asked.
  return error.code === 401 || (error.code === 403 && error.message === error.reason)
}

/** The name of who is signed in, as people say it. */
export async function nameOf({ id, realm }: SignedIn): Promise<string> {
  const { cn, username } = await request(profileSchema, `${realmPath(realm)}/users/${encodeURIComponent(id)}`)
  return cn[0] || username
}

/** Ends the session of this browser. */
export async function signOut(realm: string): Promise<void> {
  await ask(`${realmPath(realm)}/sessions`, { method: 'POST', query: { _action: 'logout' }, body: {} })
}

/** Ends a session that this browser does not have the cookie of. */
export async function endSession(realm: string, tokenId: string): Promise<void> {
  await ask(`${realmPath(realm)}/sessions`, {
    method: 'POST',
    query: { _action: 'logout' },
    body: {},
    headers: { iplanetdirectorypro: tokenId },
    credentials: 'omit',
  })
}

/** The sign-in page, that comes back to `goto` (a path of this origin) when the person has signed in. */
export function signInPage(realm: string, goto: string): string {
  return `/am/XUI/?${new URLSearchParams({ realm, goto })}`
}

/** The same for somebody who is signed in and has to show once more who they are. */
export function freshSignInPage(realm: string, goto: string): string {
  return `${signInPage(realm, goto)}&ForceAuth=true`
}
