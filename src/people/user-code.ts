import type { JsonObject } from '../base/json.ts'
import { hashedText, hashOfText } from './kba-answers.ts'

/**
 * The attribute with a person's secret code. Applications must send it before the person is asked on their device.
 * Source: OpenID Connect CIBA Core 1.0, section 7.1, `user_code`.
 */
const userCodeAttribute = 'userCode'

/** Hashes a new code. A code that is plain text is new. */
export async function withHashedUserCode(
  attributes: JsonObject,
  hash: (text: string) => Promise<string>,
): Promise<JsonObject> {
  const code = attributes[userCodeAttribute]
  if (typeof code !== 'string') return attributes
  return { ...attributes, [userCodeAttribute]: hashedText(await hash(code)) }
}

/** Undefined if the person has no code. */
export function userCodeHashOf(attributes: JsonObject): string | undefined {
  return hashOfText(attributes[userCodeAttribute] ?? null)
}
