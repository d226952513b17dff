import type { z } from 'zod'

/** What was read, or one sentence that names the thing and says why it could not be. */
export type Read<Value> = { value: Value } | { problem: string }

/** The first member that does not fit, and what was expected of it. */
export function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues
  return `${issue?.path.join('.')}: ${issue?.message}`
}

/** What {@link isSafeName} asks for, in words. */
export const safeName = '1 to 255 characters without slashes, control characters and halves of characters'

/** Names and ids become parts of addresses, and keys in databases that keep whole characters alone. */
export function isSafeName(name: string): boolean {
  return name !== '' && name.length <= 255 && name !== '__proto__' && !/[\p{Cc}\p{Cs}/]/u.test(name)
}
