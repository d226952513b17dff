import * as z from 'zod/mini'

const detailSchema = z.object({ freshSignIn: z.object({ maxAgeSeconds: z.number() }) })

/** Lets the person sign in once more. @returns whether they did. */
export type SignInAgain = (maxAgeSeconds: number) => Promise<boolean>

let signInAgain: SignInAgain | undefined

/** Says who asks the person. @returns what ends it. */
export function onFreshSignInRequired(asks: SignInAgain): () => void {
  signInAgain = asks
  return () => {
    if (signInAgain === asks) signInAgain = undefined
  }
}

/**
 * Some things need a sign-in of the last minutes: then the person is asked, and what was refused may be asked again.
 * @param detail of the refusal.
 * @returns whether the person has signed in again for it.
 */
export async function signInAgainIfRequired(detail: unknown): Promise<boolean> {
  const wanted = z.safeParse(detailSchema, detail)
  if (!wanted.success || signInAgain === undefined) return false
  return signInAgain(wanted.data.freshSignIn.maxAgeSeconds)
}
