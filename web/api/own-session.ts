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

/** The user of this browser's session, by object id, and the session's realm. */
export type SignedInUser = z.infer<typeof signedInUserSchema>

/** @returns undefined without a valid session. */
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

/** Whether signing in again can fix the error: the session has ended, or its user is no longer an administrator. */
export function isSignedOut(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  // A 403 with its own message refuses this request, not this user.
  return error.code === 401 || (error.code === 403 && error.message === error.reason)
}

export async function readDisplayName({ id, realm }: SignedInUser): Promise<string> {
  const { cn, username } = await request(profileSchema, `${realmPath(realm)}/users/${encodeURIComponent(id)}`)
  return cn[0] || username
}

const signedOutSchema = z.object({ goto: z.optional(z.string()) })

/**
 * Ends the session of this browser.
 * @returns where the browser must go, so that the identity provider of the session ends its own.
 */
export async function signOut(realm: string): Promise<string | undefined> {
  const { goto } = await request(signedOutSchema, `${realmPath(realm)}/sessions`, {
    method: 'POST',
    query: { _action: 'logout' },
    body: {},
  })
  return goto
}

/** Ends the session of this browser and leaves for a page, by way of its identity provider. */
export async function signOutTo(page: string, realm: string): Promise<void> {
  location.assign((await signOut(realm)) ?? page)
}

/** Ends a session other than the one in this browser's cookie. */
export async function endSession(realm: string, tokenId: string): Promise<void> {
  await sendRequest(`${realmPath(realm)}/sessions`, {
    method: 'POST',
    query: { _action: 'logout' },
    body: {},
    headers: { iplanetdirectorypro: tokenId },
    credentials: 'omit',
  })
}

/** The sign-in page. It redirects to `goto`, a path of this origin, after the sign-in. */
export function signInUrl(realm: string, goto: string): string {
  return `/am/XUI/?${new URLSearchParams({ realm, goto })}`
}

/** As above, but also asks people who are signed in. */
export function freshSignInUrl(realm: string, goto: string): string {
  return `${signInUrl(realm, goto)}&ForceAuth=true`
}
