import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { localise } from '../../base/locale.ts'
import type { KbaSettings } from '../ports/self-service-port.ts'
import { attributeOf } from './object-attributes.ts'

/** A security question of the realm in the request's locale. */
export type Question = { id: string; text: string }

/** The questions to choose from, in order. */
export function questionsOf({ questions }: KbaSettings, locales: readonly string[]): Question[] {
  return Object.entries(questions).map(([id, text]) => ({
    id,
    text: localise(text, locales, 'Unable to find translation.'),
  }))
}

/** A person's questions and answers. */
export function storedAnswers(person: Json, attribute: string): JsonObject[] {
  const stored = attributeOf(person, attribute)
  return Array.isArray(stored) ? stored.filter(isJsonObject) : []
}
