import * as z from 'zod/mini'

const detailSchema = z.object({ freshSignIn: z.object({ maxAgeSeconds: z.number() }) })

/** Asks the person to sign in again. @returns whether they did. */
export type SignInAgain = (maxAgeSeconds: number) => Promise<boolean>

let signInAgain: SignInAgain | undefined

/** Sets the handler for requests that need a recent sign-in. @returns a function that removes it. */
export function onFreshSignInRequired(handler: SignInAgain): () => void {
  signInAgain = handler
  return () => {
    if (signInAgain === handler) signInAgain = undefined
  }
}

/**
 * Some requests need a sign-in within the last minutes. If that is why one was refused, asks the person to sign in again.
 * @param detail of the error response.
 * @returns whether the person signed in again, so that the request can be repeated.
 */
export async function signInAgainIfRequired(detail: unknown): Promise<boolean> {
  const required = z.safeParse(detailSchema, detail)
  if (!required.success || signInAgain === undefined) return false
  return signInAgain(required.data.freshSignIn.maxAgeSeconds)
}

/** Whether a request was refused because the sign-in is too long ago. @param detail of the error response. */
export function needsFreshSignIn(detail: unknown): boolean {
  return z.safeParse(detailSchema, detail).success
}
