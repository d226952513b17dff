import type { JsonObject } from '../engine/json.ts'
import { hashedText, hashOfText } from './kba-answers.ts'

/**
 * The attribute with a code that somebody knows, and that applications have to show before that person is asked on a
 * device of theirs. Source: OpenID Connect CIBA Core 1.0, section 7.1, `user_code`.
 */
const userCodeAttribute = 'userCode'

/** Hashes a new code: what stands there as text is new, and never saved as it is. */
export async function withHashedUserCode(
  attributes: JsonObject,
  hash: (text: string) => Promise<string>,
): Promise<JsonObject> {
  const code = attributes[userCodeAttribute]
  if (typeof code !== 'string') return attributes
  return { ...attributes, [userCodeAttribute]: hashedText(await hash(code)) }
}

/** undefined for somebody who has none. */
export function userCodeHashOf(attributes: JsonObject): string | undefined {
  return hashOfText(attributes[userCodeAttribute] ?? null)
}
