import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts'
import { localise } from '../../engine/locale.ts'
import type { KbaSettings } from '../ports/self-service-port.ts'
import { attributeOf } from './object-attributes.ts'

/** A question of the realm, in the language of the request. */
export type Question = { id: string; text: string }

/** The questions that people may choose from, in order. */
export function questionsOf({ questions }: KbaSettings, locales: readonly string[]): Question[] {
  return Object.entries(questions).map(([id, text]) => ({
    id,
    text: localise(text, locales, 'Unable to find translation.'),
  }))
}

/** The questions and answers that a person keeps. */
export function keptAnswers(person: Json, attribute: string): JsonObject[] {
  const kept = attributeOf(person, attribute)
  return Array.isArray(kept) ? kept.filter(isJsonObject) : []
}
