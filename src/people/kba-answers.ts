import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'

/**
 * Hashes new answers to security questions in all attributes; an answer that is plain text is new. The stored form is
 * that of PingIDM's hashed properties. Source: "Encode attribute values" in the PingIDM documentation.
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

/** The hash in a value made by {@link hashedText}; undefined for any other value. */
export function hashOfText(stored: Json): string | undefined {
  const crypto = isJsonObject(stored) ? stored.$crypto : undefined
  const value = isJsonObject(crypto) ? crypto.value : undefined
  const data = isJsonObject(value) ? value.data : undefined
  return typeof data === 'string' ? data : undefined
}

/** Removes differences in case and spaces, which people don't remember. */
export function normalAnswer(answer: string): string {
  return answer.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
}

/** The stored form of a hashed text. */
export function hashedText(data: string): JsonObject {
  return { $crypto: { type: 'salted-hash', value: { algorithm: 'ARGON2ID', data } } }
}
