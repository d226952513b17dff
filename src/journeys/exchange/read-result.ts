import type { z } from 'zod'

/** A value, or one sentence that names the thing and says why it can't be read. `at` is the way to the invalid member. */
export type Read<Value> = { value: Value } | Unread

export type Unread = { problem: string; at?: readonly PropertyKey[] }

/** The reason why a thing can't be read, from its first invalid member. */
export function unreadable(who: string, error: z.ZodError): Unread {
  return { problem: `${who}: ${firstProblem(error)}`, at: error.issues[0]?.path ?? [] }
}

/** The first invalid member, and the expected value. */
export function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues
  return `${issue?.path.join('.')}: ${issue?.message}`
}

/** The rule of {@link isSafeName} in words. */
export const safeName =
  '1 to 255 characters without slashes, control characters and incomplete Unicode characters'

/** Names and ids become parts of addresses, and keys in databases that reject incomplete characters. */
export function isSafeName(name: string): boolean {
  return name !== '' && name.length <= 255 && name !== '__proto__' && !/[\p{Cc}\p{Cs}/]/u.test(name)
}
