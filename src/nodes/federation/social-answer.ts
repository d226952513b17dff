import type { JsonObject } from '../../base/json.ts'

/** The first value of each named parameter that is present. */
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

/** An error's message alone, for the log: the library's errors may contain responses with tokens. */
export function problemOf(error: unknown): JsonObject {
  return { message: error instanceof Error ? error.message : 'unknown' }
}
