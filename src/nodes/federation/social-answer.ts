import type { JsonObject } from '../../engine/json.ts'

/** The first value of each parameter that is there. */
export function firstOf(
  parameters: Readonly<Record<string, string[]>>,
  names: readonly string[],
): Record<string, string> {
  const given = names.flatMap((name): [string, string][] => {
    const value = parameters[name]?.[0]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(given)
}

/** What the library says of an error may hold answers with tokens in them: its text alone is for the log. */
export function problemOf(error: unknown): JsonObject {
  return { message: error instanceof Error ? error.message : 'unknown' }
}
