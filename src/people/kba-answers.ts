import { isJsonObject, type Json, type JsonObject } from '../engine/json.ts'

/**
 * Hashes the answers to security questions, in whatever attribute: what stands there as text is new, and never saved as
 * it is. The form is that of the vendor's hashed properties. Source: "Encode attribute values" of the vendor's identity
 * management.
 */
export async function withHashedAnswers(
  attributes: JsonObject,
  hash: (text: string) => Promise<string>,
): Promise<JsonObject> {
  const hashed = Object.entries(attributes).map(async ([name, value]) => {
    if (!Array.isArray(value) || !value.some(hasNewAnswer)) return [name, value] as const
    const entries = value.map(async (entry) =>
      hasNewAnswer(entry) ? { ...entry, answer: hashedText(await hash(normalAnswer(entry.answer))) } : entry,
    )
    return [name, await Promise.all(entries)] as const
  })
  return Object.fromEntries(await Promise.all(hashed))
}

function hasNewAnswer(entry: Json): entry is JsonObject & { answer: string } {
  if (!isJsonObject(entry) || typeof entry.answer !== 'string') return false
  return entry.questionId !== undefined || entry.customQuestion !== undefined
}

/** The hash in a stored text; undefined for what {@link hashedText} did not make. */
export function hashOfText(stored: Json): string | undefined {
  const crypto = isJsonObject(stored) ? stored.$crypto : undefined
  const value = isJsonObject(crypto) ? crypto.value : undefined
  const data = isJsonObject(value) ? value.data : undefined
  return typeof data === 'string' ? data : undefined
}

/** People do not remember how they wrote an answer, only what it is: case and spaces do not count. */
export function normalAnswer(answer: string): string {
  return answer.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
}

/** A text that is stored as its hash. */
export function hashedText(data: string): JsonObject {
  return { $crypto: { type: 'salted-hash', value: { algorithm: 'ARGON2ID', data } } }
}
