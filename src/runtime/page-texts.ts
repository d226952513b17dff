import type { JsonObject } from '../engine/json.ts'

/** What a page says besides its callbacks, as far as its node said it. */
export function pageTexts({
  stage,
  header,
  description,
}: {
  stage?: string
  header?: string
  description?: string
}): JsonObject {
  return {
    ...(stage === undefined ? {} : { stage }),
    ...(header === undefined ? {} : { header }),
    ...(description === undefined ? {} : { description }),
  }
}
